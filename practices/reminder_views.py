"""The pages behind the links in a reminder. None of them needs, or gives, a session."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from practices.editorial.answering import Outcome, answer, page_of
from practices.editorial.preferences import set_wants_digests, wants_digests
from practices.editorial.reminder_links import Purpose, content_of, seen_token

page = require_http_methods(["GET", "HEAD", "POST"])
ONE_CLICK = "List-Unsubscribe"


@page
@never_cache
def reminder(request: HttpRequest, token: str) -> HttpResponse:
    """Only the button confirms: programs that look through mail follow links too."""
    if request.method == "POST":
        found = answer(token, request.POST.get("gezien", ""))
        if found.outcome == Outcome.DONE:
            return redirect("reminder", token)
    else:
        found = page_of(token)
    context: dict[str, Any] = {
        "outcome": found.outcome,
        "practice": found.practice,
        "recipient": found.reminder.digest.recipient if found.reminder else None,
        "days": settings.REMINDER_LINK_DAYS,
    }
    if found.outcome in (Outcome.ASK, Outcome.STALE) and found.reminder and found.practice:
        context["seen"] = seen_token(found.reminder.pk, found.practice.modified)
        context["changed"] = found.practice.modified > found.reminder.digest.sent_at
    response = render(request, "practices/reminders/confirm.html", context)
    response.status_code = found.outcome.status
    return _hidden(response)


@page
@never_cache
def reminder_preference(request: HttpRequest, token: str) -> HttpResponse:
    user = _account(token)
    if request.method == "POST":
        set_wants_digests(user, request.POST.get("herinneringen") == "aan")
        return redirect("reminder_preference", token)
    context = {"wants_digests": wants_digests(user)}
    return _hidden(render(request, "practices/reminders/preference.html", context))


@csrf_exempt
@page
@never_cache
def reminder_one_click(request: HttpRequest, token: str) -> HttpResponse:
    """For the button of a mail program (RFC 8058), which has no cookie and no form of ours."""
    user = _account(token)
    if request.method != "POST":
        return redirect("reminder_preference", token)
    if request.POST.get(ONE_CLICK) != "One-Click":
        return HttpResponseBadRequest("Deze knop kent alleen List-Unsubscribe=One-Click.")
    set_wants_digests(user, False)
    return HttpResponse("Je krijgt geen herinneringen meer.", content_type="text/plain")


def _account(token: str) -> Any:
    content = content_of(token, Purpose.UNSUBSCRIBE)
    user = get_user_model().objects.filter(pk=content[0]).first() if content else None
    if user is None:
        raise Http404
    return user


def _hidden(response: HttpResponse) -> HttpResponse:
    """The address is a key: it goes into no index, and to no other site."""
    response["X-Robots-Tag"] = "noindex"
    return response
