"""Puts rows and files in the place of those of now: all of them, or none."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import Protocol

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from parelkaart.backup import media
from parelkaart.backup.errors import BackupError
from parelkaart.backup.reading import Archive, check_fit
from parelkaart.backup.rows import Digest, empty, insert, lines, measured, raise_last_key
from parelkaart.backup.tables import Model, emptied, filled, kept, listed
from practices.search import rebuild

Progress = Callable[[int, int], None]


class Source(Protocol):
    """Where rows come from: a backup, or another database."""

    def lines(self, model: Model) -> Iterator[bytes]: ...

    def last_key(self, model: Model) -> int: ...


def restore(archive: Archive, *, overwrite: bool, progress: Progress | None = None) -> None:
    connection = connections[DEFAULT_DB_ALIAS]
    refuse_read_only()
    check_fit(archive.manifest, connection)
    exchange = media.Exchange()
    if not overwrite:
        refuse_filled(connection, "Met --overwrite komt de back-up ervoor in de plaats.")
        if next(media.files(exchange.root), None):
            raise BackupError(
                f"In {exchange.root} staan al bestanden. "
                "Met --overwrite komen die van de back-up ervoor in de plaats."
            )
    _check_space(archive, exchange)
    exchange.prepare()
    try:
        for name, expected in archive.manifest.media.items():
            exchange.add(name, archive.blocks(name), expected)
        with transaction.atomic(using=connection.alias):
            replace(connection, archive, progress)
            exchange.swap()
    except OSError as error:
        exchange.undo()
        raise BackupError(f"De bestanden zijn niet te plaatsen: {error}") from error
    except DatabaseError as error:
        exchange.undo()
        raise BackupError(f"De database weigert het: {error}") from error
    except BaseException:
        exchange.undo()
        raise
    exchange.finish()
    ContentType.objects.clear_cache()


def refuse_read_only() -> None:
    if settings.READ_ONLY:
        raise BackupError(
            "READ_ONLY staat aan. Zet het uit voor deze opdracht; de site mag zo blijven."
        )


def refuse_filled(connection: BaseDatabaseWrapper, advice: str) -> None:
    if found := filled(connection):
        told = listed(f"{table} ({rows})" for table, rows in found.items())
        raise BackupError(f"De database is niet leeg: {told}. {advice}")


def _check_space(archive: Archive, exchange: media.Exchange) -> None:
    wanted = sum(file.size for file in archive.manifest.media.values())
    place = next(path for path in (exchange.root, *exchange.root.parents) if path.exists())
    if shutil.disk_usage(place).free < wanted:
        raise BackupError(f"Er is te weinig ruimte in {place}: nodig is {wanted >> 20} MB.")


def replace(
    connection: BaseDatabaseWrapper, source: Source, progress: Progress | None = None
) -> dict[str, int]:
    """The rows of the source and no others, in the caller's transaction; table -> rows.

    Every table is read back and compared with what came.
    """
    _hold(connection)
    for model in emptied():
        empty(connection, model)
    came = {model: _fill(connection, source, model) for model in kept()}
    try:
        connection.check_constraints()
    except DatabaseError as error:
        raise BackupError(f"De rijen verwijzen naar iets dat er niet is: {error}") from error
    for model, expected in came.items():
        if measured(lines(connection, model)) != expected:
            raise BackupError(
                f"In de tabel {model._meta.db_table} staat iets anders dan in de bron."
            )
    rebuild(progress)
    return {model._meta.db_table: rows for model, (rows, _) in came.items()}


def _hold(connection: BaseDatabaseWrapper) -> None:
    """Others may read what was there, and wait with writing. SQLite does so of itself."""
    if connection.vendor != "postgresql":
        return
    tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in emptied())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(f"LOCK TABLE {tables} IN EXCLUSIVE MODE")


def _fill(connection: BaseDatabaseWrapper, source: Source, model: Model) -> tuple[int, str]:
    digest = Digest()
    try:
        insert(connection, model, digest.through(source.lines(model)))
    except (DatabaseError, OverflowError, TypeError, ValidationError, ValueError) as error:
        table = model._meta.db_table
        raise BackupError(f"De rijen van {table} passen niet in deze database: {error}") from error
    raise_last_key(connection, model, source.last_key(model))
    return digest.found
