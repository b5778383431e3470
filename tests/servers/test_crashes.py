"""The web server is killed while editors save and import: nothing promised is lost, or half.

`python -m benchmarks.crashes` does it more often.
"""

import pytest

from tests.crashes import run
from tests.postgres import Server
from tests.processes import production

ROUNDS = 2
# Collecting the static files would take longer than all the rest.
SITE = {"DEBUG": "1", "IS_HTTPS": "0", "REQUIRE_SECOND_FACTOR": "0"}


@pytest.fixture(params=["sqlite", "postgresql"])
def environment(request, prepared, tmp_path):
    if request.param == "sqlite":
        prepared.put_tables(tmp_path)
        return production(tmp_path, **SITE)
    primary: Server = request.getfixturevalue("primary")
    return production(tmp_path, **primary.variables, **SITE)


def test_kill_during_saves_and_imports_loses_nothing(environment):
    outcome = run(environment, ROUNDS, seed=11)

    assert outcome.wrong == []
    assert outcome.saves > 0
