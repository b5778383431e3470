"""Keeps sessions within their limits, and the admin for who has a second step.

On the pages for visitors the session stays untouched: whether a session has ended or lacks
its second step is only found out when a page asks who is looking. Such a person is a visitor.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.functional import SimpleLazyObject

from parelkaart.accounts import factors, sessions
from parelkaart.accounts.events import log_event

View = Callable[[HttpRequest], HttpResponseBase]
INSIDE = ("admin:index", "account_home", "account_login", "account_logout")
ENDED = {
    "idle": "Je bent uitgelogd, omdat je een tijd niets deed. Log opnieuw in.",
    "age": "Je bent uitgelogd, omdat je lang geleden inlogde. Log opnieuw in.",
}


def sign_in_guard(get_response: View) -> View:
    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not is_inside(request):
            visible: Any = SimpleLazyObject(partial(_seen_by_visitors, request, request.user))
            request.user = visible
            response = get_response(request)
        else:
            response = _keep_out(request) or get_response(request)
            if not response.has_header("Cache-Control"):
                add_never_cache_headers(response)
        if response.status_code == 403:
            _log_refusal(request)
        return response

    return middleware


def is_inside(request: HttpRequest) -> bool:
    """An address of those who work here: the admin, accounts, signing in and out."""
    return _is_within(request, *INSIDE)


def _is_within(request: HttpRequest, *names: str) -> bool:
    return request.path.startswith(tuple(reverse(name) for name in names))


def _seen_by_visitors(request: HttpRequest, user: Any) -> Any:
    if sessions.reason_to_end(request.session) or factors.is_missing(request, user):
        return AnonymousUser()
    return user


def _keep_out(request: HttpRequest) -> HttpResponseBase | None:
    if reason := sessions.reason_to_end(request.session):
        log_event("session_ended", request, request.user, reason=reason)
        request.session.flush()
        request.user = AnonymousUser()
        messages.info(request, ENDED[reason])
        return None
    sessions.touch(request.session)
    to_the_admin = _is_within(request, "admin:index") and not _is_within(request, "admin:logout")
    if to_the_admin and factors.is_missing(request, request.user):
        log_event("factor_missing", request, request.user, failed=True)
        return redirect("mfa_index")
    return None


def _log_refusal(request: HttpRequest) -> None:
    """Only the admin's addresses are free of secrets: others may carry the key of a mail."""
    known = settings.SESSION_COOKIE_NAME in request.COOKIES
    path = request.path if _is_within(request, "admin:index") else ""
    log_event("permission_denied", request, request.user if known else None, failed=True, path=path)
