"""What people take along: a selection, a comparison, a note, a factsheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from practices import compare as comparing
from practices import shortlist
from practices.cards import dress
from practices.facts import Dressed, chosen
from practices.models import Practice
from practices.notes import docx_writer, odt_writer, pdf_writer
from practices.notes.document import Document
from practices.notes.factsheet import LENGTHS, build_factsheet
from practices.notes.note import Wish, build_note, read_wish
from practices.notes.parts import Origin
from practices.old_addresses import moved
from practices.shortlist import Shortlist

ONLY, DIFFERENCES = "alleen", "verschillen"


# --- the selection ------------------------------------------------------------------


@require_safe
def selection(request: HttpRequest) -> HttpResponse:
    asked = shortlist.read(request.GET)
    listed = Practice.objects.published().for_listing().filter(slug__in=asked.slugs)
    practices = shortlist.in_order(listed, asked.slugs)
    entries = [_entry(dress(practice), asked.slugs) for practice in practices]
    return _page(request, "selection", asked, {"entries": entries})


def _entry(practice: Dressed, slugs: tuple[str, ...]) -> dict[str, Any]:
    """An entry with the addresses that the list has after moving or removing it."""
    slug, address = practice.slug, "selection"
    place = slugs.index(slug)
    return {
        "practice": practice,
        "up": shortlist.selection_url(address, shortlist.moved(slugs, slug, -1)) if place else "",
        "down": shortlist.selection_url(address, shortlist.moved(slugs, slug, 1))
        if place < len(slugs) - 1
        else "",
        "removed": shortlist.selection_url(address, shortlist.without(slugs, slug)),
    }


def _page(
    request: HttpRequest, name: str, asked: Shortlist, context: dict[str, Any]
) -> HttpResponse:
    """With the addresses that a selection leads to. No search engine needs these pages."""
    places = {
        f"{place}_url": asked.url(place)
        for place in ("selection", "comparison", "note", "note_pdf", "note_odt", "note_docx")
    }
    common = {
        "asked": asked,
        "may_compare": len(asked.slugs) >= comparing.LEAST,
        "share_url": request.build_absolute_uri(places["selection_url"]),
    }
    return render(request, f"take_along/{name}.html", places | common | context)


# --- side by side -------------------------------------------------------------------


@require_safe
def comparison(request: HttpRequest) -> HttpResponse:
    asked = shortlist.read(request.GET)
    practices = chosen(asked.slugs)
    context: dict[str, Any] = {"practices": practices, "least": comparing.LEAST}
    if comparing.LEAST <= len(practices) <= comparing.MOST:
        only = request.GET.get(ONLY) == DIFFERENCES
        context |= {
            "comparison": comparing.compare(practices, only_differences=only),
            "columns": _columns(practices, asked, only),
            "all_url": asked.url("comparison"),
            "differences_url": asked.url("comparison", **{ONLY: DIFFERENCES}),
        }
    return _page(request, "comparison", asked, context)


def _columns(practices: list[Dressed], asked: Shortlist, only: bool) -> list[dict[str, Any]]:
    more = {ONLY: DIFFERENCES} if only else {}
    return [
        {
            "practice": practice,
            "removed": shortlist.selection_url(
                "comparison", shortlist.without(asked.slugs, practice.slug), **more
            )
            if len(practices) > comparing.LEAST
            else "",
        }
        for practice in practices
    ]


# --- the note -----------------------------------------------------------------------


@require_safe
def note(request: HttpRequest) -> HttpResponse:
    asked, wish = shortlist.read(request.GET), read_wish(request.GET)
    practices = chosen(asked.slugs)
    context: dict[str, Any] = {"wish": wish, "pdf_available": pdf_writer.available()}
    if practices:
        context |= {
            "document": _note(request, practices, wish, asked),
            "downloads": [
                {"label": label, "kind": kind, "url": asked.url(name, **wish.parameters)}
                for name, label, kind in _FORMATS
                if name != "note_pdf" or pdf_writer.available()
            ],
        }
    return _page(request, "note", asked, context)


_FORMATS = (
    ("note_pdf", "PDF", "om te delen of te printen"),
    ("note_odt", "ODT", "om aan te passen, bijvoorbeeld in LibreOffice"),
    ("note_docx", "Word", "om aan te passen in Word (DOCX)"),
)


def _note(request: HttpRequest, practices: list[Dressed], wish: Wish, asked: Shortlist) -> Document:
    address = request.build_absolute_uri(asked.url("selection"))
    return build_note(practices, wish, _origin(request), address)


def _origin(request: HttpRequest) -> Origin:
    return Origin(settings.SITE_NAME, request.build_absolute_uri("/"), timezone.localdate())


@require_safe
def note_pdf(request: HttpRequest) -> HttpResponse:
    return _note_file(request, pdf_writer.as_pdf, "application/pdf", "notitie.pdf")


@require_safe
def note_odt(request: HttpRequest) -> HttpResponse:
    return _note_file(request, odt_writer.as_odt, odt_writer.CONTENT_TYPE, "notitie.odt")


@require_safe
def note_docx(request: HttpRequest) -> HttpResponse:
    return _note_file(request, docx_writer.as_docx, docx_writer.CONTENT_TYPE, "notitie.docx")


def _note_file(
    request: HttpRequest, write: Callable[[Document], bytes], content_type: str, name: str
) -> HttpResponse:
    asked, wish = shortlist.read(request.GET), read_wish(request.GET)
    practices = chosen(asked.slugs)
    if not practices:
        raise Http404("Geen praktijken gekozen.")
    try:
        content = write(_note(request, practices, wish, asked))
    except pdf_writer.PdfUnavailableError:
        return _no_pdf(request, asked.url("note", **wish.parameters), "de notitie")
    return _file(content, content_type, name)


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Robots-Tag": "noindex",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)


def _no_pdf(request: HttpRequest, instead_url: str, what: str) -> HttpResponse:
    context = {"instead_url": instead_url, "what": what}
    return render(request, "take_along/no_pdf.html", context, status=503)


# --- one entry ----------------------------------------------------------------------


@require_safe
def factsheet(request: HttpRequest, slug: str) -> HttpResponse:
    found = chosen((slug,))
    if not found:
        return moved(slug, "factsheet")
    (practice,) = found
    documents = (build_factsheet(practice, _origin(request), longest) for longest in LENGTHS)
    try:
        content = pdf_writer.as_one_page(documents)
    except pdf_writer.PdfUnavailableError:
        return _no_pdf(request, practice.get_absolute_url(), "de praktijk")
    return _file(content, "application/pdf", f"{practice.slug}.pdf")
