"""The site as an operator starts it; each test is a process of its own."""

import json

import pytest

from tests.processes import manage, production, python

pytestmark = pytest.mark.servers


def test_deployment_check_has_nothing_to_say(tmp_path):
    done = manage(
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        environment=production(
            tmp_path,
            ALLOWED_HOSTS="parels.example.org",
            EMAIL_HOST="mail",
            SITE_URL="https://parels.example.org",
        ),
    )

    assert (done.returncode, done.stdout) == (
        0,
        "System check identified no issues (0 silenced).\n",
    ), done.stderr


def test_deployment_check_would_have_told(tmp_path):
    done = manage(
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        environment=production(tmp_path, IS_HTTPS="0"),
    )

    assert done.returncode == 1
    assert "security.W008" in done.stderr
    assert "parelkaart.W001" in done.stderr


def test_models_and_migrations_agree(tmp_path):
    done = manage("makemigrations", "--check", "--dry-run", environment=production(tmp_path))

    assert (done.returncode, done.stdout) == (0, "No changes detected\n"), done.stderr


def test_admin_starts_without_gdal(tmp_path):
    program = (
        "import sys\n"
        "sys.modules['django.contrib.gis'] = None\n"  # importing it is an ImportError
        "import django; django.setup()\n"
        "from django.contrib import admin\n"
        "from django.urls import reverse\n"
        "print(len(admin.site._registry) > 5, reverse('admin:index'))\n"
    )
    environment = production(tmp_path, DJANGO_SETTINGS_MODULE="parelkaart.settings")

    done = python("-c", program, environment=environment)

    assert done.stdout == "True /beheer/\n", done.stderr


@pytest.fixture(scope="module")
def static(prepared):
    """The storage of hashed names fails on a reference to a missing file."""
    return prepared.static()


def test_collected_style_sheets_and_scripts_refer_to_files_that_exist(static):
    hashed = json.loads((static / "staticfiles.json").read_text())["paths"]
    collected = {str(path.relative_to(static)) for path in static.rglob("*.*")}
    own = {name for name in hashed if name.startswith(("parelkaart/", "practices/"))}
    assert {hashed[name] for name in own} - collected == set()
    assert "parelkaart/site.css" in own


def test_fresh_database_gets_a_site_that_answers(tmp_path, static):
    environment = production(
        tmp_path,
        STATIC_ROOT=str(static),
        DJANGO_SETTINGS_MODULE="parelkaart.settings",
        IS_HTTPS="0",
    )
    migrated = manage("migrate", "--verbosity", "0", environment=environment)
    program = (
        "from parelkaart.wsgi import application\n"
        "from django.test import Client\n"
        "client = Client(headers={'host': 'localhost'})\n"
        "print([client.get(path).status_code for path in ('/_healthz/', '/', '/inloggen/')])\n"
    )

    done = python("-c", program, environment=environment)

    assert migrated.stderr == ""
    assert done.stdout == "[200, 200, 200]\n", done.stderr
