"""What the link in a reminder leads to, and what its button does.

The link stands for somebody who did not sign in, so it opens nothing but this: confirming
one entry, once, as long as that person may still change it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils import timezone

from practices.editorial.confirming import confirm
from practices.editorial.permissions import Action, may
from practices.editorial.reminder_links import (
    ExpiredError,
    Purpose,
    content_of,
    is_what_was_seen,
)
from practices.editorial.reminders import answer_to
from practices.enums import ReminderAnswer
from practices.events import log_event
from practices.models import Practice, Reminder

REASON = "via de link in een herinnering"


class Outcome(StrEnum):
    """`status` is that of the page."""

    ASK = "vragen"
    STALE = "intussen-gewijzigd"
    DONE = "bevestigd"
    AWAY = "niet-meer-op-de-site"
    NOT_ALLOWED = "mag-niet"
    EXPIRED = "verlopen"
    UNKNOWN = "onbekend"

    @property
    def status(self) -> int:
        return _STATUS[self]


_STATUS = {
    Outcome.ASK: 200,
    Outcome.STALE: 409,
    Outcome.DONE: 200,
    Outcome.AWAY: 410,
    Outcome.NOT_ALLOWED: 403,
    Outcome.EXPIRED: 410,
    Outcome.UNKNOWN: 404,
}


@dataclass(frozen=True)
class Page:
    outcome: Outcome
    reminder: Reminder | None = None
    practice: Practice | None = None


def page_of(token: str) -> Page:
    try:
        content = content_of(token, Purpose.CONFIRM)
    except ExpiredError:
        return Page(Outcome.EXPIRED)
    return _page(content[0]) if content else Page(Outcome.UNKNOWN)


def _page(pk: int) -> Page:
    reminders = Reminder.objects.select_related("digest__recipient")
    reminder = reminders.filter(pk=pk).first()
    if reminder is None:
        return Page(Outcome.UNKNOWN)
    practice = Practice.objects.select_related("confirmed_by").get(pk=reminder.practice_id)
    reminder.practice = practice
    return Page(_outcome(reminder, practice), reminder, practice)


def _outcome(reminder: Reminder, practice: Practice) -> Outcome:
    """A change since the mail does not stop anybody: the page shows the text of now."""
    if not practice.is_public:
        return Outcome.AWAY
    if not _may_still(reminder.digest.recipient, practice):
        return Outcome.NOT_ALLOWED
    found = answer_to(reminder)
    answers = {reminder.answer, found[0] if found else ""}
    return Outcome.DONE if ReminderAnswer.CONFIRMED in answers else Outcome.ASK


def _may_still(user: Any, practice: Practice) -> bool:
    return user is not None and may(user, Action.CHANGE, practice)


@transaction.atomic
def answer(token: str, seen: str) -> Page:
    """Confirms in the name of whom the mail went to, if all still is as the page showed.

    The rows are held: of two buttons pressed at the same time one finds it done.
    """
    page = page_of(token)
    if page.outcome != Outcome.ASK or page.reminder is None:
        return page
    Practice.objects.select_for_update().get(pk=page.reminder.practice_id)
    page = _page(page.reminder.pk)
    if page.outcome != Outcome.ASK or page.reminder is None or page.practice is None:
        return page
    reminder, practice = page.reminder, page.practice
    if not is_what_was_seen(seen, reminder.pk, practice.modified):
        return Page(Outcome.STALE, reminder, practice)
    user: Any = reminder.digest.recipient
    confirm(practice, user, REASON)
    reminder.answer, reminder.answered_at = ReminderAnswer.CONFIRMED, timezone.now()
    reminder.save(update_fields=["answer", "answered_at"])
    log_event("confirmed_by_link", user, practice=practice.pk)
    return Page(Outcome.DONE, reminder, practice)
