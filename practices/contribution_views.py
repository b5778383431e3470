"""What readers send in: a form, a mail, a button that confirms it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from practices.contributions import limits, mails
from practices.contributions.confirming import (
    DAYS,
    ExpiredError,
    confirm,
    suggestion_of,
    token_for,
)
from practices.contributions.forms import ContributionForm, CorrectionForm, ProposalForm
from practices.duplicates import likely_duplicates
from practices.enums import SuggestionState
from practices.events import log_event
from practices.mails import NotSentError
from practices.models import Practice, Suggestion
from practices.old_addresses import by_old_slug

form_page = require_http_methods(["GET", "HEAD", "POST"])

TOO_OFTEN = (
    "Er is te vaak iets verstuurd vanaf dit netwerk of met dit e-mailadres. Er is nu niets "
    "verstuurd. Uw tekst staat hieronder nog. Probeer het over een uur opnieuw."
)
NOT_SENT = (
    "De mail om uw bericht te bevestigen kon niet worden verstuurd. Er is nog niets bewaard. "
    "Uw tekst staat hieronder nog. Kijk of het e-mailadres klopt, of probeer het later opnieuw."
)


@form_page
def send_correction(request: HttpRequest, slug: str) -> HttpResponse:
    """At an old address too: a redirect would lose what was typed."""
    practice = Practice.objects.published().filter(slug=slug).first() or by_old_slug(slug)
    form = CorrectionForm(request.POST or None, practice=practice)
    return _received(request, form, "correction", {"practice": practice})


@form_page
def send_proposal(request: HttpRequest) -> HttpResponse:
    return _received(request, ProposalForm(request.POST or None), "proposal", {})


def _received(
    request: HttpRequest, form: ContributionForm, template: str, context: dict[str, Any]
) -> HttpResponse:
    """Whoever fell in a trap gets the same answer as everybody else."""
    status = 200
    if request.method == "POST" and form.is_valid():
        give_back = limits.take(request, form.cleaned_data["sender_email"])
        if give_back is None:
            _log("contribution_limited")
            form.add_error(None, TOO_OFTEN)
            status = 429
        elif form.is_trapped:
            _log("contribution_trapped")
            return redirect("contribution_sent")
        elif _sent(request, form):
            return redirect("contribution_sent")
        else:
            give_back()
            form.add_error(None, NOT_SENT)
            status = 503
    elif form.is_bound:
        context["duplicates"] = likely_duplicates(
            str(form.cleaned_data.get("title") or ""), Practice.objects.published()
        )
    context["form"] = form
    return render(request, f"practices/contributions/{template}.html", context, status=status)


def _sent(request: HttpRequest, form: ContributionForm) -> bool:
    """Kept only when its sender can confirm it. No transaction: a mail server may be slow."""
    suggestion = form.save()
    url = reverse("confirm_contribution", args=[token_for(suggestion)])
    try:
        mails.ask_to_confirm(suggestion, request.build_absolute_uri(url), DAYS)
    except NotSentError:
        suggestion.delete()
        return False
    return True


@require_safe
def contribution_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "practices/contributions/sent.html", {"days": DAYS})


@form_page
@never_cache
def confirm_contribution(request: HttpRequest, token: str) -> HttpResponse:
    """Only the button confirms: programs that look through mail follow links too."""
    try:
        suggestion = suggestion_of(token)
    except ExpiredError:
        return _confirm_page(request, "expired", 410)
    if suggestion is None:
        return _confirm_page(request, "unknown", 404)
    if request.method == "POST":
        if confirm(suggestion.pk):
            url = reverse("admin:practices_suggestion_change", args=[suggestion.pk])
            mails.tell_editors(suggestion, request.build_absolute_uri(url))
        return redirect("confirm_contribution", token)
    waiting = suggestion.state == SuggestionState.UNCONFIRMED
    return _confirm_page(request, "ask" if waiting else "done", 200, suggestion)


def _confirm_page(
    request: HttpRequest, outcome: str, status: int, suggestion: Suggestion | None = None
) -> HttpResponse:
    context = {"outcome": outcome, "suggestion": suggestion, "days": DAYS}
    return render(request, "practices/contributions/confirm.html", context, status=status)


def _log(event: str) -> None:
    """Without who it was: an address says nothing here that the limits do not know."""
    log_event(event, failed=True)
