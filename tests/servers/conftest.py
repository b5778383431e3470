"""Sites as they run for real: web servers and databases that are started, stopped and killed.

Everything in this folder is marked `servers`. These tests have no database of pytest-django;
each site has its own, with its own folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgres
from tests.postgres import Server
from tests.prepared import Prepared

HERE = Path(__file__).parent
NO_POSTGRES = "SKIPPED / OVERGESLAGEN: PostgreSQL is not installed"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.servers)


@pytest.fixture(scope="module")
def primary(prepared: Prepared) -> Iterator[Server]:
    """A PostgreSQL server for this module; its database has tables and no more."""
    if postgres.binaries() is None:
        pytest.skip(NO_POSTGRES)
    with prepared.primary() as server:
        yield server
