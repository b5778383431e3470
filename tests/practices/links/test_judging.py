"""When a link counts as dead: never after one bad moment."""

from datetime import UTC, datetime, timedelta

import pytest

from practices.enums import LinkState
from practices.links.judging import judge
from practices.links.visiting import Outcome, Result, outcome_of
from practices.models import LinkCheck

START = datetime(2026, 5, 1, 10, tzinfo=UTC)
NO_NAME = Outcome(Result.TROUBLE, "De naam bestaat niet.", answered=False)


def after(*visits):
    """Each visit: the hours since the first, and a status or an outcome."""
    check = LinkCheck(url="https://example.org/")
    for hours, said in visits:
        outcome = said if isinstance(said, Outcome) else outcome_of(said)
        judge(check, outcome, START + timedelta(hours=hours))
    return check


@pytest.mark.parametrize(
    ("visits", "state"),
    [
        ([(0, 200)], LinkState.WORKS),
        ([(0, 404)], LinkState.FAILING),
        ([(0, 404), (1, 404)], LinkState.FAILING),
        ([(0, 404), (1, 404), (2, 410)], LinkState.FAILING),
        ([(0, 404), (24, 404)], LinkState.DEAD),
        ([(0, 404), (24, 410)], LinkState.DEAD),
        ([(0, 404), (24, 503), (48, 404)], LinkState.FAILING),
        ([(0, 503), (24, 404)], LinkState.FAILING),
        ([(0, 503), (24, 503), (48, 503)], LinkState.FAILING),
        ([(0, 503), (24 * 7, 503)], LinkState.FAILING),
        ([(0, 503), (24, 429), (24 * 7 - 1, 500)], LinkState.FAILING),
        ([(0, 503), (24, 429), (24 * 7, NO_NAME)], LinkState.DEAD),
        ([(0, 503), (24, 200), (24 * 6, 503), (24 * 8, 503)], LinkState.FAILING),
        ([(0, 404), (24, 404), (25, 503)], LinkState.DEAD),
        ([(0, 404), (24, 404), (25, 200)], LinkState.WORKS),
        ([(0, 404), (24, 404), (25, 200), (26, 404)], LinkState.FAILING),
    ],
)
def test_state_follows_from_the_visits(visits, state):
    assert after(*visits).state == state


def test_day_is_that_of_the_reader_and_not_of_the_clock_of_the_machine():
    """23:30 and 00:30 in the Netherlands are two days, although both are one day in UTC."""
    check = LinkCheck(url="https://example.org/")
    for moment in (
        datetime(2026, 5, 1, 21, 30, tzinfo=UTC),
        datetime(2026, 5, 1, 22, 30, tzinfo=UTC),
    ):
        judge(check, outcome_of(404), moment)

    assert check.state == LinkState.DEAD


def test_dead_link_says_since_when_and_why():
    check = after((0, 404), (24, 404), (48, 503))

    assert (check.first_failed_at, check.failures, check.reason, check.checked_at) == (
        START,
        3,
        "De site meldt een storing (503).",
        START + timedelta(hours=48),
    )


def test_link_that_works_again_starts_afresh():
    check = after((0, 404), (24, 404), (48, 200))

    assert (check.first_failed_at, check.failures, check.reason) == (None, 0, "")


def test_address_that_is_not_visited_is_not_called_dead():
    refused = Outcome(Result.REFUSED, "Wordt niet bekeken.", answered=False)

    check = after((0, refused), (24 * 8, refused), (24 * 16, refused))

    assert (check.state, check.reason) == (LinkState.NOT_CHECKED, "Wordt niet bekeken.")
