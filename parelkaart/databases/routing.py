"""Where a query goes: reads to the database of this request, writes to the primary."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, OperationalError

from parelkaart.databases import watch

PRIMARY = DEFAULT_DB_ALIAS
REPLICA = "replica"
# Counts of attempts and files in between are read right after they were written.
ALWAYS_PRIMARY = {"django_cache"}

_reading: ContextVar[str] = ContextVar("reading", default=PRIMARY)


class ReadOnlyError(OperationalError):
    """Something would be written while that is not possible."""


@contextmanager
def reading(alias: str) -> Iterator[None]:
    """Queries inside the block read from this database."""
    reset = _reading.set(alias)
    try:
        yield
    finally:
        _reading.reset(reset)


def reading_within(alias: str, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same for an answer that is still being made while it is sent."""
    while True:
        with reading(alias):
            try:
                chunk = next(chunks)
            except StopIteration:
                return
        yield chunk


def is_read_only() -> bool:
    """Nothing can be saved now, because somebody said so or the primary does not answer."""
    return settings.READ_ONLY or watch.is_down(PRIMARY)


class ReplicaRouter:
    def db_for_read(self, model: Any, **hints: Any) -> str:
        if model._meta.app_label in ALWAYS_PRIMARY:
            return PRIMARY
        return _reading.get()

    def db_for_write(self, model: Any, **hints: Any) -> str:
        """Raises ReadOnlyError at once: each try would wait until the primary is given up."""
        for_a_reader = _reading.get() == REPLICA
        if is_read_only() or (for_a_reader and not watch.answers(PRIMARY)):
            raise ReadOnlyError("The database cannot be written now.")
        return PRIMARY

    def allow_relation(self, *objects: Any, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == PRIMARY
