"""The files in deploy/ are well-formed, and speak of settings and commands that exist."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands

from tests.parelkaart.test_docs import variables

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
UNITS = sorted((DEPLOY / "systemd").iterdir())
EXAMPLE = (DEPLOY / "example.env").read_text()
# Of others: Granian, Django's createsuperuser, PostgreSQL, Caddy, Sentry and Python.
OF_OTHERS = re.compile(
    r"GRANIAN_\w+|DJANGO_SUPERUSER_\w+|POSTGRES_\w+|SITE_HOST|SENTRY_RELEASE|PYTHON\w+|PATH"
)


def said(*command):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def tool(name):
    return Path(sys.executable).with_name(name)


def unknown(names):
    """Variables that neither our settings nor others read."""
    ours = set(variables())
    return {
        name
        for name in names
        if name.removesuffix("_FILE") not in ours and not OF_OTHERS.fullmatch(name)
    }


# --- the container ------------------------------------------------------------------------


def test_containerfile_has_no_remarks_of_the_linter():
    assert said(tool("hadolint"), DEPLOY / "Containerfile") == (0, "")


def test_linter_would_have_told(tmp_path):
    wrong = tmp_path / "Containerfile"
    wrong.write_text("FROM python\nRUN apt-get install gcc\n")

    assert said(tool("hadolint"), wrong)[0] == 1


def test_what_is_copied_into_the_image_is_offered_to_its_builder_and_nothing_else():
    lines = (ROOT / ".containerignore").read_text().splitlines()
    offered = {line[1:] for line in lines if line.startswith("!")}
    text = (DEPLOY / "Containerfile").read_text()
    copied = {
        source
        for line in re.findall(r"^COPY (?!--from)(.*)$", text, re.MULTILINE)
        for source in line.split()[:-1]
    }

    assert copied == offered
    assert {path for path in offered if not (ROOT / path).exists()} == set()
    assert (ROOT / ".dockerignore").read_text() == (ROOT / ".containerignore").read_text()


# --- compose -------------------------------------------------------------------------------


def test_compose_file_follows_its_schema():
    code, text = said(
        tool("check-jsonschema"),
        "--builtin-schema",
        "vendor.compose-spec",
        DEPLOY / "compose.yaml",
    )

    assert (code, text) == (0, "ok -- validation done\n")


def test_variables_of_each_service_are_read_by_something():
    named = {
        name for service in COMPOSE["services"].values() for name in service.get("environment", {})
    }

    assert unknown(named) == set()
    assert {"SECRET_KEY_FILE", "DB_ENGINE", "POSTGRES_PASSWORD_FILE"} <= named


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_each_service_may_do_little(name):
    service = COMPOSE["services"][name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert {"restart", "mem_limit"} <= set(service)
    assert "latest" not in service["image"].replace("localhost/parelkaart:latest", "")


def test_web_server_of_compose_has_time_to_let_requests_finish():
    script = (DEPLOY / "serve").read_text()
    finish = int(re.search(r"KILL_TIMEOUT:=(\d+)", script)[1])
    unit = (DEPLOY / "systemd" / "parelkaart.service").read_text()

    assert int(COMPOSE["services"]["web"]["stop_grace_period"].rstrip("s")) > finish
    assert int(re.search(r"TimeoutStopSec=(\d+)", unit)[1]) > finish


def test_database_is_reached_by_the_site_only():
    inside = {
        name for name, service in COMPOSE["services"].items() if "inside" in service["networks"]
    }

    assert inside == {"db", "init", "web", "jobs"}
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert "ports" not in COMPOSE["services"]["db"]


# --- systemd -------------------------------------------------------------------------------


@pytest.mark.skipif(
    shutil.which("systemd-analyze") is None,
    reason="SKIPPED / OVERGESLAGEN: systemd is not installed",
)
def test_units_of_systemd_are_in_order(tmp_path):
    for unit in UNITS:
        text = unit.read_text().replace("/srv/parelkaart/.venv/bin/python", sys.executable)
        (tmp_path / unit.name).write_text(text.replace("/srv/parelkaart", str(ROOT)))

    code, text = said("systemd-analyze", "verify", *sorted(tmp_path.iterdir()))

    # Other units of the machine may have remarks of their own.
    assert [line for line in text.splitlines() if "parelkaart" in line] == []
    assert code in (0, 1)


@pytest.mark.parametrize(
    "unit", [unit for unit in UNITS if unit.suffix == ".service"], ids=lambda unit: unit.name
)
def test_units_may_do_little(unit):
    lines = set(unit.read_text().splitlines())

    assert lines >= {
        "User=parelkaart",
        "NoNewPrivileges=yes",
        "CapabilityBoundingSet=",
        "ProtectSystem=strict",
        "ProtectHome=yes",
        "PrivateTmp=yes",
        "PrivateDevices=yes",
        "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6",
        "SystemCallFilter=@system-service",
    }
    # Without the 0o, Granian takes it as a decimal number and nginx may not come in.
    assert [w for line in lines for w in re.findall(r"PERMISSIONS=(?!0o)\S+", line)] == []
    named = re.findall(r"(?:^Environment=| )([A-Z_]+)=", "\n".join(lines), re.MULTILINE)
    assert unknown(named) == set()


def test_commands_that_the_files_run_exist():
    texts = [path.read_text() for path in [*UNITS, DEPLOY / "compose.yaml", DEPLOY / "README.md"]]
    named = {
        command
        for text in texts
        for command in re.findall(r"(?:manage\.py,?|deploy/manage) ([a-z_]+)", text)
    }

    assert named - set(get_commands()) == set()
    assert named >= {"prepare_site", "run_jobs"}


# --- proxies ---------------------------------------------------------------------------------


def test_proxies_close_health_and_do_not_believe_visitors():
    nginx = (DEPLOY / "nginx.conf").read_text()
    caddy = (DEPLOY / "Caddyfile").read_text()

    assert "location /_healthz {\n        return 404;" in nginx
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in nginx
    assert "proxy_set_header X-Forwarded-Proto $scheme;" in nginx
    assert 'proxy_set_header X-Forwarded-Host "";' in nginx
    assert "@inside path /_healthz /_healthz/*\n\trespond @inside 404" in caddy
    # Caddy writes X-Forwarded-For and -Proto anew, as long as it trusts no other proxy.
    assert "trusted_proxies" not in caddy


# --- the example ------------------------------------------------------------------------------


def test_example_has_each_setting_with_its_default():
    found = dict(re.findall(r'^(?:# )?([A-Z_]+)="(.*)"$', EXAMPLE, re.MULTILINE))
    commented = dict(re.findall(r'^# ([A-Z_]+)="(.*)"$', EXAMPLE, re.MULTILINE))
    known = variables()

    assert {name.removesuffix("_FILE") for name in found} == set(known)
    wrong = {
        name: value
        for name, value in commented.items()
        if None not in known[name] and value not in known[name]
    }
    assert wrong == {}
