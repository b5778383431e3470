"""A sheet as plain rows of text, and the limits that hold for every kind of file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from practices.cells import plain_cell, printable

MAX_BYTES = 10 * 1024 * 1024  # of the file as it is sent
MAX_UNPACKED = 80 * 1024 * 1024  # of all that is packed in an ODS or XLSX
MAX_ROWS = 5_000
MAX_COLUMNS = 100
MAX_TEXT = 30_000_000  # characters of all cells together
MAX_CELL = 50_000

TOO_LARGE = (
    f"Dit bestand is groter dan {MAX_BYTES // 1024 // 1024} MB. Verdeel het over meer bestanden."
)
TOO_MUCH = "Uitgepakt is dit bestand te groot. Verdeel het over meer bestanden."
TOO_MANY = "Dit bestand heeft meer dan 5.000 rijen. Verdeel het over meer bestanden."
TOO_WIDE = f"Dit bestand heeft meer dan {MAX_COLUMNS} kolommen."
LONG_CELL = "In rij {row} staat een cel met meer dan 50.000 tekens."
EMPTY = "Dit bestand is leeg: er staan geen kolomnamen in."
NO_ROWS = "Onder de kolomnamen staan geen rijen. Er is niets te importeren."
LOOSE = (
    "In rij {row} staat tekst in een kolom zonder naam. Zet er een kolomnaam boven, of haal die "
    "tekst weg. In een CSV kan er ook een aanhalingsteken ontbreken."
)


# The sheets of what is downloaded here.
SHEET, GUIDE_SHEET = "Praktijken", "Uitleg"
MORE_SHEETS = "Alleen het eerste blad is gelezen: '{name}'."


class Sheet(Protocol):
    """What a file can be written from: a tablib.Dataset, or rows that are made while writing."""

    @property
    def title(self) -> str: ...

    @property
    def headers(self) -> Sequence[str]: ...

    def __iter__(self) -> Iterator[Sequence[Any]]: ...


def about_sheets(names: list[str]) -> list[str]:
    """What to tell of a file with these sheets; the one with our explanation is known."""
    rest = [name for name in names[1:] if name != GUIDE_SHEET]
    return [MORE_SHEETS.format(name=names[0])] if rest else []


class FileError(Exception):
    """With what to tell the editor: the file as a whole cannot be used."""


class FormulaCell(str):
    """What a formula says. It is never worked out: whoever imports has to refuse it."""

    __slots__ = ()


@dataclass(frozen=True)
class Table:
    """Rows with their number in the sheet. `notes` tell what was assumed about the file."""

    headings: list[str]
    rows: list[tuple[int, list[str]]]
    notes: list[str] = field(default_factory=list)


Line = tuple[int, list[str]]


def table(lines: Iterable[Line], notes: list[str]) -> Table:
    filled = ((number, cells) for number, cells in _bounded(lines) if any(cells))
    _, headings = next(filled, (0, []))
    if not headings:
        raise FileError(EMPTY)
    rows: list[Line] = []
    for number, cells in filled:
        if any(cells[len(headings) :]):
            raise FileError(LOOSE.format(row=number))
        if len(rows) == MAX_ROWS:
            raise FileError(TOO_MANY)
        rows.append((number, cells + [""] * (len(headings) - len(cells))))
    if not rows:
        raise FileError(NO_ROWS)
    return Table(headings, rows, notes)


def _bounded(lines: Iterable[Line]) -> Iterator[Line]:
    """Each row without the empty cells at its end."""
    total = 0
    for number, cells in lines:
        width = max((place for place, cell in enumerate(cells, 1) if cell), default=0)
        if width > MAX_COLUMNS:
            raise FileError(TOO_WIDE)
        if any(len(cell) > MAX_CELL for cell in cells):
            raise FileError(LONG_CELL.format(row=number))
        total += sum(map(len, cells))
        if total > MAX_TEXT:
            raise FileError(TOO_MUCH)
        yield number, cells[:width]


def cell_text(value: Any) -> str:
    """A value of a cell as an editor would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    return clean_text(str(value))


def clean_text(text: str) -> str:
    """As it was before `safe_cell`, or as somebody typed it in a spreadsheet."""
    return tidy(plain_cell(_one_kind_of_line_end(text)))


def tidy(text: str) -> str:
    return printable(_one_kind_of_line_end(text)).strip()


def _one_kind_of_line_end(text: str) -> str:
    return re.sub(r"\r\n?", "\n", text)
