"""The map page, the same map in somebody else's page, and the documents that both draw from."""

from __future__ import annotations

import hashlib
from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from practices import querystrings, version
from practices.bbox import BoundingBoxError, parse_bbox
from practices.finder import PracticeFinder
from practices.geojson import Document, area_collection, boundary_document, pin_collection
from practices.map_config import map_config
from practices.map_groups import build_groups

GEOJSON = "application/geo+json"
A_YEAR = 365 * 24 * 3600


@require_safe
def practice_map(request: HttpRequest) -> HttpResponse:
    finder = PracticeFinder(request.GET, path=request.path)
    # After "back" the browser needs the whole page, not the piece that changed last.
    wants_piece = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    if finder.has_old_names and not wants_piece:
        return HttpResponseRedirect(finder.map_url)
    template = "_map_fragment" if wants_piece else "practice_map"
    context = {
        "finder": finder,
        "groups": build_groups(finder),
        "map_config": _config(finder),
        "canonical_url": request.build_absolute_uri(finder.map_url),
        "embed": _embed_code(request, finder),
    }
    response = render(request, f"practices/{template}.html", context)
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    if wants_piece:
        response["HX-Push-Url"] = finder.map_url
    return response


def _config(finder: PracticeFinder) -> dict[str, Any]:
    fingerprint, _ = boundary_document(finder.version)
    boundaries = f"{reverse('municipality_boundaries')}?v={fingerprint}" if fingerprint else ""
    return map_config(finder.geojson_url, finder.url("practice_pins"), boundaries)


def _embed_code(request: HttpRequest, finder: PracticeFinder) -> dict[str, Any]:
    """`origins` are the sites that may show the map in a frame."""
    url = request.build_absolute_uri(finder.url("map_embed"))
    return {"url": url, "origins": settings.EMBED_ALLOWED_ORIGINS}


@require_safe
def map_embed(request: HttpRequest) -> HttpResponseBase:
    """Only the sites in EMBED_ALLOWED_ORIGINS may show it in a frame; by default none."""
    origins = settings.EMBED_ALLOWED_ORIGINS
    if not origins:
        return _embed(request)
    view = csp_replace({"frame-ancestors": ["'self'", *origins]})(_embed)
    return xframe_options_exempt(view)(request)


def _embed(request: HttpRequest) -> HttpResponse:
    finder = PracticeFinder(request.GET, path=request.path)
    context = {
        "finder": finder,
        "areas": [area for area in finder.areas if area.count],
        "map_config": _config(finder) | {"embedded": True},
        "canonical_url": request.build_absolute_uri(finder.map_url),
    }
    response = render(request, "embed/map.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


# --- the documents ----------------------------------------------------------------


@require_safe
@gzip_page
def practice_geojson(request: HttpRequest) -> HttpResponse:
    finder = PracticeFinder(request.GET)
    return _unless_known(request, finder) or _document(area_collection(finder), finder)


@require_safe
@gzip_page
def practice_pins(request: HttpRequest) -> HttpResponse:
    try:
        box = parse_bbox(request.GET.get("bbox"))
    except BoundingBoxError as error:
        return _problem("Ongeldige bbox", str(error))
    finder = PracticeFinder(request.GET)
    return _unless_known(request, finder) or _document(pin_collection(finder, box), finder)


@require_safe
@gzip_page
def municipality_boundaries(request: HttpRequest) -> HttpResponse:
    """May be kept for a year when asked for by its fingerprint (`v`)."""
    fingerprint, content = boundary_document(version.current())
    etag = f'"{fingerprint}"'
    known = get_conditional_response(request, etag=etag)
    if known is not None:
        return known
    response = HttpResponse(content, content_type=GEOJSON)
    response["ETag"] = etag
    if fingerprint and request.GET.get("v") == fingerprint:
        patch_cache_control(response, public=True, max_age=A_YEAR, immutable=True)
    else:
        patch_cache_control(response, public=True, no_cache=True)
    return response


def catalogue_etag(finder: PracticeFinder) -> str:
    """Changes when anything public changes, and at midnight: phases follow from dates."""
    state = f"{finder.version} {finder.snapshot.today} {querystrings.url('', finder.parameters)}"
    return f'"{hashlib.sha256(state.encode()).hexdigest()[:16]}"'


def _unless_known(request: HttpRequest, finder: PracticeFinder) -> HttpResponse | None:
    """304 when the browser already has this version; costs no further query."""
    if not finder.version:
        return None  # nothing was ever published, so there is no version to go by
    return get_conditional_response(request, etag=catalogue_etag(finder))


def _document(content: Document, finder: PracticeFinder) -> JsonResponse:
    response = JsonResponse(
        content,
        content_type=GEOJSON,
        json_dumps_params={"separators": (",", ":"), "ensure_ascii": False},
    )
    if finder.version:
        response["ETag"] = catalogue_etag(finder)
    # Keep it, but ask each time whether it is still true.
    patch_cache_control(response, public=True, no_cache=True)
    return response


def _problem(title: str, detail: str) -> JsonResponse:
    """RFC 9457."""
    return JsonResponse(
        {"title": title, "status": 400, "detail": detail},
        status=400,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )
