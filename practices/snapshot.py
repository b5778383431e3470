"""The public catalogue as sets of keys: what every facet, count and map area is made from.

Counting in SQL grows with the catalogue and with the number of facets. Here each option
of a facet is a compressed bitmap of practices; a count is the size of an intersection.
One process holds one snapshot, good for one version of the catalogue and one day
(docs/adr/0007). Loading takes a fixed number of queries.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from operator import itemgetter
from threading import Lock
from typing import Any, NamedTuple

from django.db.models import Model, QuerySet
from django.utils import timezone
from pyroaring import BitMap, FrozenBitMap

from municipalities.gazetteer import Gazetteer, Reach
from practices import version
from practices.enums import REGIONAL_SCOPES, WIDE_SCOPES, Scope
from practices.models import Practice, PracticeMunicipality
from practices.search import fold

NOTHING = FrozenBitMap()
# The columns that are facets; the last two are derived from dates.
COLUMNS = ("kind", "evidence_level", "scope", "phase", "freshness")

# Rows that are read at once.
CHUNK = 2000

Groups = dict[Any, FrozenBitMap]


class TermRow(NamedTuple):
    pk: int
    slug: str
    name: str


class SortKey:
    """Names of the orders that a snapshot knows."""

    TITLE = "titel"
    CONFIRMED = "bevestigd"
    NEWEST = "nieuw"


@dataclass(frozen=True)
class Snapshot:
    """`links`: name of a relation -> key of the other side -> practices."""

    token: str
    today: date
    published: FrozenBitMap
    columns: dict[str, Groups]
    links: dict[str, Groups]
    terms: dict[str, list[TermRow]]
    orders: dict[str, array[int]]
    gazetteer: Gazetteer
    # The options of each filter, kept here by practices/filters.py: they are as lasting.
    options: dict[str, list[Any]] = field(default_factory=dict)

    def with_value(self, column: str, value: Any) -> FrozenBitMap:
        return self.columns[column].get(value, NOTHING)

    def linked(self, relation: str, pk: int) -> FrozenBitMap:
        return self.links[relation].get(pk, NOTHING)

    @cached_property
    def regional(self) -> FrozenBitMap:
        """Those that hold in all of their regions."""
        return union(self.with_value("scope", scope) for scope in REGIONAL_SCOPES)

    @cached_property
    def national(self) -> FrozenBitMap:
        return self.with_value("scope", Scope.COUNTRY)

    @cached_property
    def placeless(self) -> FrozenBitMap:
        """Those without a known municipality that do not cover an area either."""
        somewhere = union(self.links["municipalities"].values())
        wide = union(self.with_value("scope", scope) for scope in WIDE_SCOPES)
        return FrozenBitMap(self.published - somewhere - wide)

    def in_place(self, reach: Reach) -> FrozenBitMap:
        """Done in the place itself."""
        return union(
            [
                *(self.linked("municipalities", pk) for pk in reach.municipalities),
                *(self.linked("regions", pk) for pk in reach.regions),
            ]
        )

    def in_family(self, reach: Reach) -> FrozenBitMap:
        """Done in what was merged into or out of the place."""
        return union(self.linked("municipalities", pk) for pk in reach.family)

    def covering(self, reach: Reach) -> FrozenBitMap:
        """Holding there because of a wider scope."""
        around = union(self.linked("regions", pk) for pk in reach.covering)
        return FrozenBitMap(around & self.regional | self.national)

    def anywhere_in(self, reach: Reach) -> FrozenBitMap:
        return union([self.in_place(reach), self.in_family(reach), self.covering(reach)])


def union(sets: Iterable[FrozenBitMap]) -> FrozenBitMap:
    return FrozenBitMap.union(NOTHING, *sets)


_cached: Snapshot | None = None
_replaced = ""  # the token of the one before
_loading = Lock()


def snapshot(token: str | None = None) -> Snapshot:
    """The snapshot of this moment; costs a query when the caller does not know the token.

    After a change one thread of the process loads it. Readers who ask meanwhile stay at the
    version before (practices/version.py), the others wait.
    """
    global _cached, _replaced
    token = version.current() if token is None else token
    today = timezone.localdate()
    if (kept := _kept(token, today)) is not None:
        return kept
    with _loading:
        if (kept := _kept(token, today)) is None:
            before = _cached.token if _cached else ""
            with version.loading(before, token):
                kept = _load(token, today)
            _cached, _replaced = kept, before
    return kept


def _kept(token: str, today: date) -> Snapshot | None:
    """Also for who read the version before and comes just too late for it."""
    kept = _cached
    if kept is None or not token or kept.today != today:
        return None
    return kept if token in (kept.token, _replaced) else None


def _load(token: str, today: date) -> Snapshot:
    practices = Practice.objects.published().with_lifecycle(today)
    columns = _columns(practices)
    # Any column will do: each practice is in one group of it.
    published = union(columns["evidence_level"].values())
    vocabularies = ("themes", "target_groups", "barriers", "instruments")
    links = {name: _links(published, *_through(name)) for name in (*vocabularies, "regions")}
    links["municipalities"] = _links(published, PracticeMunicipality.objects.all(), "municipality")
    gazetteer = Gazetteer()
    gazetteer.load()
    return Snapshot(
        token,
        today,
        published,
        columns,
        links,
        {name: _terms(name) for name in vocabularies},
        _orders(Practice.objects.published()),
        gazetteer,
    )


def _columns(practices: QuerySet[Practice]) -> dict[str, Groups]:
    groups: dict[str, dict[Any, BitMap]] = {column: {} for column in COLUMNS}
    for pk, *values in _streamed(practices.order_by("pk").values_list("pk", *COLUMNS)):
        for column, value in zip(COLUMNS, values, strict=True):
            groups[column].setdefault(value, BitMap()).add(pk)
    return {column: _frozen(found) for column, found in groups.items()}


def _frozen(groups: dict[Any, BitMap]) -> Groups:
    return {value: FrozenBitMap(practices) for value, practices in groups.items()}


def _streamed(rows: QuerySet[Any]) -> Iterator[tuple[Any, ...]]:
    """Not all rows at once: a process keeps for good what it needed at its highest."""
    return rows.iterator(chunk_size=CHUNK)


def _through(name: str) -> tuple[QuerySet[Any], str]:
    field = Practice._meta.get_field(name)
    return field.remote_field.through.objects.all(), field.m2m_reverse_field_name()


def _links(published: FrozenBitMap, links: QuerySet[Any], other: str) -> Groups:
    groups: dict[int, BitMap] = {}
    for pk, practice in _streamed(links.order_by().values_list(other, "practice")):
        if practice in published:
            groups.setdefault(pk, BitMap()).add(practice)
    return _frozen(groups)


def _terms(name: str) -> list[TermRow]:
    model: type[Model] = Practice._meta.get_field(name).related_model
    return [TermRow(*row) for row in model.objects.values_list("pk", "slug", "name")]


def _orders(practices: QuerySet[Practice]) -> dict[str, array[int]]:
    """Every order of the whole catalogue, from one query.

    Sorted here, by folded title: databases differ in where they put an é or a capital.
    """
    read = _streamed(
        practices.values_list("title", "pk", "confirmed_on", "described_on", "published_on")
    )
    # Few days are many times the same, so they are kept once.
    days: dict[int, int] = {}

    def latest(day: date | None) -> int:
        """The latest day first; days that are not known come last."""
        number = -day.toordinal() if day else 1
        return days.setdefault(number, number)

    rows = [(fold(title), pk, *map(latest, dates)) for title, pk, *dates in read]
    rows.sort(key=itemgetter(0, 1))
    orders = {SortKey.TITLE: _keys(rows)}
    # Sorting is stable: what is equal stays in the order of titles.
    for name, columns in ((SortKey.CONFIRMED, (2, 3)), (SortKey.NEWEST, (4,))):
        orders[name] = _keys(sorted(rows, key=itemgetter(*columns)))
    return orders


def _keys(rows: list[tuple[Any, ...]]) -> array[int]:
    return array("q", [row[1] for row in rows])
