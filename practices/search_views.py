"""What stands around the search: suggestions while typing, and what is still wanted."""

from __future__ import annotations

from dataclasses import asdict

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from practices.models import Practice, WantedQuestion
from practices.querystrings import clean
from practices.suggestions import suggest


@require_safe
@cache_control(public=True, max_age=60)
def suggestions(request: HttpRequest) -> JsonResponse:
    """What is typed is not logged and not kept."""
    lines = suggest(clean(request.GET).get("q", ""))
    return JsonResponse({"suggesties": [asdict(line) for line in lines]})


@require_safe
def wanted_list(request: HttpRequest) -> HttpResponse:
    is_answered = Exists(Practice.objects.published().filter(pk=OuterRef("answered_by")))
    questions = WantedQuestion.objects.filter(is_public=True).select_related("answered_by")
    context = {
        "open": questions.filter(~is_answered),
        "answered": questions.filter(is_answered),
    }
    return render(request, "practices/wanted_list.html", context)
