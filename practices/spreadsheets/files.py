"""Which kind of file it is, by what is in it; and the three kinds as import-export knows them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

import tablib
from import_export.formats import base_formats

from practices.spreadsheets import csv_file, ods_file, xlsx_file
from practices.spreadsheets.tables import (
    EMPTY,
    MAX_BYTES,
    MAX_UNPACKED,
    TOO_LARGE,
    TOO_MUCH,
    FileError,
    Line,
    Table,
    table,
)

logger = logging.getLogger(__name__)

BROKEN = (
    "Dit bestand is beschadigd of anders opgebouwd dan we kennen. Open het in een "
    "rekenprogramma en bewaar het opnieuw als ODS of XLSX."
)
LOCKED = (
    "Dit bestand is beveiligd met een wachtwoord, of het is een oude .xls. Bewaar het zonder "
    "wachtwoord als ODS, XLSX of CSV."
)
MACROS = "In dit bestand zitten macro's. Bewaar het zonder macro's als ODS of XLSX."
OTHER = csv_file.NOT_TEXT
ENTITIES = (
    "In dit bestand staan verwijzingen die we niet volgen. Bewaar het opnieuw als ODS of XLSX."
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_PARTS = 2_000
# A document type is declared in front of the first element.
PROLOGUE = 4_096

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Ods(base_formats.Format):
    name, extension, content_type = "ODS", "ods", ods_file.MIME
    advice = "voor LibreOffice en andere programma's"

    def get_extension(self) -> str:
        return self.extension

    def get_content_type(self) -> str:
        return self.content_type

    def can_import(self) -> bool:
        return True

    def can_export(self) -> bool:
        return True

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        """`guide` is a second sheet that explains the columns."""
        return ods_file.write(dataset, kwargs["guide"])

    def create_dataset(self, in_stream: bytes, **kwargs: Any) -> tablib.Dataset:
        return dataset_of(read(in_stream))


class Xlsx(Ods):
    name, extension, content_type = "XLSX", "xlsx", XLSX_TYPE
    advice = "voor Excel"

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        xlsx_file.look_at_lengths(dataset)
        return xlsx_file.write(dataset, kwargs["guide"])


class Csv(Ods):
    name, extension, content_type = "CSV", "csv", "text/csv; charset=utf-8"
    advice = "platte tekst, met komma's"

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        return csv_file.write(dataset)


FORMATS: dict[str, Ods] = {part.extension: part() for part in (Ods, Xlsx, Csv)}
READERS: dict[str, Callable[[bytes, list[str]], Iterator[Line]]] = {
    "ods": ods_file.read,
    "xlsx": xlsx_file.read,
    "csv": csv_file.read,
}


def read(data: bytes) -> Table:
    """Raises FileError, with what is wrong in plain words, and nothing else."""
    if len(data) > MAX_BYTES:
        raise FileError(TOO_LARGE)
    if not data.strip():
        raise FileError(EMPTY)
    notes: list[str] = []
    try:
        return table(READERS[_kind(data)](data, notes), notes)
    except FileError:
        raise
    except Exception as error:
        # Whatever a broken file does to its reader: that depends on how it is broken.
        logger.info("A spreadsheet could not be read: %s", type(error).__name__)
        raise FileError(BROKEN) from error


def dataset_of(found: Table) -> tablib.Dataset:
    dataset = tablib.Dataset(headers=found.headings)
    for _, cells in found.rows:
        dataset.append(cells)
    return dataset


def _kind(data: bytes) -> str:
    if data.startswith(OLE):
        raise FileError(LOCKED)
    if not data.startswith(b"PK"):
        return "csv"
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _packed(archive)
    except BadZipFile as error:
        raise FileError(BROKEN) from error


def _packed(archive: ZipFile) -> str:
    parts = archive.infolist()
    # Of each part no more is ever unpacked than it says itself.
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise FileError(TOO_MUCH)
    if any(part.flag_bits & 1 for part in parts):
        raise FileError(LOCKED)
    names = {part.filename for part in parts}
    kind = _named(archive, names)
    if any(
        name.lower().endswith("vbaproject.bin") or name.startswith(("Basic/", "Scripts/"))
        for name in names
    ):
        raise FileError(MACROS)
    for name in names:
        if name.lower().endswith((".xml", ".rels")):
            with archive.open(name) as part:
                if b"<!" in part.read(PROLOGUE).replace(b"\0", b"").replace(b"<!--", b""):
                    raise FileError(ENTITIES)
    return kind


def _named(archive: ZipFile, names: set[str]) -> str:
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "mimetype" not in names or "content.xml" not in names:
        raise FileError(OTHER)
    if archive.read("mimetype").strip() != ods_file.MIME.encode():
        raise FileError(OTHER)
    if b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise FileError(LOCKED)
    return "ods"
