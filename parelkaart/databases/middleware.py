"""Leads each request to a database that answers (docs/adr/0036).

Readers are served by the replica, else by the primary, else from the static copy. Who has a
session reads the primary first, so that editors see what they just saved. What saves, or
leads to saving, needs the primary.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.signals import got_request_exception
from django.db import connections
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import Resolver404, resolve

from parelkaart import health
from parelkaart.accounts.middleware import is_inside
from parelkaart.databases import answers, watch
from parelkaart.databases.routing import (
    PRIMARY,
    REPLICA,
    is_read_only,
    reading,
    reading_within,
)
from parelkaart.databases.watch import Trouble

View = Callable[[HttpRequest], HttpResponseBase]
READING = ("GET", "HEAD", "OPTIONS")
# Forms, and pages that a link in a mail leads to: what they show must be of this moment.
FORMS = {
    "send_correction",
    "send_proposal",
    "contribution_sent",
    "confirm_contribution",
    "reminder",
    "reminder_preference",
    "reminder_one_click",
}
_ERROR = "parelkaart.databases.error"  # where a request keeps it


def databases(get_response: View) -> View:
    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(health.PREFIX):
            return get_response(request)  # It tells of each database by itself.
        if is_for_readers(request):
            return _read(request, get_response)
        return _write(request, get_response)

    return middleware


def is_for_readers(request: HttpRequest) -> bool:
    """Shows what is public and saves nothing."""
    if request.method not in READING or is_inside(request):
        return False
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return True
    return match.view_name not in FORMS


def _read(request: HttpRequest, get_response: View) -> HttpResponseBase:
    for alias in _in_order(request):
        response, trouble = _try(request, get_response, alias)
        if trouble is Trouble.LOST:
            response, trouble = _try(request, get_response, alias)
        if trouble is Trouble.BUSY:
            return answers.busy(request)
        if trouble is None:
            return response
    return answers.from_copy(request) or answers.busy(request)


def _write(request: HttpRequest, get_response: View) -> HttpResponseBase:
    """Never tried twice: who saves something decides whether to send it again."""
    if is_read_only():
        return answers.read_only(request)
    response, trouble = _try(request, get_response, PRIMARY)
    if trouble is None:
        return response
    if trouble is Trouble.BUSY:
        return answers.busy(request)
    return answers.read_only(request) if request.method in READING else answers.uncertain(request)


def _in_order(request: HttpRequest) -> list[str]:
    """A visitor first asks the replica. Without one it is always the primary."""
    order = [REPLICA, PRIMARY] if REPLICA in connections else [PRIMARY]
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        order.reverse()
    return [alias for alias in order if not watch.is_down(alias)]


def _try(
    request: HttpRequest, get_response: View, alias: str
) -> tuple[HttpResponseBase, Trouble | None]:
    request.META.pop(_ERROR, None)
    with reading(alias):
        response = get_response(request)
    error = request.META.pop(_ERROR, None)
    if error is not None:
        return response, watch.trouble(error, alias)
    if alias == REPLICA and isinstance(response, StreamingHttpResponse):
        chunks = iter(response.streaming_content)  # type: ignore[arg-type]
        response.streaming_content = reading_within(alias, chunks)
    return response, None


def _remember(request: HttpRequest | None = None, **kwargs: Any) -> None:
    """Django makes an answer of each error, also of those in other middleware."""
    if request is not None:
        request.META[_ERROR] = sys.exc_info()[1]


got_request_exception.connect(_remember, dispatch_uid="parelkaart.databases")
