"""Any list, and the whole catalogue, as a file for other programs."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from practices.downloads import about, archive, table
from practices.exports import csv_lines, geojson_lines, json_lines
from practices.finder import PracticeFinder
from practices.spreadsheets import ods_file, xlsx_file
from practices.spreadsheets.files import XLSX_TYPE


def _attached(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def _streamed(lines: Iterator[str], content_type: str, name: str) -> StreamingHttpResponse:
    return StreamingHttpResponse(lines, content_type=content_type, headers=_attached(name))


@require_safe
def practice_csv(request: HttpRequest) -> StreamingHttpResponse:
    lines = csv_lines(PracticeFinder(request.GET).results, request.build_absolute_uri)
    return _streamed(lines, "text/csv; charset=utf-8", "praktijken.csv")


@require_safe
def practice_json(request: HttpRequest) -> StreamingHttpResponse:
    results, today = PracticeFinder(request.GET).results, timezone.localdate()
    lines = json_lines(results, request.build_absolute_uri, today)
    return _streamed(lines, "application/json", "praktijken.json")


@require_safe
def practice_places(request: HttpRequest) -> StreamingHttpResponse:
    lines = geojson_lines(PracticeFinder(request.GET).results, request.build_absolute_uri)
    return _streamed(lines, "application/geo+json", "praktijken.geojson")


@require_safe
def practice_ods(request: HttpRequest) -> HttpResponse:
    sheet = table(PracticeFinder(request.GET).results, request.build_absolute_uri)
    content = ods_file.write(sheet, about(request.build_absolute_uri))
    return HttpResponse(content, ods_file.MIME, headers=_attached("praktijken.ods"))


@require_safe
def practice_xlsx(request: HttpRequest) -> HttpResponse:
    sheet = table(PracticeFinder(request.GET).results, request.build_absolute_uri)
    content = xlsx_file.write(sheet, about(request.build_absolute_uri))
    return HttpResponse(content, XLSX_TYPE, headers=_attached("praktijken.xlsx"))


@require_safe
def whole_catalogue(request: HttpRequest) -> FileResponse:
    name = f"catalogus-{timezone.localdate().isoformat()}.zip"
    content = archive(request.build_absolute_uri)
    return FileResponse(content, as_attachment=True, filename=name, content_type="application/zip")
