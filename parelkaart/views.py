"""The pages around the catalogue."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import get_template
from django.views.decorators.http import require_safe

from municipalities.models import Municipality
from parelkaart.dot_map import dot_map
from parelkaart.logs import current
from parelkaart.mirror.addresses import question_of
from parelkaart.settings import origin
from practices import schema_org
from practices.cards import dress
from practices.enums import Evidence
from practices.finder import PracticeFinder
from practices.licence import licence
from practices.models import Theme
from practices.old_addresses import GoneError
from practices.querystrings import filter_url
from practices.snapshot import Snapshot
from practices.views import barriers_by_level

LATEST = 6


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    finder = PracticeFinder(QueryDict())
    context = {
        "schema_org": schema_org.of_site(request.build_absolute_uri),
        "themes": _themes(finder.snapshot),
        "barriers_by_level": barriers_by_level(),
        "latest": [dress(practice) for practice in finder.results[:LATEST]],
        "areas": [area for area in finder.areas if area.count],
        "dot_map": dot_map((area.place.lat, area.place.lon, area.count) for area in finder.areas),
        "totals": {
            "practices": finder.total,
            "municipalities": Municipality.objects.existing().count(),
        },
    }
    return render(request, "pages/home.html", context)


def _themes(public: Snapshot) -> list[dict[str, Any]]:
    """Those with a practice, and how many."""
    counted = [(theme, len(public.linked("themes", theme.pk))) for theme in Theme.objects.all()]
    return [
        {
            "name": theme.name,
            "definition": theme.definition,
            "count": count,
            "url": filter_url("thema", theme.slug),
        }
        for theme, count in counted
        if count
    ]


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    context = {"evidence_levels": list(Evidence), "licence": licence()}
    return render(request, "pages/about.html", context)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    tiles = settings.MAP_TILES_URL
    context = {"tiles_host": origin(tiles).split("//")[1] if tiles else ""}
    return render(request, "pages/privacy.html", context)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    context = {
        "register_url": settings.ACCESSIBILITY_REGISTER_URL,
        "report_url": settings.ACCESSIBILITY_REPORT_URL,
    }
    return render(request, "pages/accessibility.html", context)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Gone is another answer than never heard of: search engines forget the address at once."""
    if address := question_of(request.path_info):
        return redirect(address)
    status = 410 if isinstance(exception, GoneError) else 404
    return render(request, f"{status}.html", status=status)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without what other pages are made with: any of that may be what is broken."""
    page = get_template("500.html").render({"request_id": current.request_id()})
    return HttpResponse(page, status=500)
