"""One snapshot for each process and version, also when many ask at once."""

import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from practices import snapshot


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
