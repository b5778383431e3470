"""What somebody gets who cannot be served as asked. None of these needs a database."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from parelkaart.mirror.addresses import file_of

SOON = 30  # seconds, for Retry-After
# Not those of the machine, which may know fewer.
KINDS = {
    ".atom": "application/atom+xml",
    ".geojson": "application/geo+json",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".ttl": "text/turtle",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


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
    file = file_of(request.path_info, request.META["QUERY_STRING"])
    if file is None or not settings.MIRROR_DIR:
        return None
    root = Path(settings.MIRROR_DIR).resolve()
    path = (root / file).resolve()
    if not path.is_relative_to(root) or not path.is_file():
        return None
    response = HttpResponse(path.read_bytes(), content_type=_kind(path))
    response["Cache-Control"] = "no-cache"
    return response


def _kind(path: Path) -> str:
    known = KINDS.get(path.suffix) or mimetypes.guess_type(path.name)[0]
    kind = known or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def _unavailable(request: HttpRequest, template: str, **context: bool) -> HttpResponse:
    response = render(None, template, context, status=503)  # type: ignore[arg-type]
    response["Retry-After"] = str(SOON)
    response["Cache-Control"] = "no-store"
    return response
