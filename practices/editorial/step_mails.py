"""A step that somebody else waits for is told by mail: handed in, sent back, published.

The eindredactie hears of what was handed in, as far as it wants mail; who handed it in hears
what came of it. Without a mail server the first page of the admin has to do.
"""

from __future__ import annotations

import json
import logging
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

from practices.contributions.mails import FAILURES
from practices.editorial.owners import chiefs
from practices.editorial.people import name_of
from practices.editorial.permissions import Action, may
from practices.enums import State
from practices.models import Practice

logger = logging.getLogger("parelkaart.security")
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
        "site_name": settings.SITE_NAME,
        "practice": practice,
        "by": name_of(by),
        "step": practice.state_changes.first(),
        "url": url,
    }
    for person in _waiting(practice, action):
        if person != by:
            _send(name, person.email, context)


def _waiting(practice: Practice, action: Action) -> list[Any]:
    if action == Action.SUBMIT:
        return chiefs()
    handed_in = practice.state_changes.filter(to_state=State.IN_REVIEW).first()
    person = handed_in.by if handed_in else None
    if person is None or not person.email or not may(person, Action.CHANGE, practice):
        return []
    return [person]


def _send(name: str, to: str, context: dict[str, Any]) -> None:
    subject, body = (
        render_to_string(f"practices/editorial/mail/{name}_{part}.txt", context).strip()
        for part in ("subject", "message")
    )
    try:
        send_mail(" ".join(subject.split()), f"{body}\n", None, [to])
    except FAILURES as failure:
        line = {"event": "mail_failed", "mail": name, "error": type(failure).__name__}
        logger.warning(json.dumps(line))
