"""What follows from dates: phase and freshness, as expressions for a query.

Neither is ever stored. A stored status starts to contradict its own dates the day
after it was saved; a derived one cannot.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.functions import Coalesce

from practices.enums import Freshness, Phase, ReviewTerm

DUE_SOON_DAYS = 60


def months_before(day: date, months: int) -> date:
    """The same day of the month, some months earlier; the last day where that is missing."""
    years, month_index = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(years, month_index + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def phase_expression(today: date) -> Case:
    """The phase of today: dates first, otherwise what was last reported."""
    return Case(
        When(ended_on__lte=today, then=Value(Phase.ENDED.value)),
        When(started_on__gt=today, then=Value(Phase.PLANNED.value)),
        When(reported_phase=Phase.PLANNED, started_on__lte=today, then=Value(Phase.RUNNING.value)),
        default=F("reported_phase"),
        output_field=CharField(),
    )


def known_true_on() -> Coalesce:
    """The last day on which somebody vouched for the content."""
    return Coalesce("confirmed_on", "described_on")


def freshness_expression(today: date) -> Case:
    """Needs the annotation `known_on` (`known_true_on()`)."""
    stale = Q(known_on__isnull=True)
    due_soon = Q()
    for term in ReviewTerm:
        limit = months_before(today, term.value)
        stale |= Q(review_months=term, known_on__lte=limit)
        due_soon |= Q(review_months=term, known_on__lte=limit + timedelta(days=DUE_SOON_DAYS))
    return Case(
        When(stale, then=Value(Freshness.STALE.value)),
        When(due_soon, then=Value(Freshness.DUE_SOON.value)),
        default=Value(Freshness.FRESH.value),
        output_field=CharField(),
    )
