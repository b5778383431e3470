"""What is told when the database is really gone."""

import json

import pytest

from tests.postgres import Server
from tests.processes import manage, production, serving
from tests.servers.test_faults import wait_until

ADDRESSES = ("/_healthz/livez/", "/_healthz/readyz/", "/_healthz/")


@pytest.fixture
def site(primary: Server, tmp_path):
    environment = production(tmp_path, **primary.variables, IS_HTTPS="0")
    migrated = manage("migrate", "--verbosity", "0", environment=environment)
    assert migrated.returncode == 0, migrated.stderr
    return environment


def test_database_that_goes_away_is_told_and_comes_back(site, primary):
    with serving(site) as web:
        before = [web.get(address).status_code for address in ADDRESSES]
        primary.stop()
        without = [web.get(address) for address in ADDRESSES]
        primary.start()
        wait_until(lambda: web.get("/_healthz/readyz/").status_code == 200)
        after = [web.get(address).status_code for address in ADDRESSES]
        log = web.log.read_text()

    assert before == [200, 200, 200]
    assert [answer.status_code for answer in without] == [200, 503, 503]
    assert without[2].json()["components"] == {
        "database default": "failed",
        "cache": "unknown",
        "migrations": "unknown",
        "media": "ok",
        "search": "unknown",
    }
    assert after == [200, 200, 200]
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    (told,) = [line for line in lines if line["event"].startswith("Database default does not")]
    assert told["request_id"] == without[1].headers["X-Request-ID"]
