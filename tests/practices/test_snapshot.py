"""One snapshot for each process and version, also when many ask at once."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from types import SimpleNamespace

import pytest

from practices import snapshot, version
from practices.models import CatalogueVersion


@pytest.fixture
def loads(monkeypatch):
    """The tokens that were loaded, one after the other."""
    loaded = []

    def load(token, today):
        loaded.append(token)
        time.sleep(0.05)
        return SimpleNamespace(token=token, today=today)

    monkeypatch.setattr(snapshot, "_load", load)
    monkeypatch.setattr(snapshot, "_cached", None)
    monkeypatch.setattr(snapshot, "_replaced", "")
    return loaded


def test_requests_at_the_same_moment_load_it_once(loads):
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(snapshot.snapshot, ["token"] * 8))

    assert loads == ["token"]
    assert len({id(one) for one in found}) == 1


def test_new_version_is_loaded(loads):
    tokens = [snapshot.snapshot(token).token for token in ("one", "one", "two")]

    assert (tokens, loads) == (["one", "one", "two"], ["one", "two"])


def test_without_a_version_nothing_is_kept(loads):
    for _ in range(2):
        snapshot.snapshot("")

    assert loads == ["", ""]


@pytest.fixture
def slow_load(monkeypatch):
    """A load of "two" that lasts until the test lets it go on; "one" is there already."""
    snapshot.snapshot("one")
    started, go_on = Event(), Event()

    def load(token, today):
        started.set()
        assert go_on.wait(10)
        return SimpleNamespace(token=token, today=today)

    monkeypatch.setattr(snapshot, "_load", load)
    with ThreadPoolExecutor(4) as threads:
        loading = threads.submit(snapshot.snapshot, "two")
        assert started.wait(10)
        yield threads, go_on
        go_on.set()
        assert loading.result().token == "two"


def seen(*, patient):
    """The version that a request gets, and that of the snapshot it then works with."""
    with version.read_once(patient=patient):
        token = version.current()
        return token, snapshot.snapshot(token).token


@pytest.mark.django_db
def test_readers_stay_at_the_version_before_while_a_new_one_is_loaded(loads, slow_load):
    CatalogueVersion.objects.update_or_create(pk=1, defaults={"token": "two"})

    assert seen(patient=True) == ("one", "one")


@pytest.mark.django_db
def test_editor_waits_for_the_new_version(loads, slow_load):
    CatalogueVersion.objects.update_or_create(pk=1, defaults={"token": "two"})
    _, go_on = slow_load
    go_on.set()

    assert seen(patient=False) == ("two", "two")


def test_reader_who_comes_just_too_late_for_the_version_before_gets_the_newer(loads):
    snapshot.snapshot("one")
    snapshot.snapshot("two")

    assert snapshot.snapshot("one").token == "two"
    assert loads == ["one", "two"]


@pytest.mark.django_db
def test_nobody_stays_behind_when_the_new_version_is_there(loads):
    CatalogueVersion.objects.update_or_create(pk=1, defaults={"token": "one"})
    assert seen(patient=True) == ("one", "one")
    CatalogueVersion.objects.update_or_create(pk=1, defaults={"token": "two"})

    assert seen(patient=True) == ("two", "two")
    assert seen(patient=True) == ("two", "two")
    assert loads == ["one", "two"]
