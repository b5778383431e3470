"""Keeps the postings table in step with the published practices.

Only published practices are in the index: whatever is not public cannot be found, and
cannot change what is found either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from django.db.models import F, QuerySet

from practices.models import IndexedPractice, Posting, Practice
from practices.search.analysis import ANALYSER_VERSION
from practices.search.documents import PREFETCH, impacts, passages

CHUNK = 200

_postponed: ContextVar[set[int] | None] = ContextVar("postponed", default=None)


@contextmanager
def indexing_once() -> Iterator[None]:
    """Index every practice touched inside the block once, at its end.

    Use it inside a transaction around many small changes, such as an import.
    """
    pks: set[int] = set()
    token = _postponed.set(pks)
    try:
        yield
    finally:
        _postponed.reset(token)
    reindex(pks)


def reindex(pks: Iterable[int]) -> None:
    """Bring the index up to date for these practices, in the caller's transaction."""
    wanted = set(pks)
    postponed = _postponed.get()
    if postponed is not None:
        postponed |= wanted
        return
    ordered = sorted(wanted)
    for start in range(0, len(ordered), CHUNK):
        _reindex_chunk(ordered[start : start + CHUNK])


def _reindex_chunk(pks: list[int]) -> None:
    with transaction.atomic():
        Posting.objects.filter(practice__in=pks).delete()
        IndexedPractice.objects.filter(practice__in=pks).delete()
        practices = list(
            Practice.objects.published().filter(pk__in=pks).prefetch_related(*PREFETCH)
        )
        Posting.objects.bulk_create(
            (
                Posting(term=term, practice=practice, impact=impact)
                for practice in practices
                for term, impact in impacts(passages(practice)).items()
            ),
            batch_size=2000,
        )
        IndexedPractice.objects.bulk_create(
            IndexedPractice(
                practice=practice,
                analyser_version=ANALYSER_VERSION,
                practice_modified=practice.modified,
            )
            for practice in practices
        )


@transaction.atomic
def rebuild(progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Index the whole catalogue anew, all or nothing; returns the number of practices."""
    Posting.objects.all().delete()
    IndexedPractice.objects.all().delete()
    pks = list(Practice.objects.published().order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), CHUNK):
        _reindex_chunk(pks[start : start + CHUNK])
        progress(min(start + CHUNK, len(pks)), len(pks))
    return len(pks)


def out_of_step() -> QuerySet[Practice]:
    """Published practices that are missing from the index or changed since they went in."""
    up_to_date = IndexedPractice.objects.filter(
        analyser_version=ANALYSER_VERSION, practice_modified=F("practice__modified")
    )
    return Practice.objects.published().exclude(pk__in=up_to_date.values("practice"))
