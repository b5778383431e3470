"""What `make test` says at the end: nothing that was not tested may look as if it was."""

import pytest

from tests import chromium, postgres, run_all
from tests.run_all import Outcome

PASSED = Outcome("tests", "ok", "3 s", "=== 12 passed in 3.00s ===")


def test_summary_ends_with_what_pytest_said(capsys):
    status = run_all._summary([PASSED, Outcome("ruff check", "ok", "0 s")])

    assert status == 0
    assert capsys.readouterr().out.splitlines()[-4:] == [
        "ok      ruff check: 0 s",
        "ok      tests:",
        "=== 12 passed in 3.00s ===",
        "All that could run here passed.",
    ]


def test_failed_part_fails_the_run_and_is_named(capsys):
    status = run_all._summary([PASSED, Outcome("types", "FAILED", "9 s")])

    assert status == 1
    assert capsys.readouterr().out.splitlines()[-1] == "FAILED: types"


@pytest.fixture
def bare_machine(monkeypatch):
    monkeypatch.setattr(postgres, "binaries", lambda: None)
    monkeypatch.setattr(chromium, "executable", lambda: None)
    monkeypatch.setattr(run_all, "_step", lambda *_: PASSED)
    monkeypatch.delenv("REQUIRE_ALL", raising=False)


def test_missing_database_and_browser_are_skipped_out_loud(bare_machine, capsys):
    status = run_all._summary(run_all._suites())

    assert status == 0
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "!!! SKIPPED / OVERGESLAGEN: browser tests, tests with a database on PostgreSQL !!!",
        "All that could run here passed.",
    ]


def test_missing_database_and_browser_fail_where_all_is_required(bare_machine, monkeypatch):
    monkeypatch.setenv("REQUIRE_ALL", "1")

    states = [outcome.state for outcome in run_all._suites()]

    assert states == ["ok", "ok", "FAILED", "FAILED"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("======= 20 passed in 29.32s =======", True),
        ("5 passed, 20 deselected in 23.69s", True),
        ("=== 1 failed, 1390 passed, 1 error in 1193.61s (0:19:53) ===", True),
        ("=== 1 error in 0.50s ===", True),
        ("20 files skipped due to complete coverage.", False),
        ("=== short test summary info ===", False),
    ],
)
def test_closing_line_of_pytest_is_recognised(line, expected):
    assert bool(run_all.CLOSING_LINE.match(line)) is expected


# --- what runs again on PostgreSQL ------------------------------------------------------


def test_without_database_is_not_marked(request):
    assert request.node.get_closest_marker("database") is None


def test_with_database_is_marked(db, request):
    assert request.node.get_closest_marker("database") is not None


def test_with_a_fixture_that_has_one_is_marked(superuser_client, request):
    assert request.node.get_closest_marker("database") is not None


@pytest.mark.django_db
def test_that_asks_by_the_mark_of_django_is_marked(request):
    assert request.node.get_closest_marker("database") is not None
