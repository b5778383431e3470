"""What is in a PDF, and whether this machine can make one."""

from __future__ import annotations

import os
from io import BytesIO
from typing import Any

import pypdf
import pytest

from practices.notes import pdf_writer

NO_PDF = "SKIPPED / OVERGESLAGEN: no Pango here (see docs/operations.md), PDF is NOT tested"


def can_be_made() -> bool:
    """With REQUIRE_ALL=1 it must, so that tests fail where the library is missing."""
    return pdf_writer.available() or os.environ.get("REQUIRE_ALL") == "1"


needs_pdf = pytest.mark.skipif(not can_be_made(), reason=NO_PDF)


def reader(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(content))


def text(content: bytes) -> str:
    """Without white space: a line of a document may be broken anywhere."""
    return squeezed("".join(page.extract_text() for page in reader(content).pages))


def squeezed(words: str) -> str:
    return "".join(words.split())


def catalog(content: bytes) -> Any:
    return reader(content).trailer["/Root"]


def tags(content: bytes) -> set[str]:
    """The kinds of elements in the tree of tags."""
    found: set[str] = set()
    waiting = [catalog(content)["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop().get_object()
        if isinstance(element, list):
            waiting += element
        elif isinstance(element, dict):
            found |= {str(element["/S"])} if "/S" in element else set()
            waiting += [element["/K"]] if "/K" in element else []
    return found
