"""Keeps the index in step with the published practices.

Only published practices are in the index: whatever is not public cannot be found, and
cannot change what is found either. Every change is part of the transaction of the save
that caused it, so the index is never half of one state and half of another.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import chain

from django.db import transaction
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from practices.models import (
    IndexedPractice,
    Posting,
    Practice,
    Relation,
    SearchTerm,
    TitlePart,
    WordForm,
)
from practices.search.analysis import ANALYSER_VERSION
from practices.search.documents import PREFETCH, Document, document
from practices.search.storage import insert_postings
from practices.version import bump

CHUNK = 250
# SQLite takes 32,766 parameters in one statement.
BATCH = 5000

Progress = Callable[[int, int], None]
Documents = list[tuple[Practice, Document]]
NONE: Mapping[str, int] = {}


@dataclass
class _Postponed:
    pks: set[int] = field(default_factory=set)
    saved: set[int] = field(default_factory=set)


_postponed: ContextVar[_Postponed | None] = ContextVar("postponed", default=None)


@contextmanager
def indexing_once() -> Iterator[None]:
    """Index every practice touched inside the block once, at its end.

    Use it inside a transaction around many small changes, such as an import.
    """
    postponed = _Postponed()
    token = _postponed.set(postponed)
    try:
        yield
    finally:
        _postponed.reset(token)
    reindex(postponed.pks | postponed.saved | _related(postponed.saved))


def reindex(pks: Iterable[int]) -> None:
    """Bring the index up to date for these practices, in the caller's transaction."""
    wanted = set(pks)
    postponed = _postponed.get()
    if postponed is not None:
        postponed.pks |= wanted
        return
    for chunk in _chunks(sorted(wanted), CHUNK):
        _reindex_chunk(chunk)


def reindex_saved(pk: int) -> None:
    """A practice, and those related to it: they are found by its title too.

    Inside `indexing_once` these are looked up once for all: one by one is a tenth of an import.
    """
    postponed = _postponed.get()
    if postponed is not None:
        postponed.saved.add(pk)
        return
    reindex({pk} | _related({pk}))


def _related(pks: set[int]) -> set[int]:
    found: set[int] = set()
    for chunk in _chunks(sorted(pks), CHUNK):
        relations = Relation.objects.filter(Q(from_practice__in=chunk) | Q(to_practice__in=chunk))
        found.update(chain.from_iterable(relations.values_list("from_practice", "to_practice")))
    return found


@transaction.atomic
def _reindex_chunk(pks: list[int]) -> None:
    bump()
    change = Counter({term: -n for term, n in _remove(pks).items()})
    documents = _documents(pks)
    ids = _term_ids(documents)
    for _, found in documents:
        change.update(ids[term] for term in found.impacts)
    _store(documents, ids)
    _adjust(change)


@transaction.atomic
def forget(pk: int) -> None:
    """Take a practice that is about to be deleted out of the index."""
    bump()
    _adjust(Counter({term: -n for term, n in _remove([pk]).items()}))


@transaction.atomic
def rebuild(progress: Progress | None = None) -> int:
    """Index the whole catalogue anew, all or nothing; returns the number of practices.

    Memory holds one chunk of practices and the distinct words of the catalogue.
    """
    bump()
    for model in (Posting, TitlePart, IndexedPractice, WordForm, SearchTerm):
        model.objects.all().delete()
    pks = list(Practice.objects.published().order_by("pk").values_list("pk", flat=True))
    ids: dict[str, int] = {}
    done = 0
    for chunk in _chunks(pks, CHUNK):
        documents = _documents(chunk)
        ids |= _term_ids(documents, known=ids)
        _store(documents, ids)
        done += len(chunk)
        if progress:
            progress(done, len(pks))
    _count_all()
    return done


def catch_up() -> int:
    """Bring what is behind up to date, and only that; returns the number of practices.

    The index goes along in the transaction of each save, so only an upgrade of the analyser or a
    change past the site leaves it behind.
    """
    behind = list(out_of_step().order_by("pk").values_list("pk", flat=True))
    reindex(behind)
    return len(behind)


def _chunks(items: list[int], size: int) -> Iterator[list[int]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _documents(pks: list[int]) -> Documents:
    practices = Practice.objects.published().filter(pk__in=pks).prefetch_related(*PREFETCH)
    return [(practice, document(practice)) for practice in practices]


def _remove(pks: list[int]) -> Counter[int]:
    """Remove what the index holds of these practices; returns how often it held each term."""
    postings = Posting.objects.filter(practice__in=pks)
    held = Counter(postings.values_list("term", flat=True))
    postings.delete()
    TitlePart.objects.filter(practice__in=pks).delete()
    IndexedPractice.objects.filter(practice__in=pks).delete()
    return held


def _term_ids(documents: Documents, known: Mapping[str, int] = NONE) -> dict[str, int]:
    """The keys of the terms that are not known yet; new terms get one."""
    unknown = {term for _, found in documents for term in found.impacts} - known.keys()
    ids = dict(SearchTerm.objects.filter(text__in=unknown).values_list("text", "pk"))
    new = [SearchTerm(text=text) for text in sorted(unknown - ids.keys())]
    created = SearchTerm.objects.bulk_create(new, batch_size=BATCH)
    return ids | {term.text: term.pk for term in created}


def _store(documents: Documents, ids: dict[str, int]) -> None:
    insert_postings(
        (ids[term], practice.pk, impact)
        for practice, found in documents
        for term, impact in found.impacts.items()
    )
    IndexedPractice.objects.bulk_create(
        IndexedPractice(
            practice=practice,
            analyser_version=ANALYSER_VERSION,
            practice_modified=practice.modified,
            stream=found.stream,
        )
        for practice, found in documents
    )
    TitlePart.objects.bulk_create(
        TitlePart(practice=practice, text=text, is_whole=not number)
        for practice, found in documents
        for number, text in enumerate(found.title_parts)
    )
    forms = {form: ids[stem] for _, found in documents for form, stem in found.forms.items()}
    WordForm.objects.bulk_create(
        (WordForm(form=form, term_id=term) for form, term in forms.items()),
        ignore_conflicts=True,
        batch_size=BATCH,
    )


def _adjust(change: Counter[int]) -> None:
    """Add to the document frequency of terms; one statement for each size of change."""
    by_size: dict[int, list[int]] = defaultdict(list)
    for term, size in change.items():
        if size:
            by_size[size].append(term)
    for size, terms in by_size.items():
        for chunk in _chunks(terms, BATCH):
            SearchTerm.objects.filter(pk__in=chunk).update(df=F("df") + size)


def _count_all() -> None:
    counted = Posting.objects.filter(term=OuterRef("pk")).order_by().values("term")
    frequency = Subquery(counted.annotate(n=Count("practice")).values("n"))
    SearchTerm.objects.update(df=Coalesce(frequency, 0))


def out_of_step() -> QuerySet[Practice]:
    """Published practices that are missing from the index or changed since they went in."""
    up_to_date = IndexedPractice.objects.filter(
        analyser_version=ANALYSER_VERSION, practice_modified=F("practice__modified")
    )
    return Practice.objects.published().exclude(pk__in=up_to_date.values("practice"))
