"""Opens a backup, and looks at all of it before anybody uses any of it."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile

from django.db.backends.base.base import BaseDatabaseWrapper

from parelkaart.accounts import sealing
from parelkaart.backup import media
from parelkaart.backup.errors import BackupError
from parelkaart.backup.manifest import Manifest, parse
from parelkaart.backup.rows import measured
from parelkaart.backup.tables import Model, columns, kept, listed, migrations
from parelkaart.backup.writing import (
    MANIFEST,
    MARK,
    SUM_LENGTH,
    media_name,
    sum_of,
    table_name,
)

FOREIGN = (
    "Dit is geen back-up van deze site, of het bestand is niet heel: het einde ontbreekt. "
    "Is het helemaal gekopieerd?"
)
DAMAGED = "Deze back-up is beschadigd: de controlesom klopt niet. Neem een andere kopie."
# What a zip that was made by hand can bring about.
BROKEN = (BadZipFile, EOFError, KeyError, NotImplementedError, RuntimeError, zlib.error)


@dataclass(frozen=True)
class Archive:
    manifest: Manifest
    zip: ZipFile

    def lines(self, model: Model) -> Iterator[bytes]:
        with self.zip.open(table_name(model._meta.db_table)) as member:
            yield from member

    def last_key(self, model: Model) -> int:
        return self.manifest.tables[model._meta.db_table].last_key

    def blocks(self, name: str) -> Iterator[bytes]:
        with self.zip.open(media_name(name)) as member:
            yield from media.blocks(member)

    @property
    def key_is_known(self) -> bool:
        """Whether this site can open what was sealed where the backup was made."""
        return sealing.unseal(self.manifest.sealed) is not None


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """A backup that is whole. That says nothing about who made it."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise BackupError(f"{path} is niet te lezen: {error.strerror}.") from error
    with file:
        archive = _whole(file)
        with archive.zip:
            yield archive


def _whole(file: IO[bytes]) -> Archive:
    _check_sum(file)
    try:
        archive = ZipFile(file)
        names = archive.namelist()
        manifest = parse(archive.read(MANIFEST))
        _check_names(manifest, names)
        found = Archive(manifest, archive)
        _check_media(found)
        _check_tables(found)
    except BROKEN as error:
        raise BackupError(DAMAGED) from error
    return found


def _check_sum(file: IO[bytes]) -> None:
    length = file.seek(0, os.SEEK_END) - SUM_LENGTH
    file.seek(max(0, length - len(MARK)))
    mark, told = file.read(len(MARK)), file.read()
    if mark != MARK or length < len(MARK):
        raise BackupError(FOREIGN)
    if told.decode(errors="replace") != sum_of(file, length):
        raise BackupError(DAMAGED)


def _check_names(manifest: Manifest, names: list[str]) -> None:
    if odd := [name for name in manifest.media if not media.is_safe(name)]:
        raise BackupError(
            f"In deze back-up staan bestanden die ergens anders zouden komen: {listed(odd)}. "
            "Vertrouw dit bestand niet."
        )
    expected = [
        MANIFEST,
        *map(table_name, manifest.tables),
        *map(media_name, manifest.media),
    ]
    if sorted(names) != sorted(expected):
        raise BackupError("In deze back-up zit iets anders dan in de inhoudsopgave staat.")


def _check_media(archive: Archive) -> None:
    for name, expected in archive.manifest.media.items():
        if archive.zip.getinfo(media_name(name)).file_size != expected.size:
            raise BackupError(DAMAGED)
        if media.copied(archive.blocks(name)) != expected:
            raise BackupError(DAMAGED)


def _check_tables(archive: Archive) -> None:
    for name, table in archive.manifest.tables.items():
        with archive.zip.open(table_name(name)) as member:
            if measured(member) != (table.rows, table.sha256):
                raise BackupError(DAMAGED)


def check_fit(manifest: Manifest, connection: BaseDatabaseWrapper) -> None:
    """Its rows are those of the tables of this version of the site, no older and no newer."""
    here, there = migrations(connection), set(manifest.migrations)
    if newer := there - here:
        raise BackupError(
            f"De back-up is heel, maar van een nieuwere versie van de site ({manifest.version}): "
            f"die heeft {listed(newer)}. Herstel hem met die versie."
        )
    if older := here - there:
        raise BackupError(
            f"De back-up is heel, maar van een oudere versie van de site ({manifest.version}): "
            f"die mist {listed(older)}. Herstel hem met die versie op een lege database, "
            "en werk de site daarna bij."
        )
    told = {name: table.columns for name, table in manifest.tables.items()}
    if told != {model._meta.db_table: columns(model) for model in kept()}:
        raise BackupError("De back-up is heel, maar heeft andere tabellen dan deze site.")
