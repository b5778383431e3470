"""How often a visitor may ask what costs much, in a minute (docs/adr/0033).

Reading is counted in the memory of each process: no search waits for a lock of the database.
Sending is counted in the cache that all processes share. An address is never kept: what is
counted is a keyed hash of it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Lock
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

from practices import visitors
from practices.api.middleware import PREFIX as API
from practices.events import log_event

PERIOD = 60  # seconds
MOST_COUNTED = 20_000  # visitors in a minute; more are not counted
READING = ("GET", "HEAD", "OPTIONS")
# Names of addresses -> the setting RATE_LIMIT_… that holds for them.
ALWAYS = {
    "practice_csv": "downloads",
    "practice_ods": "downloads",
    "practice_xlsx": "downloads",
    "practice_json": "downloads",
    "practice_places": "downloads",
    "practice_feed": "downloads",
    "practice_picture": "downloads",
    "whole_catalogue": "downloads",
    "catalogue_turtle": "downloads",
    "catalogue_json_ld": "downloads",
    "factsheet": "documents",
    "note_pdf": "documents",
    "note_odt": "documents",
    "note_docx": "documents",
    "suggestions": "suggestions",
}
# Cheap without words to look for.
WITH_WORDS = {
    "practice_list": "search",
    "practice_map": "search",
    "map_embed": "search",
    "practice_geojson": "suggestions",
    "practice_pins": "suggestions",
}

logger = logging.getLogger(__name__)


class Limits:
    """Inside the middleware that answers "not changed": that costs little and is not counted."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        name = limit_of(request)
        most = settings.RATE_LIMITS[name] if name else 0
        if not most:
            return None
        now = time.time()
        count = _count(name, request, int(now // PERIOD))
        if count <= most:
            return None
        if count == most + 1:  # Who goes on does not fill the log.
            log_event("too_many_requests", failed=True, limit=name)
        return refused(request, PERIOD - int(now % PERIOD))


def limit_of(request: HttpRequest) -> str:
    """Empty for what is not limited."""
    match = request.resolver_match
    name = match.view_name if match else ""
    if request.method not in READING:
        return "" if name.startswith("admin:") else "post"
    if request.path_info.startswith(API):
        return "api"
    return ALWAYS.get(name) or (WITH_WORDS.get(name, "") if request.GET.get("q") else "")


def refused(request: HttpRequest, seconds: int) -> HttpResponse:
    if request.path_info.startswith(API):
        response = HttpResponse(status=429)  # Its middleware writes what is wrong.
    else:
        response = render(request, "429.html", status=429)
    response["Retry-After"] = str(seconds)
    return response


# --- counting -----------------------------------------------------------------------------


def _count(name: str, request: HttpRequest, window: int) -> int:
    visitor = visitors.address(request)
    who = salted_hmac("parelkaart.limits", visitor, algorithm="sha256").hexdigest()[:32]
    if name == "post":
        return _count_together(f"limit:{name}:{who}:{window}")
    return _here.count((name, who), window)


def _count_together(key: str) -> int:
    """A cache that does not answer must not keep anybody out."""
    try:
        cache.add(key, 0, timeout=2 * PERIOD)
        return cache.incr(key)
    except (Error, RedisError, OSError, ValueError) as error:
        logger.warning("limit_not_counted", extra={"error": type(error).__name__})
        return 0


class Counts:
    """Of this process. Only the minute of now is kept."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._window = 0
        self._counts: dict[tuple[str, str], int] = {}

    def count(self, key: tuple[str, str], window: int) -> int:
        with self._lock:
            if window != self._window:
                self._window = window
                self._counts = {}
            if key not in self._counts and len(self._counts) >= MOST_COUNTED:
                return 0
            self._counts[key] = self._counts.get(key, 0) + 1
            return self._counts[key]

    def forget(self) -> None:
        with self._lock:
            self._counts = {}


_here = Counts()


def forget() -> None:
    """For tests."""
    _here.forget()
