"""What a site that runs writes down."""

import json
from pathlib import Path

import pytest

from tests.processes import production, python, serving


@pytest.fixture(scope="module")
def site(prepared, tmp_path_factory):
    """The environment of a site without content."""
    var = tmp_path_factory.mktemp("logs")
    prepared.put_tables(var)
    return production(
        var,
        IS_HTTPS="0",
        ALLOWED_HOSTS="parels.example.org",
        DJANGO_SETTINGS_MODULE="parelkaart.settings",
        SECURITY_LOG=str(var / "security.log"),
    )


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
    program = """
import os
import django
django.setup()
from parelkaart.accounts.events import log_event
path = os.environ["SECURITY_LOG"]
log_event("first", failed=True)
os.rename(path, f"{path}.1")
log_event("second", by="test")
"""
    done = python("-c", program, environment=site)

    path = site["SECURITY_LOG"]
    rotated, current = (json.loads(Path(name).read_text()) for name in (f"{path}.1", path))
    assert (rotated["event"], rotated["level"]) == ("first", "WARNING")
    assert (current["event"], current["level"], current["by"]) == ("second", "INFO", "test")
    assert {line["logger"] for line in (rotated, current)} == {"parelkaart.security"}
    assert (done.returncode, done.stderr) == (0, "")
