"""The version of the public catalogue: what is kept in memory or in a browser is good for one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from secrets import token_hex

from practices.models import CatalogueVersion

# What was read in this request: nothing yet, or one token. None outside `read_once`.
_read: ContextVar[list[str] | None] = ContextVar("read", default=None)


def bump() -> None:
    """A new version, in the caller's transaction.

    Holds a lock until that transaction ends, so versions become visible one by one:
    whoever has seen a version has seen every change before it.
    """
    if read := _read.get():
        read.clear()
    CatalogueVersion.objects.update_or_create(
        pk=CatalogueVersion.SINGLETON, defaults={"token": token_hex(8)}
    )


def current() -> str:
    """Costs one query; empty before anything was ever published."""
    read = _read.get()
    if read:
        return read[0]
    rows = CatalogueVersion.objects.filter(pk=CatalogueVersion.SINGLETON)
    token = rows.values_list("token", flat=True).first() or ""
    if read is not None:
        read.append(token)
    return token


@contextmanager
def read_once() -> Iterator[None]:
    """For one answer: it is asked once, before anything else that the answer is made of."""
    reset = _read.set([])
    try:
        yield
    finally:
        _read.reset(reset)
