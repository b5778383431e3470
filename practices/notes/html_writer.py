"""A document as a page of its own, the way the PDF is made from it."""

from __future__ import annotations

from django.template.loader import render_to_string

from practices.notes.document import Document


def as_html(document: Document) -> str:
    return render_to_string("notes/document.html", {"document": document})
