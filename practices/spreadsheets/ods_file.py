"""ODS, read and written as a stream.

tablib's own way (odfpy) holds the whole document as objects, which takes more than a
gigabyte for 5,000 practices, and reads only the first line of a cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from defusedxml.ElementTree import iterparse

from practices.cells import printable, safe_cell
from practices.spreadsheets.tables import (
    MAX_COLUMNS,
    MAX_ROWS,
    FormulaCell,
    Line,
    Sheet,
    about_sheets,
    cell_text,
    clean_text,
)

MIME = "application/vnd.oasis.opendocument.spreadsheet"
_NS = "urn:oasis:names:tc:opendocument:xmlns"
_TABLE, _TEXT, _OFFICE = (f"{{{_NS}:{name}:1.0}}" for name in ("table", "text", "office"))
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")

# --- writing ------------------------------------------------------------------------

_MANIFEST = (
    f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="{_NS}:manifest:1.0" '
    f'manifest:version="1.3"><manifest:file-entry manifest:full-path="/" '
    f'manifest:media-type="{MIME}"/><manifest:file-entry manifest:full-path="content.xml" '
    'manifest:media-type="text/xml"/></manifest:manifest>'
)
_START = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    + " ".join(f'xmlns:{name}="{_NS}:{name}:1.0"' for name in ("office", "table", "text", "style"))
    + f' xmlns:fo="{_NS}:xsl-fo-compatible:1.0" office:version="1.3"><office:automatic-styles>'
    '<style:style style:name="kolom" style:family="table-column"><style:table-column-properties '
    'style:column-width="5cm"/></style:style><style:style style:name="kop" '
    'style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style>'
    "</office:automatic-styles><office:body><office:spreadsheet>"
)
_END = "</office:spreadsheet></office:body></office:document-content>"


def write(dataset: Sheet, guide: Sheet) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", MIME, ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        with archive.open("content.xml", "w") as content:
            content.write(_START.encode())
            for part in (dataset, guide):
                for piece in _sheet(part):
                    content.write(piece.encode())
            content.write(_END.encode())
    return out.getvalue()


def _sheet(part: Sheet) -> Iterator[str]:
    yield f"<table:table table:name={quoteattr(part.title)}>"
    columns = len(part.headers)
    yield (
        f'<table:table-column table:style-name="kolom" table:number-columns-repeated="{columns}"/>'
    )
    yield from _row(part.headers, ' table:style-name="kop"')
    for row in part:
        yield from _row(row)
    yield "</table:table>"


def _row(cells: Any, style: str = "") -> Iterator[str]:
    yield "<table:table-row>"
    for cell in cells:
        text = printable(safe_cell(cell))
        if not text:
            yield "<table:table-cell/>"
            continue
        lines = "".join(f"<text:p>{_spaced(line)}</text:p>" for line in text.split("\n"))
        yield f'<table:table-cell office:value-type="string"{style}>{lines}</table:table-cell>'
    yield "</table:table-row>"


def _spaced(line: str) -> str:
    """A document of XML folds spaces together unless they are written as elements."""
    marked = re.sub(r"^ | (?= )| $", "\0", line).replace("\t", "\1")
    return escape(marked).replace("\0", "<text:s/>").replace("\1", "<text:tab/>")


# --- reading ------------------------------------------------------------------------


def read(data: bytes, notes: list[str]) -> Iterator[Line]:
    with ZipFile(BytesIO(data)) as archive, archive.open("content.xml") as content:
        yield from _lines(content, notes)


def _lines(content: Any, notes: list[str]) -> Iterator[Line]:
    """Rows of the first sheet; what has been read is thrown away at once."""
    path: list[Any] = []
    number, sheets = 1, list[str]()
    for event, element in iterparse(content, ("start", "end"), forbid_dtd=True):
        if event == "start":
            path.append(element)
            if element.tag == f"{_TABLE}table":
                sheets.append(element.get(f"{_TABLE}name", ""))
            continue
        path.pop()
        if element.tag == f"{_TABLE}table-row" and len(sheets) == 1:
            cells = _cells(element)
            repeated = _repeated(element, "rows")
            for place in range(min(repeated, MAX_ROWS + 1) if any(cells) else 0):
                yield number + place, cells
            number += repeated
        if path and element.tag in (f"{_TABLE}table-row", f"{_TABLE}table"):
            path[-1].remove(element)
    notes += about_sheets(sheets)


def _cells(row: Any) -> list[str]:
    cells: list[str] = []
    for cell in row:
        if cell.tag in _CELLS and len(cells) <= MAX_COLUMNS:
            room = MAX_COLUMNS + 1 - len(cells)
            cells += [_value(cell)] * min(_repeated(cell, "columns"), room)
    return cells


def _repeated(element: Any, what: str) -> int:
    return max(1, int(element.get(f"{_TABLE}number-{what}-repeated", "1")))


def _value(cell: Any) -> str:
    if formula := cell.get(f"{_TABLE}formula"):
        return FormulaCell(formula)
    kind = cell.get(f"{_OFFICE}value-type", "")
    if kind in ("float", "currency", "percentage"):
        return cell_text(float(cell.get(f"{_OFFICE}value")))
    if kind == "date":
        return cell.get(f"{_OFFICE}date-value", "").removesuffix("T00:00:00")
    if kind == "boolean":
        return cell_text(cell.get(f"{_OFFICE}boolean-value") == "true")
    return clean_text("\n".join(_flat(line) for line in cell if line.tag == f"{_TEXT}p"))


def _flat(node: Any) -> str:
    parts = [_folded(node.text)]
    for child in node:
        if child.tag == f"{_TEXT}s":
            parts.append(" " * min(int(child.get(f"{_TEXT}c", "1")), 1000))
        elif child.tag in _BREAKS:
            parts.append(_BREAKS[child.tag])
        elif child.tag not in _ASIDES:
            parts.append(_flat(child))
        parts.append(_folded(child.tail))
    return "".join(parts)


_BREAKS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_ASIDES = (f"{_OFFICE}annotation", f"{_TEXT}note")


def _folded(text: str | None) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text or "")
