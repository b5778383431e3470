"""The table of a reclassification -> checked rows. Knows nothing of the database."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from municipalities.coordinates import LATITUDE_RANGE, LONGITUDE_RANGE

REQUIRED = ("code", "naam")
OPTIONAL = ("geldig_vanaf", "regio", "provincie", "voorgangers", "plaats", "lat", "lon")
COLUMNS = (*REQUIRED, *OPTIONAL)
CODE_HELP = "een CBS-code is GM met vier cijfers, bijvoorbeeld GM0983"


class Problem(NamedTuple):
    """`row` as a spreadsheet numbers it: the heading is row 1."""

    row: int
    column: str
    text: str

    def __str__(self) -> str:
        return f"rij {self.row}, kolom {self.column}: {self.text}"


class FileError(ValueError):
    """The file as a whole cannot be read, in words for the one who imports it."""


@dataclass(frozen=True)
class Row:
    number: int
    code: str
    name: str
    valid_from: date | None
    region: str
    province: str
    predecessors: tuple[str, ...]
    seat: str
    lat: Decimal | None
    lon: Decimal | None


def read_rows(content: bytes, today: date) -> tuple[list[Row], list[Problem]]:
    """All rows that are right, and everything that is wrong."""
    records = list(_records(content))
    if not records:
        raise FileError("Er staat geen enkele gemeente in het bestand.")
    problems: list[Problem] = []
    rows = [_Reader(number, record, today, problems).row() for number, record in records]
    seen: dict[str, int] = {}
    for row in rows:
        if row.code and row.code in seen:
            text = f"{row.code} staat ook in rij {seen[row.code]}; elke gemeente staat er één keer"
            problems.append(Problem(row.number, "code", text))
        seen.setdefault(row.code, row.number)
    return rows, problems


def _records(content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError("Het bestand is geen UTF-8. Sla het op als ‘CSV UTF-8’.") from error
    if "\0" in text:
        raise FileError("Dit is geen CSV-bestand.")
    lines = text.splitlines()
    if not lines or not lines[0].strip():
        raise FileError("Het bestand is leeg of begint niet met de kolomnamen.")
    delimiter = ";" if ";" in lines[0] else ","
    try:
        table = list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise FileError(f"Dit is geen goed CSV-bestand ({error}).") from error
    header = [name.strip().lower() for name in table[0]]
    _check_header(header)
    for number, cells in enumerate(table[1:], start=2):
        if any(cell.strip() for cell in cells):
            if len(cells) > len(header):
                raise FileError(
                    f"Rij {number} heeft {len(cells)} kolommen, de kop {len(header)}. Staat er "
                    f"een ‘{delimiter}’ in een waarde? Zet die waarde dan tussen aanhalingstekens."
                )
            padded = [*cells, *[""] * (len(header) - len(cells))]
            yield number, {name: cell.strip() for name, cell in zip(header, padded, strict=True)}


def _check_header(header: list[str]) -> None:
    allowed = f"Toegestaan: {', '.join(COLUMNS)}."
    if unknown := [name for name in header if name not in COLUMNS]:
        raise FileError(f"Onbekende kolom: {', '.join(map(repr, unknown))}. {allowed}")
    if missing := [name for name in REQUIRED if name not in header]:
        raise FileError(f"Deze kolom ontbreekt: {', '.join(missing)}. {allowed}")
    if len(set(header)) < len(header):
        raise FileError("Een kolom staat er twee keer in.")


class _Reader:
    """Reads the cells of one record and notes what is wrong."""

    def __init__(
        self, number: int, record: dict[str, str], today: date, problems: list[Problem]
    ) -> None:
        self.number = number
        self.record = record
        self.today = today
        self.problems = problems

    def row(self) -> Row:
        return Row(
            number=self.number,
            code=self._code(),
            name=self._name(),
            valid_from=self._date(),
            region=self.record.get("regio", ""),
            province=self.record.get("provincie", ""),
            predecessors=self._predecessors(),
            seat=self.record.get("plaats", ""),
            lat=self._coordinate("lat", LATITUDE_RANGE, "lon"),
            lon=self._coordinate("lon", LONGITUDE_RANGE, "lat"),
        )

    def _wrong(self, column: str, text: str) -> None:
        self.problems.append(Problem(self.number, column, text))

    def _code(self) -> str:
        code = as_code(self.record["code"])
        if not code:
            self._wrong("code", f"‘{self.record['code']}’ klopt niet; {CODE_HELP}")
        return code

    def _name(self) -> str:
        name = self.record["naam"]
        if not re.search(r"[a-zA-Z]", name):
            self._wrong("naam", "vul de naam van de gemeente in")
        return name

    def _date(self) -> date | None:
        text = self.record.get("geldig_vanaf", "")
        if not text:
            return None
        try:
            found = date.fromisoformat(text)
        except ValueError:
            self._wrong("geldig_vanaf", f"‘{text}’ is geen datum zoals 2019-01-01")
            return None
        if found > self.today:
            self._wrong(
                "geldig_vanaf",
                f"{text} ligt in de toekomst; lees het bestand in op die dag of later",
            )
        return found

    def _predecessors(self) -> tuple[str, ...]:
        words = re.split(r"[\s,|+]+", self.record.get("voorgangers", ""))
        codes = []
        for word in filter(None, words):
            code = as_code(word)
            if not code:
                self._wrong("voorgangers", f"‘{word}’ klopt niet; {CODE_HELP}")
            elif code == as_code(self.record["code"]):
                self._wrong("voorgangers", f"{code} is de gemeente zelf")
            else:
                codes.append(code)
        return tuple(dict.fromkeys(codes))

    def _coordinate(self, name: str, bounds: tuple[float, float], other: str) -> Decimal | None:
        text = self.record.get(name, "").replace(",", ".")
        if not text:
            if self.record.get(other):
                self._wrong(
                    name, f"vul lat en lon allebei in of allebei niet; {other} staat er wel"
                )
            return None
        try:
            number = Decimal(text)
        except InvalidOperation:
            self._wrong(name, f"‘{text}’ is geen getal zoals 50.917")
            return None
        if not number.is_finite() or not bounds[0] <= number <= bounds[1]:
            self._wrong(name, f"{text} ligt niet tussen {bounds[0]} en {bounds[1]} graden")
            return None
        return round(number, 5)


def as_code(text: str) -> str:
    """`gm983`, `0983` and `GM0983` -> GM0983; empty when it is no code."""
    match = re.fullmatch(r"(?:GM)?(\d{1,4})", text.strip(), re.ASCII | re.IGNORECASE)
    return f"GM{int(match[1]):04}" if match else ""
