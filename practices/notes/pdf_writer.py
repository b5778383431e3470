"""A document as a tagged PDF (PDF/UA-1), by WeasyPrint.

WeasyPrint needs Pango and HarfBuzz, which are no Python packages. Where they are missing
nothing else stops working: `available()` says so, and pages offer printing instead.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import font_source_sans_pro as source_sans
from django.contrib.staticfiles import finders

from practices.notes.document import Document
from practices.notes.html_writer import as_html

STYLESHEETS = ("parelkaart/tokens.css", "practices/document.css", "practices/document_page.css")
# The names by which document_page.css asks for them.
FONTS = {
    "font:regular": Path(source_sans.SourceSansPro),
    "font:semibold": Path(source_sans.SourceSansProSemibold),
}
# Laying out takes a processor for itself and some 50 MB: the others wait their turn.
_turns = BoundedSemaphore(2)
_WAIT_SECONDS = 20


class PdfUnavailableError(Exception):
    """Parts of the system are missing, or too many people ask at once."""


@cache
def _weasyprint() -> Any:
    """The library, or None. Loaded at the first use: it takes a third of a second."""
    try:
        import weasyprint.text.fonts  # noqa: PLC0415 - see above
        import weasyprint.urls  # noqa: PLC0415
    except (ImportError, OSError):
        logging.getLogger(__name__).warning("No PDF: WeasyPrint or its libraries are missing.")
        return None
    # It tells of every property meant for screens only.
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    logging.getLogger("weasyprint.progress").setLevel(logging.CRITICAL)
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    return weasyprint


def available() -> bool:
    return _weasyprint() is not None


def as_pdf(document: Document) -> bytes:
    return _write(_lay_out(as_html(document)))


def as_one_page(documents: Iterable[Document]) -> bytes:
    """The first that fits on one page, or else the last; they go from long to short."""
    laid_out: Any = None
    for document in documents:
        laid_out = _lay_out(as_html(document))
        if len(laid_out.pages) == 1:
            break
    return _write(laid_out)


def _lay_out(html: str) -> Any:
    library = _weasyprint()
    if library is None:
        raise PdfUnavailableError
    fetcher, fonts = _fonts_only(), library.text.fonts.FontConfiguration()
    styles = [library.CSS(string=css, url_fetcher=fetcher, font_config=fonts) for css in _styles()]
    page = library.HTML(string=html, url_fetcher=fetcher)
    return _in_turn(lambda: page.render(font_config=fonts, stylesheets=styles, **_options()))


def _write(laid_out: Any) -> bytes:
    return bytes(_in_turn(lambda: laid_out.write_pdf(**_options())))


def _options() -> dict[str, Any]:
    return {"pdf_variant": "pdf/ua-1", "pdf_tags": True}


def _in_turn(work: Callable[[], Any]) -> Any:
    if not _turns.acquire(timeout=_WAIT_SECONDS):
        raise PdfUnavailableError
    try:
        return work()
    finally:
        _turns.release()


@cache
def _styles() -> tuple[str, ...]:
    found = [finders.find(name) for name in STYLESHEETS]
    return tuple(Path(path).read_text(encoding="utf-8") for path in found if path)


def _fonts_only() -> Any:
    """Fetches our own letters, so that a machine needs no fonts, and nothing else.

    Styles are handed over as text, and a document has no pictures. So nothing in an entry
    can make the server open a file or ask another machine.
    """
    library = _weasyprint()

    class FontsOnly(library.urls.URLFetcher):  # type: ignore[misc, name-defined]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url not in FONTS:
                raise ValueError(f"Documents fetch nothing, so not this: {url[:80]}")
            return library.urls.URLFetcherResponse(url, FONTS[url].read_bytes())

    return FontsOnly()
