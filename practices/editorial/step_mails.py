"""A step that somebody else waits for is told by mail: handed in, sent back, published.

The eindredactie hears of what was handed in, as far as it wants mail; who handed it in hears
what came of it. Without a mail server the first page of the admin has to do.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from practices.editorial.owners import chiefs
from practices.editorial.people import name_of
from practices.editorial.permissions import Action, may
from practices.enums import State
from practices.mails import NotSentError, send
from practices.models import Practice

TEMPLATES = {
    Action.SUBMIT: "handed_in",
    Action.SEND_BACK: "sent_back",
    Action.PUBLISH: "published",
}


def tell(practice: Practice, action: Action, by: Any, url: str) -> None:
    """`url` is the form of the entry. A mail that cannot go never stops the step."""
    name = TEMPLATES.get(action)
    if name is None:
        return
    context = {
        "practice": practice,
        "by": name_of(by),
        "step": practice.state_changes.first(),
        "url": url,
    }
    for person in _waiting(practice, action):
        if person != by:
            with suppress(NotSentError):
                send(f"practices/editorial/mail/{name}", person.email, context)


def _waiting(practice: Practice, action: Action) -> list[Any]:
    if action == Action.SUBMIT:
        return chiefs()
    handed_in = practice.state_changes.filter(to_state=State.IN_REVIEW).first()
    person = handed_in.by if handed_in else None
    if person is None or not person.email or not may(person, Action.CHANGE, practice):
        return []
    return [person]
