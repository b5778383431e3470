"""CSV: written after RFC 4180, read as Dutch spreadsheets write it too."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import StringIO

import tablib

from practices.cells import printable, safe_cell
from practices.spreadsheets.tables import MAX_CELL, FileError, Line, cell_text

NAMES = {",": "een komma", ";": "een puntkomma", "\t": "een tab"}
NOT_TEXT = "Dit is geen ODS-, XLSX- of CSV-bestand. Bewaar het in een van die soorten."
BROKEN = "In rij {row} van dit CSV-bestand klopt iets niet, bijvoorbeeld een aanhalingsteken."
ASSUMED = "Gelezen als CSV met {separator} tussen de cellen en de tekenset {encoding}."
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")


def write(dataset: tablib.Dataset) -> bytes:
    """With a byte order mark: without it Excel takes UTF-8 for something else."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(dataset.headers)
    writer.writerows([printable(safe_cell(cell)) for cell in row] for row in dataset)
    return out.getvalue().encode("utf-8-sig")


def read(data: bytes, notes: list[str]) -> Iterator[Line]:
    text, encoding = _decoded(data)
    if _CONTROLS.search(text) or text.lstrip()[:1] == "<" or text.startswith("%PDF"):
        raise FileError(NOT_TEXT)
    text, separator = _separator(text)
    notes.append(ASSUMED.format(separator=NAMES[separator], encoding=encoding))
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, [cell_text(cell) for cell in cells]
    except csv.Error as error:
        raise FileError(BROKEN.format(row=number + 1)) from error


def _decoded(data: bytes) -> tuple[str, str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates = [("utf-16", "UTF-16")]
    else:
        candidates = [("utf-8-sig", "UTF-8"), ("cp1252", "Windows-1252")]
    for codec, name in candidates:
        try:
            return data.decode(codec), name
        except UnicodeDecodeError:
            continue
    raise FileError(NOT_TEXT)


def _separator(text: str) -> tuple[str, str]:
    """The one that gives most cells in the first row. Excel may say it itself: `sep=;`."""
    first, _, rest = text.partition("\n")
    if (said := re.fullmatch(r"sep=([,;\t])\r?", first)) is not None:
        return rest, said[1]
    head = text[:MAX_CELL]
    counts = {separator: _width(head, separator) for separator in NAMES}
    return text, max(counts, key=lambda separator: counts[separator])


def _width(head: str, separator: str) -> int:
    try:
        return len(next(csv.reader(StringIO(head, newline=""), delimiter=separator), []))
    except csv.Error:
        return 0
