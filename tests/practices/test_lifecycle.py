from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from practices.enums import Freshness, Phase, ReviewTerm
from practices.lifecycle import DUE_SOON_DAYS, months_before
from practices.models import Practice
from tests.factories import PracticeFactory

TODAY = date(2026, 3, 15)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 3, 15), 0, date(2026, 3, 15)),
        (date(2026, 3, 15), 6, date(2025, 9, 15)),
        (date(2026, 3, 15), 12, date(2025, 3, 15)),
        (date(2026, 1, 31), 1, date(2025, 12, 31)),
        (date(2026, 12, 31), 12, date(2025, 12, 31)),
        (date(2026, 8, 31), 6, date(2026, 2, 28)),
        (date(2024, 8, 31), 6, date(2024, 2, 29)),
        (date(2026, 5, 31), 6, date(2025, 11, 30)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2024, 2, 29), 24, date(2022, 2, 28)),
        (date(2028, 2, 29), 48, date(2024, 2, 29)),
        (date(2025, 2, 28), 12, date(2024, 2, 28)),
        (date(2026, 6, 30), 24, date(2024, 6, 30)),
    ],
)
def test_months_before(day, months, expected):
    assert months_before(day, months) == expected


def test_due_soon_days_is_sixty():
    assert DUE_SOON_DAYS == 60


def lifecycle(**fields):
    practice = PracticeFactory(**fields)
    return Practice.objects.with_lifecycle(today=TODAY).get(pk=practice.pk)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("reported", "started", "ended", "expected"),
    [
        (Phase.UNKNOWN, None, None, Phase.UNKNOWN),
        (Phase.PILOT, None, None, Phase.PILOT),
        (Phase.PLANNED, None, None, Phase.PLANNED),
        (Phase.ENDED, None, None, Phase.ENDED),
        # The end is the first day on which it no longer runs.
        (Phase.RUNNING, None, YESTERDAY, Phase.ENDED),
        (Phase.RUNNING, None, TODAY, Phase.ENDED),
        (Phase.RUNNING, None, TOMORROW, Phase.RUNNING),
        (Phase.PILOT, YESTERDAY, TOMORROW, Phase.PILOT),
        # A start in the future: still a plan, whatever was reported.
        (Phase.RUNNING, TOMORROW, None, Phase.PLANNED),
        (Phase.UNKNOWN, TOMORROW, None, Phase.PLANNED),
        (Phase.RUNNING, TODAY, None, Phase.RUNNING),
        # A plan whose start has come runs.
        (Phase.PLANNED, YESTERDAY, None, Phase.RUNNING),
        (Phase.PLANNED, TODAY, None, Phase.RUNNING),
        (Phase.PLANNED, TOMORROW, None, Phase.PLANNED),
        (Phase.PLANNED, YESTERDAY, TODAY, Phase.ENDED),
        # A known start says that it began, not in what phase it is.
        (Phase.UNKNOWN, YESTERDAY, None, Phase.UNKNOWN),
    ],
)
def test_phase_follows_the_dates_first(reported, started, ended, expected):
    practice = lifecycle(reported_phase=reported, started_on=started, ended_on=ended)

    assert practice.phase == expected


# The review term of a year, seen from 15 March 2026: stale from 15 March 2025 back,
# due soon in the 60 days before that.
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("term", "known_on", "expected"),
    [
        (ReviewTerm.YEAR, date(2025, 3, 14), Freshness.STALE),
        (ReviewTerm.YEAR, date(2025, 3, 15), Freshness.STALE),
        (ReviewTerm.YEAR, date(2025, 3, 16), Freshness.DUE_SOON),
        (ReviewTerm.YEAR, date(2025, 5, 14), Freshness.DUE_SOON),
        (ReviewTerm.YEAR, date(2025, 5, 15), Freshness.FRESH),
        (ReviewTerm.YEAR, TODAY, Freshness.FRESH),
        (ReviewTerm.HALF_YEAR, date(2025, 9, 15), Freshness.STALE),
        (ReviewTerm.HALF_YEAR, date(2025, 9, 16), Freshness.DUE_SOON),
        (ReviewTerm.HALF_YEAR, date(2025, 11, 14), Freshness.DUE_SOON),
        (ReviewTerm.HALF_YEAR, date(2025, 11, 15), Freshness.FRESH),
        (ReviewTerm.TWO_YEARS, date(2024, 3, 15), Freshness.STALE),
        (ReviewTerm.TWO_YEARS, date(2024, 3, 16), Freshness.DUE_SOON),
        (ReviewTerm.TWO_YEARS, date(2024, 5, 14), Freshness.DUE_SOON),
        (ReviewTerm.TWO_YEARS, date(2024, 5, 15), Freshness.FRESH),
    ],
)
def test_freshness_turns_on_the_day(term, known_on, expected):
    practice = lifecycle(review_months=term, confirmed_on=known_on)

    assert practice.freshness == expected


@pytest.mark.django_db
def test_freshness_without_any_date_is_stale():
    practice = lifecycle(confirmed_on=None, described_on=None)

    assert (practice.known_on, practice.freshness) == (None, Freshness.STALE)


@pytest.mark.django_db
def test_freshness_counts_from_the_description_until_somebody_confirms():
    described = lifecycle(confirmed_on=None, described_on=TODAY)
    confirmed = lifecycle(confirmed_on=YESTERDAY, described_on=date(2018, 6, 1))

    assert (described.known_on, described.freshness) == (TODAY, Freshness.FRESH)
    assert (confirmed.known_on, confirmed.freshness) == (YESTERDAY, Freshness.FRESH)


@pytest.mark.django_db
def test_a_confirmation_goes_before_a_later_description():
    practice = lifecycle(confirmed_on=date(2020, 1, 1), described_on=TODAY)

    assert (practice.known_on, practice.freshness) == (date(2020, 1, 1), Freshness.STALE)


@pytest.mark.django_db
def test_with_lifecycle_takes_the_day_in_the_netherlands(monkeypatch):
    # 22.30 hours UTC on 14 March is still the 14th in winter time, 23.30 is the 15th.
    PracticeFactory(reported_phase=Phase.RUNNING, ended_on=TODAY)
    phases = []
    for minute in (
        datetime(2026, 3, 14, 22, 30, tzinfo=UTC),
        datetime(2026, 3, 14, 23, 30, tzinfo=UTC),
    ):
        monkeypatch.setattr(timezone, "now", lambda minute=minute: minute)
        phases.append(Practice.objects.with_lifecycle().get().phase)

    assert phases == [Phase.RUNNING, Phase.ENDED]
