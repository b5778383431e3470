"""Where nothing is known yet."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from practices.white_spots import white_spots


@require_safe
def white_spot_table(request: HttpRequest) -> HttpResponse:
    return render(request, "practices/white_spots.html", {"table": white_spots(request.GET)})
