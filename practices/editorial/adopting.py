"""The log of an adoption: a municipality tells how it goes with another's practice.

The steps are the log; the adoption itself says how it stands and follows from them. Who
may record for a municipality has no right to change the entry (permissions.py).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from municipalities.models import Municipality
from municipalities.versioned import digest
from practices.editorial import history
from practices.editorial.people import name_of
from practices.editorial.permissions import adopters
from practices.editorial.privacy_guard import Check, override
from practices.editorial.workflow import RefusedError
from practices.enums import AdoptionState, VersionAction
from practices.models import Adoption, AdoptionStep, Practice

NEWS_DAYS, NEWS = 60, 5
GONE = "Niets opgeslagen: deze praktijk staat niet meer op de site, of je mag dit niet meer."
RECORDED = "Overname door {place}: {state}."
CORRECTED = "Overname door {place}: de laatste stap is verbeterd."
REMOVED = "Overname door {place}: weggehaald."


class StaleError(Exception):
    """Somebody else recorded something since this editor looked."""


@dataclass(frozen=True)
class Report:
    """What an editor tells in one step. `reason` is required when the state is stopped."""

    state: str
    since: date | None = None
    changes: str = ""
    reason: str = ""


def find(practice: Practice, place: Municipality) -> Adoption | None:
    adoptions = practice.adoptions.filter(municipality=place).select_related("municipality")
    return adoptions.prefetch_related("steps").first()


def recent_steps(practice: Practice) -> list[AdoptionStep]:
    """What others recorded lately, for who keeps the entry."""
    since = timezone.now() - timedelta(days=NEWS_DAYS)
    steps = AdoptionStep.objects.filter(adoption__practice=practice, at__gte=since)
    return list(steps.exclude(by_name="").select_related("adoption__municipality")[:NEWS])


def seen(adoption: Adoption | None) -> str:
    """Recognises how it stood when an editor opened the page; empty when there was nothing."""
    if adoption is None:
        return ""
    steps = list(adoption.steps.order_by("pk").values_list("pk", "state", "since", "changes"))
    reasons = list(adoption.steps.order_by("pk").values_list("reason", flat=True))
    now = (adoption.state, adoption.since, adoption.changes, adoption.reason_stopped)
    return digest(json.dumps([now, steps, reasons], default=str))


@transaction.atomic
def record(
    practice: Practice,
    place: Municipality,
    report: Report,
    user: Any,
    expected: str,
    check: Check | None = None,
) -> Adoption:
    """Adds a step. `expected` is what `seen` gave when the editor opened the page."""
    held = _held(practice, place, user)
    adoption = _found(held, place, expected)
    history.found(held)
    if adoption is None:
        adoption = Adoption(practice=held, municipality=place)
        _stand(adoption, [AdoptionStep(**vars(report))])
        adoption.save()
    else:
        _begin(adoption)
    step = AdoptionStep(adoption=adoption, by=user, by_name=name_of(user), **vars(report))
    step.save()
    state = step.get_state_display()
    return _finish(held, adoption, user, RECORDED.format(place=place, state=state), check)


@transaction.atomic
def correct(
    practice: Practice,
    place: Municipality,
    report: Report,
    user: Any,
    expected: str,
    check: Check | None = None,
) -> Adoption:
    """Puts the last step right; who recorded it, and when, stays."""
    held = _held(practice, place, user)
    adoption = _found(held, place, expected)
    if adoption is None:
        raise StaleError
    history.found(held)
    _begin(adoption)
    adoption.steps.filter(pk=adoption.steps.values_list("pk", flat=True)[0]).update(**vars(report))
    return _finish(held, adoption, user, CORRECTED.format(place=place), check)


@transaction.atomic
def remove(practice: Practice, place: Municipality, user: Any, expected: str) -> None:
    """For what was recorded by mistake: it leaves the site with its log."""
    held = _held(practice, place, user)
    adoption = _found(held, place, expected)
    if adoption is None:
        raise StaleError
    history.found(held)
    adoption.delete()
    history.record(held, VersionAction.CHANGED, user, REMOVED.format(place=place))


def _held(practice: Practice, place: Municipality, user: Any) -> Practice:
    """The row of the entry: two editors of one municipality come one after the other."""
    held = Practice.objects.select_for_update().filter(pk=practice.pk).first()
    if held is None or not adopters(user, held).filter(pk=place.pk).exists():
        raise RefusedError(GONE)
    return held


def _found(practice: Practice, place: Municipality, expected: str) -> Adoption | None:
    adoption = find(practice, place)
    if seen(adoption) != expected:
        raise StaleError
    return adoption


def _begin(adoption: Adoption) -> None:
    """How it stood before there was a log, as the first step of it."""
    if not adoption.steps.exists():
        adoption.steps.create(
            state=adoption.state,
            since=adoption.since,
            changes=adoption.changes,
            reason=adoption.reason_stopped,
        )


def _finish(
    practice: Practice, adoption: Adoption, user: Any, what: str, check: Check | None
) -> Adoption:
    _stand(adoption, list(AdoptionStep.objects.filter(adoption=adoption)))
    # Through `save()`: what visitors see follows it.
    adoption.save()
    history.record(practice, VersionAction.CHANGED, user, what)
    if check and check.found:
        override(practice, check.found, check.reason, user)
    return adoption


def _stand(adoption: Adoption, steps: list[AdoptionStep]) -> None:
    """How it stands after the steps, the newest first."""
    newest = steps[0]
    adoption.state = newest.state
    adoption.since = _since(steps)
    adoption.changes = next((step.changes for step in steps if step.changes), "")
    stopped = newest.state == AdoptionState.STOPPED
    adoption.reason_stopped = newest.reason if stopped else ""


def _since(steps: list[AdoptionStep]) -> date | None:
    """A step in the same state that gives no date leaves the date of before."""
    for step in steps:
        if step.state != steps[0].state:
            return None
        if step.since:
            return step.since
    return None
