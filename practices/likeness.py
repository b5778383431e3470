"""Practices in the order of how much their municipalities are like a chosen one.

A practice counts with the municipality that does it and is most like the chosen one. One
that holds in all of a region counts with the average of the municipalities there, else
everything regional would come before what a municipality like it does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import fmean

from django.http import QueryDict
from pyroaring import BitMap, FrozenBitMap

from municipalities.gazetteer import Gazetteer
from municipalities.mirror import Mirror
from municipalities.models import Municipality
from practices import querystrings
from practices.filters import SortOrder
from practices.snapshot import Snapshot

Buckets = Iterator[tuple[float, FrozenBitMap]]


def by_likeness(practices: FrozenBitMap, like: Municipality, snapshot: Snapshot) -> list[int]:
    """Most alike first; equals as last confirmed. One query, for the figures."""
    gazetteer = snapshot.gazetteer
    scores = Mirror.load(gazetteer).scores(gazetteer.current_pk[like.pk])
    buckets = [*_done_in(scores, snapshot), *_holding_in(scores, snapshot)]
    buckets.sort(key=lambda bucket: -bucket[0])  # stable: what is done somewhere comes first
    rank: dict[int, int] = {}
    left = BitMap(practices)
    for position, (_, done) in enumerate(buckets):
        rank |= dict.fromkeys(left & done, position)
        left -= done
    last = len(buckets)  # nobody knows where
    confirmed = (pk for pk in snapshot.orders[SortOrder.CONFIRMED] if pk in practices)
    return sorted(confirmed, key=lambda pk: rank.get(pk, last))


def _done_in(scores: dict[int, float], snapshot: Snapshot) -> Buckets:
    for pk, current in snapshot.gazetteer.current_pk.items():
        yield scores.get(current, 0.0), snapshot.linked("municipalities", pk)


def _holding_in(scores: dict[int, float], snapshot: Snapshot) -> Buckets:
    gazetteer = snapshot.gazetteer
    for region in gazetteer.regions:
        members = gazetteer.reach_of_region(region).municipalities & scores.keys()
        regional = FrozenBitMap(snapshot.linked("regions", region.pk) & snapshot.regional)
        yield _average(scores[pk] for pk in members), regional
    yield _average(scores.values()), snapshot.national


def _average(scores: Iterable[float]) -> float:
    found = list(scores)
    return fmean(found) if found else 0.0


@dataclass(frozen=True)
class LikeForm:
    """The form that names a municipality: its list and what it sends along."""

    gazetteer: Gazetteer
    like: Municipality | None
    parameters: QueryDict
    path: str

    @property
    def options(self) -> list[tuple[str, str, bool]]:
        """Slug, name and whether it is chosen: those of today, and a merged one by request."""
        return [
            (m.slug, m.name, m == self.like)
            for m in self.gazetteer.municipalities
            if self.gazetteer.current_pk[m.pk] == m.pk or m == self.like
        ]

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The question as it is, to be sorted by likeness."""
        query = querystrings.with_only(self._plain, "volgorde", SortOrder.LIKENESS)
        return [(name, value) for name, values in query.lists() for value in values]

    @property
    def remove_url(self) -> str:
        """The same question in its ordinary order."""
        query = querystrings.with_only(self._plain, "volgorde", None)
        return querystrings.url(self.path, query)

    @property
    def _plain(self) -> QueryDict:
        return querystrings.with_only(self.parameters, "zoals", None)
