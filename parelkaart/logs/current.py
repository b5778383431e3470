"""The request that this thread is answering, and the number that all its lines carry."""

from __future__ import annotations

import re
from contextvars import ContextVar
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.http import HttpRequest

HEADER = "X-Request-ID"
SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")


@dataclass(frozen=True)
class Current:
    request: HttpRequest
    request_id: str


_current: ContextVar[Current | None] = ContextVar("current", default=None)


def begin(request: HttpRequest) -> str:
    """Believes the number of a proxy, as far as there is one in front of the site.

    Its own can be read out over a telephone.
    """
    given = request.headers.get(HEADER, "") if settings.ALLAUTH_TRUSTED_PROXY_COUNT else ""
    number = given if SANE.fullmatch(given) else token_hex(8)
    _current.set(Current(request, number))
    return number


def end(**kwargs: Any) -> None:
    """A receiver of `request_finished`: a file may be made while it is sent."""
    _current.set(None)


def request() -> HttpRequest | None:
    found = _current.get()
    return found.request if found else None


def request_id() -> str:
    found = _current.get()
    return found.request_id if found else ""
