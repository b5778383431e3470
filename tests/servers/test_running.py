"""A site on each database, as an operator starts it."""

import pytest

from tests.postgres import Server
from tests.processes import manage, production, serving


@pytest.fixture
def on_postgres(primary: Server, tmp_path):
    return production(tmp_path, **primary.variables, IS_HTTPS="0")


def test_site_runs_on_postgresql(on_postgres):
    migrated = manage("migrate", "--verbosity", "0", environment=on_postgres)
    assert migrated.returncode == 0, migrated.stderr

    with serving(on_postgres) as site:
        answer = site.get("/_healthz/")

    assert (answer.status_code, answer.json()["status"]) == (200, "ok")
