"""What is told when the database is really gone, and what is in the log of a site that runs."""

import json
import logging

import pytest
import requests

from tests.postgres import Server
from tests.processes import manage, production, serving
from tests.servers.test_faults import wait_until

ADDRESSES = ("/_healthz/livez/", "/_healthz/readyz/", "/_healthz/")


@pytest.fixture
def site(primary: Server, tmp_path):
    environment = production(
        tmp_path,
        **primary.variables,
        IS_HTTPS="0",
        ALLOWED_HOSTS="parels.example.org",
        SECURITY_LOG=str(tmp_path / "security.log"),
    )
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


def test_every_line_of_a_running_site_is_json(site):
    with serving(site, "--log-config", "parelkaart/logs/granian.json") as web:
        web.get("/bestaat-niet/")
        log = web.log.read_text()

    lines = [json.loads(line) for line in log.splitlines()]
    assert {"_granian", "django.security.DisallowedHost", "parelkaart.access"} <= {
        line["logger"] for line in lines
    }
    assert [line for line in lines if not line["timestamp"].endswith("+00:00")] == []


def test_events_of_security_go_to_their_file_and_survive_its_rotation(site, tmp_path):
    def sign_in(web):
        host = {"Host": "parels.example.org"}
        page = web.get("/inloggen/", headers=host)
        token = page.text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        data = {"login": "niemand", "password": "x", "csrfmiddlewaretoken": token}
        requests.post(f"{web.url}/inloggen/", data, headers=host, cookies=page.cookies, timeout=30)

    file = tmp_path / "security.log"
    manage("collectstatic", "--noinput", "--verbosity", "0", environment=site)
    with serving(site) as web:
        sign_in(web)
        file.rename(tmp_path / "security.log.1")
        sign_in(web)
        log = web.log.read_text()

    for name in ("security.log.1", "security.log"):
        (line,) = (tmp_path / name).read_text().splitlines()
        told = json.loads(line)
        assert (told["event"], told["level"], told["logger"]) == (
            "sign_in_failed",
            logging.getLevelName(logging.WARNING),
            "parelkaart.security",
        )
        # The line of the request has the same number.
        assert told["request_id"] in log
    assert "sign_in_failed" not in log
