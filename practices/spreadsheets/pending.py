"""A file between its preview and the word to go on.

In the cache, which is a table of the database: every process can reach it, no visitor can.
One for each user, so that a new one takes the place of what was never confirmed.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from secrets import token_urlsafe
from typing import Any

from django.core.cache import cache
from django.utils.crypto import constant_time_compare

LIFETIME = 3600  # seconds


@dataclass(frozen=True)
class Pending:
    """`marks` tell in which state the preview found each entry."""

    name: str
    data: bytes
    marks: dict[str, str]


def keep(user: Any, pending: Pending) -> str:
    token = token_urlsafe(24)
    cache.set(_key(user), {"token": token, **asdict(pending)}, LIFETIME)
    return token


def take(user: Any, token: str) -> Pending | None:
    """Once. None when it is another's, was replaced, was used or is too old."""
    kept = cache.get(_key(user))
    if kept is None or not constant_time_compare(kept.pop("token"), token):
        return None
    drop(user)
    return Pending(**kept)


def drop(user: Any) -> None:
    cache.delete(_key(user))


def _key(user: Any) -> str:
    return f"spreadsheet:{user.pk}"
