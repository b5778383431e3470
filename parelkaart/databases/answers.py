"""What somebody gets who cannot be served as asked. None of these needs a database."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from parelkaart.mirror.addresses import file_of

SOON = 30  # seconds, for Retry-After


def read_only(request: HttpRequest) -> HttpResponse:
    """Nothing was even tried."""
    return _unavailable(request, "503_read_only.html", nothing_saved=request.method == "POST")


def uncertain(request: HttpRequest) -> HttpResponse:
    """It broke half-way. No half of it was saved, but whether all of it was is not known:
    the answer may be what got lost.
    """
    return _unavailable(request, "503_uncertain.html")


def busy(request: HttpRequest) -> HttpResponse:
    return _unavailable(request, "503.html")


def from_copy(request: HttpRequest) -> HttpResponse | None:
    """The page of the static copy (`manage.py build_mirror`), which says itself that it is one."""
    file = file_of(request.path_info) if settings.MIRROR_DIR else None
    if file is None:
        return None
    root = Path(settings.MIRROR_DIR).resolve()
    path = (root / file).resolve()
    if not path.is_relative_to(root) or not path.is_file():
        return None
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if kind.startswith("text/"):
        kind += "; charset=utf-8"
    response = HttpResponse(path.read_bytes(), content_type=kind)
    response["Cache-Control"] = "no-cache"
    return response


def _unavailable(request: HttpRequest, template: str, **context: bool) -> HttpResponse:
    response = render(None, template, context, status=503)  # type: ignore[arg-type]
    response["Retry-After"] = str(SOON)
    response["Cache-Control"] = "no-store"
    return response
