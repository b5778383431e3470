"""What programs that watch over the site are told."""

import time

import pytest
from django.conf import settings as site_settings
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from parelkaart import health
from parelkaart.databases import watch
from practices.models import IndexedPractice
from tests.factories import PracticeFactory

ADDRESSES = ["/_healthz/", "/_healthz/livez/", "/_healthz/readyz/"]
DATABASE = {"database default": "ok"}
ALL_WELL = {
    "database default": "ok",
    "cache": "ok",
    "migrations": "ok",
    "media": "ok",
    "search": "ok",
}


@pytest.fixture(autouse=True)
def nothing_known():
    health.forget()
    yield
    health.forget()


def asked(client, address="/_healthz/"):
    response = client.get(address)
    return response.status_code, response.json()


def components(client):
    status, told = asked(client)
    wrong = {name: state for name, state in told["components"].items() if state != "ok"}
    assert set(told["components"]) == set(ALL_WELL)
    return status, told["status"], wrong


def broken(*args, **kwargs):
    raise OperationalError("connection to server at db.internal failed: secret")


# --- as it should be ----------------------------------------------------------------------


@pytest.mark.django_db
def test_each_component_is_told(client):
    assert asked(client) == (200, {"status": "ok", "components": ALL_WELL})


@pytest.mark.django_db
def test_most_is_asked_once_in_a_minute(client, django_assert_num_queries):
    client.get("/_healthz/")

    with django_assert_num_queries(1):
        client.get("/_healthz/")


def test_process_answers_without_database_session_or_cookie(client):
    response = client.get("/_healthz/livez/")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert response.cookies.output() == ""


@pytest.mark.django_db
def test_ready_costs_one_query(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        told = asked(client, "/_healthz/readyz/")

    assert told == (200, {"status": "ok", "components": {"database default": "ok"}})


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_no_answer_is_kept_and_only_reading_is_answered(client, address):
    assert "no-store" in client.get(address).headers["Cache-Control"]
    assert client.head(address).status_code == 200
    assert client.post(address).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("10.2.0.7:8000", 200),
        ("[fd00::7]:8000", 200),
        ("localhost:8000", 200),
        ("kwaad.example.org", 400),
        ("10.2.0.7.example.org", 400),
    ],
)
def test_probes_may_ask_by_the_address_of_the_machine(settings, address, host, status):
    settings.ALLOWED_HOSTS = ["parels.example.org"]
    client = Client(headers={"host": host})

    assert client.get(address).status_code == status
    assert client.get("/over/").status_code == 400


# --- what is wrong ------------------------------------------------------------------------


@pytest.mark.django_db
def test_index_that_is_behind_is_told(client):
    PracticeFactory()
    IndexedPractice.objects.all().delete()

    assert components(client) == (503, "failed", {"search": "behind"})


@pytest.mark.django_db
def test_migration_that_is_to_be_applied_is_told(client):
    last = next(name for app, name in health._last_migrations() if app == "practices")
    MigrationRecorder(connection).record_unapplied("practices", last)

    assert components(client) == (503, "failed", {"migrations": "behind"})


@pytest.mark.django_db
def test_folder_that_cannot_be_written_is_told(client, settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.MEDIA_ROOT = tmp_path / "file" / "media"

    assert components(client) == (503, "failed", {"media": "failed"})


@pytest.mark.django_db
def test_cache_that_keeps_nothing_is_told(client, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}

    assert components(client) == (503, "failed", {"cache": "failed"})


@pytest.mark.django_db
def test_what_works_again_shows_at_once(client, settings):
    dummy = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    settings.CACHES = dummy
    wrong = asked(client)[0]
    settings.CACHES = site_settings.CACHES | {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    }

    assert (wrong, asked(client)[0]) == (503, 200)


def test_database_that_is_away_is_told_without_its_secrets(client, monkeypatch, caplog):
    monkeypatch.setattr(health, "_database", broken)

    response = client.get("/_healthz/")

    assert (response.status_code, response.json()) == (
        503,
        {
            "status": "failed",
            "components": {
                "database default": "failed",
                "cache": "unknown",
                "migrations": "unknown",
                "media": "ok",
                "search": "unknown",
            },
        },
    )
    (record,) = [record for record in caplog.records if record.name == "parelkaart.health"]
    assert (record.msg, record.component) == ("health_failed", "database default")


@pytest.mark.parametrize(
    ("up", "status"),
    [({"default", "replica"}, 200), ({"replica"}, 200), ({"default"}, 200), (set(), 503)],
)
def test_one_database_is_enough_to_serve_the_public_site(client, monkeypatch, up, status):
    monkeypatch.setattr(health, "connections", ["default", "replica"])
    monkeypatch.setattr(health, "_database", lambda alias: "ok" if alias in up else broken())

    told = asked(client, "/_healthz/readyz/")

    assert told == (
        status,
        {
            "status": "ok" if status == 200 else "failed",
            "components": {
                f"database {alias}": "ok" if alias in up else "failed"
                for alias in ("default", "replica")
            },
        },
    )


def test_static_copy_serves_the_public_site_too(client, monkeypatch, settings, tmp_path):
    monkeypatch.setattr(health, "_database", broken)
    settings.MIRROR_DIR = str(tmp_path)
    without = asked(client, "/_healthz/readyz/")[0]
    (tmp_path / "index.html").write_text("kopie")

    with_it = asked(client, "/_healthz/readyz/")

    components = {"database default": "failed", "static copy": "ok"}
    assert (without, with_it) == (503, (200, {"status": "ok", "components": components}))


def test_database_that_is_known_to_be_away_is_not_asked(client, monkeypatch):
    """This test has none, so asking would be an error."""
    monkeypatch.setitem(watch._down_until, "default", time.monotonic() + 5)

    assert asked(client, "/_healthz/readyz/")[0] == 503
    assert asked(client, "/_healthz/livez/")[0] == 200


@pytest.mark.django_db
def test_cache_of_its_own_has_to_answer_too(client, settings, monkeypatch):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    with_it = asked(client, "/_healthz/readyz/")
    monkeypatch.setattr(health, "_cache_reads", broken)

    without = asked(client, "/_healthz/readyz/")

    assert with_it == (200, {"status": "ok", "components": {**DATABASE, "cache": "ok"}})
    assert without == (503, {"status": "failed", "components": {**DATABASE, "cache": "failed"}})


@pytest.mark.django_db
def test_site_that_is_read_only_is_well_without_writing(client, settings, tmp_path):
    settings.READ_ONLY = True
    settings.MEDIA_ROOT = tmp_path / "media"
    tmp_path.chmod(0o500)

    well = {name: state for name, state in ALL_WELL.items() if name != "media"}
    assert asked(client) == (200, {"status": "ok", "components": well})
