"""The page on the catalogue itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from practices.overview import overview


@require_safe
def overview_page(request: HttpRequest) -> HttpResponse:
    return render(request, "practices/overview.html", {"overview": overview()})
