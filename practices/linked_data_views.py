"""The catalogue and its practices as linked data."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from practices import schema_org
from practices.dcat import PREFIXES, catalogue
from practices.models import Practice
from practices.old_addresses import moved
from practices.turtle import turtle


@require_safe
def catalogue_turtle(request: HttpRequest) -> HttpResponse:
    text = turtle(PREFIXES, catalogue(request.build_absolute_uri))
    return HttpResponse(text, content_type="text/turtle; charset=utf-8")


@require_safe
def catalogue_json_ld(request: HttpRequest) -> HttpResponse:
    nodes = catalogue(request.build_absolute_uri)
    return _json_ld({"@context": PREFIXES, "@graph": nodes})


@require_safe
def practice_json_ld(request: HttpRequest, slug: str) -> HttpResponse:
    """What the page has for machines, alone. The page's address is the practice's name."""
    practice = Practice.objects.published().for_listing().filter(slug=slug).first()
    if practice is None:
        return moved(slug, "practice_json_ld")
    return _json_ld(schema_org.of_practice(practice, request.build_absolute_uri))


def _json_ld(document: dict[str, Any]) -> HttpResponse:
    text = json.dumps(document, ensure_ascii=False)
    return HttpResponse(text, content_type="application/ld+json")
