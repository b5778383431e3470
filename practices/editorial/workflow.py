"""The states of an entry and the steps between them.

Which step is open to whom in which state is in the policy (permissions.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from practices.editorial import history
from practices.editorial.people import name_of
from practices.editorial.permissions import Action, may
from practices.editorial.privacy_guard import new_findings, override
from practices.editorial.readiness import missing
from practices.enums import State, VersionAction
from practices.events import log_done
from practices.models import Practice, StateChange

STALE = "Niets gedaan: deze praktijk is intussen '{now}'. Bekijk hem opnieuw."
NOT_NOW = "Dit kan niet met een praktijk die '{now}' is, of je mag dit niet."
GONE = "Niets gedaan: deze praktijk is intussen verwijderd."
WHY = "Schrijf op waarom."
PRIVACY = "Haal dit eerst weg, of schrijf op waarom het mag blijven staan."
NOT_READY = "Er ontbreekt nog iets."


@dataclass(frozen=True)
class Transition:
    """`asks`: there is a page in between, to think twice or to give a reason."""

    name: str
    action: Action
    target: State
    label: str
    explanation: str
    done: str
    asks: bool = False
    needs_reason: bool = False


TRANSITIONS = {
    transition.name: transition
    for transition in (
        Transition(
            "indienen",
            Action.SUBMIT,
            State.IN_REVIEW,
            "Ter beoordeling indienen",
            "De eindredactie leest mee en publiceert.",
            "Ingediend. De eindredactie kijkt ernaar. Je krijgt een mail als de praktijk terugkomt "
            "of op de site staat.",
        ),
        Transition(
            "publiceren",
            Action.PUBLISH,
            State.PUBLISHED,
            "Publiceren",
            "Daarna kan iedereen de praktijk vinden en lezen.",
            "Gepubliceerd. De praktijk staat op de site.",
        ),
        Transition(
            "terugsturen",
            Action.SEND_BACK,
            State.CONCEPT,
            "Terugsturen…",
            "De redacteur ziet je reden bovenaan de praktijk.",
            "Teruggestuurd naar de redacteur.",
            asks=True,
            needs_reason=True,
        ),
        Transition(
            "archiveren",
            Action.ARCHIVE,
            State.ARCHIVED,
            "Archiveren…",
            "De praktijk verdwijnt van de site. De beschrijving blijft hier bewaard.",
            "Gearchiveerd. De praktijk staat niet meer op de site.",
            asks=True,
        ),
        Transition(
            "terugzetten",
            Action.REOPEN,
            State.CONCEPT,
            "Terugzetten naar concept…",
            "De praktijk wordt weer een concept en staat dan niet op de site.",
            "De praktijk is weer een concept.",
            asks=True,
        ),
    )
}
NEEDS_ALL = (Action.SUBMIT, Action.PUBLISH)
EVENTS = {
    Action.SUBMIT: "handed_in",
    Action.PUBLISH: "published",
    Action.SEND_BACK: "sent_back",
    Action.ARCHIVE: "archived",
    Action.REOPEN: "reopened",
}


class RefusedError(Exception):
    """With what to tell the editor."""


def available(user: Any, practice: Practice) -> list[Transition]:
    return [step for step in TRANSITIONS.values() if may(user, step.action, practice)]


@transaction.atomic
def move(
    pk: int, step: Transition, user: Any, expected: str, reason: str = "", privacy_reason: str = ""
) -> Practice:
    """`expected` is the state that the editor saw; the row is held until all is done.

    `privacy_reason` says why what the privacy check finds may become public.
    """
    practice = _held(pk, step, user, expected)
    reason = reason.strip()
    if step.needs_reason and not reason:
        raise RefusedError(WHY)
    if step.action in NEEDS_ALL and (lacking := missing(practice)):
        raise RefusedError(" ".join([NOT_READY, *(item.text for item in lacking)]))
    if step.action == Action.PUBLISH:
        _guard_privacy(practice, user, privacy_reason.strip())
    history.found(practice)
    practice.state = step.target
    practice.save(update_fields=["state", "modified"])
    StateChange.objects.create(
        practice=practice,
        from_state=expected,
        to_state=step.target,
        reason=reason,
        by=user,
        by_name=name_of(user),
    )
    history.record(practice, VersionAction.MOVED, user, reason)
    log_done(EVENTS[step.action], user, practice=practice.pk)
    return practice


def _held(pk: int, step: Transition, user: Any, expected: str) -> Practice:
    practice = Practice.objects.select_for_update().filter(pk=pk).first()
    if practice is None:
        raise RefusedError(GONE)
    if practice.state != expected:
        raise RefusedError(STALE.format(now=practice.get_state_display()))
    if not may(user, step.action, practice):
        raise RefusedError(NOT_NOW.format(now=practice.get_state_display()))
    return practice


def _guard_privacy(practice: Practice, user: Any, reason: str) -> None:
    found = new_findings(practice)
    if found and not reason:
        raise RefusedError(" ".join([PRIVACY, *map(str, found)]))
    if found:
        override(practice, found, reason, user)


def sent_back(practice: Practice) -> StateChange | None:
    """Why the entry came back, as long as that was the last thing that happened to it."""
    if practice.state != State.CONCEPT:
        return None
    last = practice.state_changes.first()
    return last if last and last.from_state == State.IN_REVIEW and last.reason else None
