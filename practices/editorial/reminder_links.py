"""The links in a reminder: signed, each for one purpose only.

What is signed for one purpose is worth nothing for another: each has a salt of its own, and
says in the signed part too what it is for.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.core import signing

_SALT = "practices.reminders."


class Purpose(StrEnum):
    CONFIRM = "bevestigen"
    UNSUBSCRIBE = "afmelden"
    SEEN = "gezien"


class ExpiredError(Exception):
    pass


def token(purpose: Purpose, *content: Any) -> str:
    return signing.dumps([purpose, *content], salt=_SALT + purpose)


def content_of(given: str, purpose: Purpose) -> list[Any] | None:
    """None for what was not signed here for this purpose."""
    lasts = timedelta(days=settings.REMINDER_LINK_DAYS) if purpose == Purpose.CONFIRM else None
    try:
        found = signing.loads(given, salt=_SALT + purpose, max_age=lasts)
    except signing.SignatureExpired as expired:
        raise ExpiredError from expired
    except (signing.BadSignature, ValueError):
        return None
    return found[1:] if found[0] == purpose else None


def confirm_token(reminder: int) -> str:
    return token(Purpose.CONFIRM, reminder)


def unsubscribe_token(user: int) -> str:
    """Does not expire: who gets a mail must be able to stop them, however old it is."""
    return token(Purpose.UNSUBSCRIBE, user)


def seen_token(reminder: int, modified: datetime) -> str:
    """Which text somebody had in front of them when the button was pressed."""
    return token(Purpose.SEEN, reminder, modified.isoformat())


def is_what_was_seen(given: str, reminder: int, modified: datetime) -> bool:
    return content_of(given, Purpose.SEEN) == [reminder, modified.isoformat()]
