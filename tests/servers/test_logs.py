"""What a site that runs writes down."""

import json
from pathlib import Path

import pytest
import requests

from tests.processes import manage, production, serving


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The environment of a site without content."""
    var = tmp_path_factory.mktemp("logs")
    environment = production(
        var,
        IS_HTTPS="0",
        ALLOWED_HOSTS="parels.example.org",
        SECURITY_LOG=str(var / "security.log"),
    )
    done = manage("migrate", "--verbosity", "0", environment=environment)
    assert done.returncode == 0, done.stderr
    return environment


def test_every_line_of_a_running_site_is_json(site):
    with serving(site, "--log-config", "parelkaart/logs/granian.json") as web:
        web.get("/bestaat-niet/")
        log = web.log.read_text()

    lines = [json.loads(line) for line in log.splitlines()]
    assert {"_granian", "django.security.DisallowedHost", "parelkaart.access"} <= {
        line["logger"] for line in lines
    }
    assert [line for line in lines if not line["timestamp"].endswith("+00:00")] == []


def test_events_of_security_go_to_their_file_and_survive_its_rotation(site):
    def forge(web):
        """A form without what a page of the site gives with it."""
        host = {"Host": "parels.example.org"}
        assert requests.post(f"{web.url}/inloggen/", headers=host, timeout=30).status_code == 403

    file = Path(site["SECURITY_LOG"])
    with serving(site) as web:
        forge(web)
        file.rename(file.with_suffix(".1"))
        forge(web)
        log = web.log.read_text()

    for path in (file.with_suffix(".1"), file):
        (line,) = path.read_text().splitlines()
        told = json.loads(line)
        assert (told["event"], told["level"], told["logger"]) == (
            "permission_denied",
            "WARNING",
            "parelkaart.security",
        )
        # The line of the request has the same number.
        assert told["request_id"] in log
    assert "permission_denied" not in log
