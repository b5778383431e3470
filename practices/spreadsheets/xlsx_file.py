"""XLSX by openpyxl, a row at a time: nothing of it is worked out or looked up elsewhere."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import tablib
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from practices.cells import printable, safe_cell
from practices.spreadsheets.tables import (
    FileError,
    FormulaCell,
    Line,
    Sheet,
    about_sheets,
    cell_text,
)

MAX_LENGTH = 32_767
TOO_LONG = "'{title}' heeft een tekst die te lang is voor een cel van XLSX. Kies ODS of CSV."


def write(dataset: Sheet, guide: Sheet) -> bytes:
    book = Workbook(write_only=True)
    for part in (dataset, guide):
        sheet = book.create_sheet(part.title)
        sheet.freeze_panes = "A2"
        for place in range(len(part.headers)):
            # In characters. Written before the rows, so it cannot follow from them.
            sheet.column_dimensions[_letters(place)].width = 24
        sheet.append([_bold(sheet, heading) for heading in part.headers])
        for row in part:
            sheet.append([_cell(sheet, text) for text in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _letters(place: int) -> str:
    first, second = divmod(place, 26)
    return (chr(64 + first) if first else "") + chr(65 + second)


def _bold(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def look_at_lengths(dataset: tablib.Dataset) -> None:
    """Before anything is written: openpyxl cuts off what is too long, and does not tell.

    Raises FileError.
    """
    for row in dataset:
        if any(len(cell) >= MAX_LENGTH for cell in row):
            raise FileError(TOO_LONG.format(title=row[0]))


def _cell(sheet: Any, value: Any) -> Any:
    text = printable(safe_cell(value))
    if not text or text[0] != "#":
        return text or None
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"  # "#N/A" would become an error value.
    return cell


def read(data: bytes, notes: list[str]) -> Iterator[Line]:
    with warnings.catch_warnings():
        # About styles and the like that it leaves out.
        warnings.simplefilter("ignore")
        book = load_workbook(BytesIO(data), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        notes += about_sheets([part.title for part in book.worksheets])
        sheet.reset_dimensions()  # A file may say anything about its own size.
        for number, row in enumerate(sheet.iter_rows(), start=1):
            yield number, [_text(cell) for cell in row]


def _text(cell: Any) -> str:
    if cell.data_type in ("f", "e"):
        return FormulaCell(str(cell.value))
    return cell_text(cell.value)
