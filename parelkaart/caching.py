"""Public pages may be kept by browsers and caches, and an edit makes them new (docs/adr/0022)."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils import timezone
from django.utils.cache import (
    get_conditional_response,
    has_vary_header,
    patch_cache_control,
)

from parelkaart.release import release
from practices import version, view_counts

# Names of addresses that say the same to everybody. None of these holds a form with a secret,
# so they can be compressed too (BREACH).
PAGES = {
    "home",
    "practice_list",
    "practice_map",
    "map_embed",
    "practice_detail",
    "practice_csv",
    "practice_json",
    "practice_places",
    "practice_feed",
    "practice_json_ld",
    "catalogue_turtle",
    "catalogue_json_ld",
    "municipality_list",
    "municipality_detail",
    "barrier_list",
    "white_spots",
    "overview",
    "wanted_list",
    "about",
    "privacy",
    "accessibility",
    "sitemap",
    "open_data",
    "api_description",
}
API = "api:"  # reads what is public, and nothing else
MAX_AGE = 60  # seconds; so long a reader may see what was there before an edit


class PublicPages:
    """Outside the middleware that sets cookies, so that no cookie escapes it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if settings.DEBUG:
            raise MiddlewareNotUsed  # A template that was just changed should be seen.
        self.get_response = get_response
        self.compress = GZipMiddleware(get_response).process_response  # type: ignore[arg-type]

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with version.read_once(patient=not _is_editor(request)):
            response = self.get_response(request)
        if not _is_public_page(request):
            return response
        if not response.has_header("Cache-Control"):
            _tell_caches(request, response)
        return self.compress(request, response)  # type: ignore[arg-type]

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Before the page is made: what changes meanwhile gets a new tag next time."""
        if not _is_public_page(request) or not _is_kept(request):
            return None
        tag = request.META[_TAG] = etag(request)
        if not tag or request.headers.get("If-None-Match", "*") == "*":
            return None
        known = get_conditional_response(request, etag=tag)
        if known is not None and _view_name(request) == "practice_detail":
            view_counts.count_again(request, kwargs["slug"])
        return known


_TAG = "parelkaart.etag"  # where a request keeps it


def etag(request: HttpRequest) -> str:
    """Costs one query. Empty before anything was ever published: then nothing tells of change.

    The day is part of it, because phases and freshness follow from dates.
    """
    token = version.current()
    if not token:
        return ""
    state = f"{release()} {token} {timezone.localdate()} {request.build_absolute_uri()}"
    return f'"{blake2b(state.encode(), digest_size=12).hexdigest()}"'


def _is_public_page(request: HttpRequest) -> bool:
    name = _view_name(request)
    return request.method in ("GET", "HEAD") and (name in PAGES or name.startswith(API))


def _view_name(request: HttpRequest) -> str:
    """Empty for an address that the site does not have."""
    return request.resolver_match.view_name if request.resolver_match else ""


def _is_kept(request: HttpRequest) -> bool:
    """Not a piece for htmx; and who works here sees an edit at once.

    By the cookie alone: to look into the session would make the page depend on it.
    """
    return not _is_editor(request) and "HX-Request" not in request.headers


def _is_editor(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def _tell_caches(request: HttpRequest, response: HttpResponseBase) -> None:
    tag = request.META.get(_TAG)
    if response.cookies or has_vary_header(response, "Cookie"):  # type: ignore[arg-type]
        response["Cache-Control"] = "private, no-store"
    elif tag and response.status_code in (200, 304):
        response["ETag"] = tag
        patch_cache_control(response, public=True, max_age=MAX_AGE)  # type: ignore[arg-type]
    else:
        # A piece, an error, or an old name, which may become the name of something else.
        response["Cache-Control"] = "no-cache"
