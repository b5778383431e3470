"""Makes the file: a zip of lines of JSON and photos, with a sum of every byte at its end."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

import parelkaart
from parelkaart.accounts import sealing
from parelkaart.backup import media
from parelkaart.backup.errors import BackupError
from parelkaart.backup.manifest import File, Manifest, Table
from parelkaart.backup.rows import Digest, last_key, lines, moment
from parelkaart.backup.tables import columns, kept, migrations

MANIFEST = "manifest.json"
# The end of the file, as the comment of the zip; the sum is of all that stands before it.
MARK = b"parelkaart-backup sha256="
SUM_LENGTH = 64


def table_name(table: str) -> str:
    return f"tables/{table}.jsonl"


def media_name(name: str) -> str:
    return f"media/{name}"


@dataclass(frozen=True)
class Written:
    """`missing`: files that the database names and that were not there."""

    manifest: Manifest
    missing: list[str]


def write(path: Path, connection: BaseDatabaseWrapper) -> Written:
    """Whole under its own name, or not there at all."""
    if path.exists():
        raise BackupError(f"{path} bestaat al. Kies een andere naam.")
    with _renamed_when_whole(path) as file:
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            archive.comment = MARK + b"0" * SUM_LENGTH
            with moment(connection):
                applied = sorted(migrations(connection))
                tables = {
                    model._meta.db_table: _table(archive, connection, model) for model in kept()
                }
                named = _named_files(connection)
            # After the rows: a photo of theirs is there, or was deleted a moment ago.
            photos = dict(_media(archive))
            manifest = Manifest(
                version=parelkaart.__version__,
                made_at=timezone.now().isoformat(timespec="seconds"),
                database=f"{connection.vendor} {_version(connection)}",
                migrations=applied,
                sealed=sealing.seal("back-up"),
                tables=tables,
                media=photos,
            )
            archive.writestr(_info(MANIFEST), manifest.as_json())
        add_sum(file)
    return Written(manifest, sorted(named - photos.keys()))


@contextmanager
def _renamed_when_whole(path: Path) -> Iterator[IO[bytes]]:
    """Only for the owner: it holds names, addresses and passwords (hashed)."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    waiting = Path(name)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        waiting.rename(path)
    except BaseException:
        waiting.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _info(name: str, compression: int = ZIP_DEFLATED) -> ZipInfo:
    info = ZipInfo(name, date_time=timezone.localtime().timetuple()[:6])
    info.compress_type = compression
    info.external_attr = 0o600 << 16
    return info


def _table(archive: ZipFile, connection: BaseDatabaseWrapper, model: type[models.Model]) -> Table:
    digest = Digest()
    with archive.open(_info(table_name(model._meta.db_table)), "w", force_zip64=True) as member:
        for line in digest.through(lines(connection, model)):
            member.write(line)
    rows, total = digest.found
    return Table(columns(model), rows, total, last_key(connection, model))


def _named_files(connection: BaseDatabaseWrapper) -> set[str]:
    named: set[str] = set()
    for model in kept():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField):
                rows: models.QuerySet[Any] = models.QuerySet(model, using=connection.alias)
                named.update(rows.values_list(field.attname, flat=True).iterator())
    return named - {""}


def _media(archive: ZipFile) -> Iterator[tuple[str, File]]:
    for name, path in media.files(Path(settings.MEDIA_ROOT)):
        try:
            source = path.open("rb")
        except FileNotFoundError:  # deleted by an editor, this very moment
            continue
        info = _info(media_name(name), ZIP_STORED)
        with source, archive.open(info, "w", force_zip64=True) as member:
            yield name, media.copied(media.blocks(source), member)


def _version(connection: BaseDatabaseWrapper) -> str:
    return ".".join(map(str, connection.get_database_version()))


def add_sum(file: IO[bytes]) -> None:
    length = file.seek(0, os.SEEK_END) - SUM_LENGTH
    total = sum_of(file, length)
    file.seek(length)
    file.write(total.encode())


def sum_of(file: IO[bytes], length: int) -> str:
    file.seek(0)
    total = sha256()
    while length > 0 and (block := file.read(min(media.BLOCK, length))):
        total.update(block)
        length -= len(block)
    return total.hexdigest()
