"""A number for each request, and a line when it is answered.

Without who asked: no address of a visitor, and no words of a search (LOG_QUERY_STRING).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from parelkaart.health import PREFIX
from parelkaart.logs import current

View = Callable[[HttpRequest], HttpResponseBase]
logger = logging.getLogger("parelkaart.access")


def request_log(get_response: View) -> View:
    """The outermost, so that every line of a request has its number."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        number = current.begin(request)
        started = time.perf_counter()
        response = get_response(request)
        response[current.HEADER] = number
        if settings.LOG_ACCESS and not _is_probe(request, response):
            logger.info("request", extra=_facts(request, response, started))
        return response

    return middleware


def _is_probe(request: HttpRequest, response: HttpResponseBase) -> bool:
    """They come every few seconds, and say something only when something is wrong."""
    return request.path_info.startswith(PREFIX) and response.status_code == 200


def _facts(request: HttpRequest, response: HttpResponseBase, started: float) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "method": request.method,
        "path": request.path,
        "status": response.status_code,
        "duration_ms": round((time.perf_counter() - started) * 1000, 1),
    }
    if response.has_header("Content-Length"):
        facts["bytes"] = int(response["Content-Length"])
    if settings.LOG_QUERY_STRING and request.META.get("QUERY_STRING"):
        facts["query"] = request.META["QUERY_STRING"]
    return facts
