"""The catalogue's pages and formats. Every list comes from one PracticeFinder."""

from __future__ import annotations

from typing import Any

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.views.decorators.http import require_safe

from practices import missed, schema_org, view_counts
from practices.editorial.permissions import may_preview
from practices.entry import entries, entry_context
from practices.enums import BarrierLevel
from practices.feeds import atom
from practices.finder import PracticeFinder
from practices.models import Barrier, Practice
from practices.notes import pdf_writer
from practices.old_addresses import moved
from practices.querystrings import filter_url
from practices.snapshot import snapshot


@require_safe
def practice_list(request: HttpRequest) -> HttpResponse:
    finder = PracticeFinder(request.GET)
    nothing_found = finder.text and not finder.answer.results
    if nothing_found:
        missed.record(finder.text)
    here = next(link.url for link in finder.page_links["numbers"] if link.current)
    # After "back" the browser needs the whole page, not the piece that changed last.
    wants_piece = request.htmx and not request.htmx.history_restore_request
    if finder.has_old_names and not wants_piece:
        # Not for ever: another term may get the name.
        return HttpResponseRedirect(here)
    template = "_fragment" if wants_piece else "practice_list"
    absolute = request.build_absolute_uri
    context = {
        "finder": finder,
        "canonical_url": absolute(here),
        "schema_org": schema_org.of_list(absolute),
    }
    response = render(request, f"practices/{template}.html", context)
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    if wants_piece:
        response["HX-Push-Url"] = here
    if nothing_found:
        add_never_cache_headers(response)  # The next who asks counts too.
    return response


@require_safe
def practice_feed(request: HttpRequest) -> HttpResponse:
    text = atom(PracticeFinder(request.GET), request.build_absolute_uri)
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


@require_safe
def practice_detail(request: HttpRequest, slug: str) -> HttpResponse:
    practice = entries().filter(slug=slug).first()
    if practice is None:
        return moved(slug)
    if practice.is_public:
        context = entry_context(practice) | {
            "pdf_available": pdf_writer.available(),
            "schema_org": schema_org.of_practice(practice, request.build_absolute_uri),
        }
        response = render(request, "practices/practice_detail.html", context)
        view_counts.count(request, practice)
        return response
    return _preview(request, practice)


def _preview(request: HttpRequest, practice: Practice) -> HttpResponse:
    """An unpublished practice, for editors only; for others it is gone, or never was."""
    # Asked only here: reading the user makes the answer depend on the session cookie.
    if not may_preview(request.user, practice):
        return moved(practice.slug)
    context = entry_context(practice) | {"preview": True}
    response = render(request, "practices/practice_detail.html", context)
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def barrier_list(request: HttpRequest) -> HttpResponse:
    context = {"barriers_by_level": barriers_by_level()}
    return render(request, "practices/barrier_list.html", context)


def barriers_by_level() -> list[dict[str, Any]]:
    """The barriers under what they are about, each with its number of practices."""
    public = snapshot()
    barriers = list(Barrier.objects.all())
    counts = {barrier.pk: len(public.linked("barriers", barrier.pk)) for barrier in barriers}
    children: dict[int | None, list[Barrier]] = {}
    for barrier in barriers:
        children.setdefault(barrier.parent_id, []).append(barrier)
    groups = []
    for level in BarrierLevel:
        rows = [
            _barrier_row(barrier, counts)
            | {"children": [_barrier_row(below, counts) for below in _below(barrier, children)]}
            for barrier in children.get(None, [])
            if barrier.level == level
        ]
        if rows:
            in_use = any(row["count"] for row in rows)
            groups.append({"label": level.label, "barriers": rows, "in_use": in_use})
    return groups


def _below(barrier: Barrier, children: dict[int | None, list[Barrier]]) -> list[Barrier]:
    """Those of every level: the page shows two."""
    found = list(children.get(barrier.pk, []))
    for child in found:
        found += [below for below in children.get(child.pk, []) if below not in found]
    return found


def _barrier_row(barrier: Barrier, counts: dict[int, int]) -> dict[str, Any]:
    return {
        "name": barrier.name,
        "definition": barrier.definition,
        "count": counts[barrier.pk],
        "url": filter_url("knelpunt", barrier.slug),
    }
