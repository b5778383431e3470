"""Who did what to the catalogue is in the log of security, once it is really done."""

import pytest
from django.db import transaction
from django.urls import reverse

from practices.editorial import history
from practices.editorial.merging import merge, plan
from practices.editorial.restoring import restore
from practices.editorial.workflow import TRANSITIONS, move
from practices.events import log_done
from practices.models import Practice
from tests.admin_forms import change_url, opened, save
from tests.factories import ThemeFactory
from tests.practices.editorial.entries import a_ready_entry
from tests.practices.editorial.people import eindredacteur, signed_in
from tests.practices.spreadsheets.sheets import NEW, a_file, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(db):
    return eindredacteur()


@pytest.fixture
def client(chief):
    return signed_in(chief)


@pytest.fixture
def told(events, django_capture_on_commit_callbacks):
    """The events of an action, as far as they are about the catalogue."""

    def run(action):
        before = len(events())
        with django_capture_on_commit_callbacks(execute=True):
            action()
        own = {"timestamp", "level", "logger", "request_id"}
        return [
            {name: value for name, value in line.items() if name not in own}
            for line in events()[before:]
        ]

    return run


def test_each_step_of_an_entry(told, chief):
    practice = a_ready_entry(concept=True)

    def all_steps():
        for name in ("indienen", "terugsturen", "publiceren", "archiveren", "terugzetten"):
            practice.refresh_from_db()
            move(practice.pk, TRANSITIONS[name], chief, practice.state, reason="Daarom.")

    assert told(all_steps) == [
        {"event": event, "user": chief.pk, "practice": practice.pk}
        for event in ("handed_in", "sent_back", "published", "archived", "reopened")
    ]


def test_what_is_deleted_and_comes_back(told, chief, client):
    practice = a_ready_entry()
    key = practice.pk
    page = change_url(practice).replace("/change/", "/delete/")

    deleted = told(lambda: client.post(page, {"post": "yes"}))
    version = history.deleted(Practice).get()
    back = told(
        lambda: client.post(reverse("admin:practices_practice_bring_back", args=[version.pk]))
    )

    assert deleted == [
        {"event": "deleted", "user": chief.pk, "kind": "practices.practice", "key": key}
    ]
    assert back == [{"event": "brought_back", "user": chief.pk, "practice": key}]


def test_version_that_is_put_back(told, chief, client):
    practice = a_ready_entry()
    page = change_url(practice)
    save(client, page, opened(client, page) | {"title": "Anders"})
    first = history.versions_of(Practice, practice.pk).last()

    assert told(lambda: restore(practice, first, chief)) == [
        {"event": "restored", "user": chief.pk, "kind": "practices.practice", "key": practice.pk}
    ]


def test_terms_that_become_one(told, chief):
    kept, absorbed = ThemeFactory(), ThemeFactory()
    keys = {"kept": kept.pk, "absorbed": absorbed.pk}

    found = told(lambda: merge(kept, absorbed, chief, plan(kept, absorbed).stamp))

    assert found == [{"event": "merged", "user": chief.pk, "kind": "practices.theme", **keys}]


def test_spreadsheet_that_goes_out(told, chief, client):
    a_ready_entry()
    page = reverse("admin:practices_practice_export_file", args=["csv"])

    assert told(lambda: client.get(page)) == [
        {"event": "exported", "user": chief.pk, "kind": "csv", "number": 1}
    ]


def test_spreadsheet_that_comes_in(told, chief, client):
    looked = client.post(
        reverse("admin:practices_practice_import"), {"file": upload(a_file(NEW), "x.csv")}
    )
    token = {"sleutel": looked.context["token"]}
    page = reverse("admin:practices_practice_import_confirm")

    assert told(lambda: client.post(page, token)) == [
        {"event": "imported", "user": chief.pk, "new": 1, "changed": 0, "unchanged": 0}
    ]


def test_change_that_fails_after_all_is_not_told(told, chief):
    def fail():
        with transaction.atomic():
            log_done("published", chief, practice=1)
            transaction.set_rollback(True)

    assert told(fail) == []
