"""The rows of a table as lines of JSON, the same ones whatever database they come from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from itertools import islice
from typing import Any

from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from parelkaart.backup.tables import Field, Model, columns, fields

CHUNK = 1000


@contextmanager
def moment(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Everything read inside is of one moment; nobody waits for it.

    Inside a transaction of the caller, that one decides what is read.
    """
    if connection.in_atomic_block:
        yield
        return
    connection.ensure_connection()
    usual = getattr(connection, "transaction_mode", None)
    if connection.vendor == "sqlite":
        # The usual mode would hold the lock of the one who writes.
        connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
    try:
        with transaction.atomic(using=connection.alias):
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    finally:
        if connection.vendor == "sqlite":
            connection.transaction_mode = usual  # type: ignore[attr-defined]


# --- out ------------------------------------------------------------------------------------


def lines(connection: BaseDatabaseWrapper, model: Model) -> Iterator[bytes]:
    """The values of each row as a list, in order of the key."""
    names = [field.attname for field in fields(model)]
    rows: models.QuerySet[Any, Any] = models.QuerySet(model, using=connection.alias)
    for row in rows.order_by("pk").values_list(*names).iterator(chunk_size=CHUNK):
        # PostgreSQL does not remember in which order the keys of a JSON value were.
        text = json.dumps(
            row, default=plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        yield text.encode() + b"\n"


def plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"{type(value).__name__} has no form in a backup yet")


class Digest:
    """How many lines went by, and their sum."""

    def __init__(self) -> None:
        self.rows = 0
        self._sum = sha256()

    def through(self, passing: Iterable[bytes]) -> Iterator[bytes]:
        for line in passing:
            self.rows += 1
            self._sum.update(line)
            yield line

    @property
    def found(self) -> tuple[int, str]:
        return self.rows, self._sum.hexdigest()


def measured(passing: Iterable[bytes]) -> tuple[int, str]:
    digest = Digest()
    for _ in digest.through(passing):
        pass
    return digest.found


# --- in -------------------------------------------------------------------------------------


def insert(connection: BaseDatabaseWrapper, model: Model, coming: Iterable[bytes]) -> None:
    """Past the models: their `save` would give every row the time of now."""
    name = connection.ops.quote_name
    into = (
        f"INSERT INTO {name(model._meta.db_table)} ({', '.join(map(name, columns(model)))})"  # noqa: S608 - names of the models  # nosec B608
        f" VALUES ({', '.join(['%s'] * len(columns(model)))})"
    )
    left, wanted = iter(coming), fields(model)
    with connection.cursor() as cursor:
        while chunk := list(islice(left, CHUNK)):
            cursor.executemany(into, [_values(connection, wanted, line) for line in chunk])


def _values(connection: BaseDatabaseWrapper, wanted: list[Field], line: bytes) -> list[Any]:
    return [
        field.get_db_prep_save(field.to_python(value), connection)
        for field, value in zip(wanted, json.loads(line), strict=True)
    ]


def empty(connection: BaseDatabaseWrapper, model: Model) -> None:
    """Not TRUNCATE: who reads meanwhile must not meet an empty table."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608  # nosec B608


# --- keys -----------------------------------------------------------------------------------


def last_key(connection: BaseDatabaseWrapper, model: Model) -> int:
    """The highest key that was ever given, also to a row that is gone by now.

    The history names what it is about by kind and key, so no other may ever get that key.
    """
    if model._meta.auto_field is None:
        return 0
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SELECT last_value, is_called FROM {_sequence(cursor, model)}")  # noqa: S608  # nosec B608
            value, is_called = cursor.fetchone()
            return int(value) if is_called else 0
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
        found = cursor.fetchone()
        return int(found[0]) if found else 0


def raise_last_key(connection: BaseDatabaseWrapper, model: Model, key: int) -> None:
    """Never lower: a sequence of PostgreSQL does not go back with its transaction."""
    if key <= last_key(connection, model):
        return
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT setval(%s, %s)", [_sequence(cursor, model), key])
            return
        cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [key, table])
        if not cursor.rowcount:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, key])


def _sequence(cursor: Any, model: Model) -> str:
    table, column = model._meta.db_table, model._meta.auto_field.column  # type: ignore[union-attr]
    cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table}"', column])
    return str(cursor.fetchone()[0])
