"""The version of the public catalogue: what is kept in memory or in a browser is good for one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from secrets import token_hex

from practices.models import CatalogueVersion

# What was read in this request: nothing yet, or one token. None outside `read_once`.
_read: ContextVar[list[str] | None] = ContextVar("read", default=None)
# Whether this request may be of the version before, while the process loads the new one.
_patient: ContextVar[bool] = ContextVar("patient", default=False)
_loading: Change | None = None


@dataclass(frozen=True)
class Change:
    before: str
    after: str


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
    change = _loading
    if change and token == change.after and _patient.get():
        token = change.before
    if read is not None:
        read.append(token)
    return token


@contextmanager
def read_once(*, patient: bool = False) -> Iterator[None]:
    """For one answer: it is asked once, before anything else that the answer is made of.

    `patient`: who asks may get what there was before, for the seconds that a large catalogue
    takes to load, rather than wait for it. The answer then carries the old version as its tag.
    """
    resets = _read.set([]), _patient.set(patient)
    try:
        yield
    finally:
        _read.reset(resets[0])
        _patient.reset(resets[1])


@contextmanager
def loading(before: str, after: str) -> Iterator[None]:
    """The caller makes what this process keeps of a new version; one at a time."""
    global _loading  # noqa: PLW0603 - one per process
    _loading = Change(before, after) if before and after else None
    try:
        yield
    finally:
        _loading = None
