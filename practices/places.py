"""What it means that a practice is somewhere: in a place, or covering it.

A practice of a whole region also holds in each municipality of that region, and one of
a municipality that was merged away also belongs to the municipality of today.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from municipalities.models import Municipality, Region
from practices.enums import REGIONAL_SCOPES, Scope
from practices.models import Practice, PracticeMunicipality

HERE, FAMILY, WIDER = 0, 1, 2


@dataclass(frozen=True)
class Reach:
    """All that counts for one place, as primary keys.

    `municipalities` and `regions` are the place itself, `family` what was merged into or
    out of it, `covering` the regions around it.
    """

    municipalities: frozenset[int]
    family: frozenset[int]
    regions: frozenset[int]
    covering: frozenset[int]

    def __or__(self, other: Reach) -> Reach:
        return Reach(
            self.municipalities | other.municipalities,
            self.family | other.family,
            self.regions | other.regions,
            self.covering | other.covering,
        )

    @property
    def here(self) -> Q:
        return _in_municipalities(self.municipalities) | _in_regions(self.regions)

    @property
    def merged(self) -> Q:
        return _in_municipalities(self.family)

    @property
    def wider(self) -> Q:
        regional = Q(scope__in=REGIONAL_SCOPES) & _in_regions(self.covering)
        return regional | Q(scope=Scope.COUNTRY)

    @property
    def everything(self) -> Q:
        return self.here | self.merged | self.wider

    def rank(self) -> Case:
        """0 in the place itself, 1 in its merger family, 2 only by a wider scope."""
        return Case(
            When(self.here, then=Value(HERE)),
            When(self.merged, then=Value(FAMILY)),
            default=Value(WIDER),
            output_field=IntegerField(),
        )


def _in_municipalities(pks: Iterable[int]) -> Q:
    links = PracticeMunicipality.objects.filter(municipality__in=pks)
    return Q(pk__in=links.values("practice"))


def _in_regions(pks: Iterable[int]) -> Q:
    links = Practice.regions.through.objects.filter(region__in=pks)
    return Q(pk__in=links.values("practice"))


class Gazetteer:
    """All municipalities and regions and how they hang together. Costs two queries."""

    @cached_property
    def municipalities(self) -> list[Municipality]:
        # The boundary is large and no question here needs it.
        return list(Municipality.objects.defer("boundary").order_by("name"))

    @cached_property
    def regions(self) -> list[Region]:
        return list(Region.objects.all())

    @cached_property
    def _municipality_by_pk(self) -> dict[int, Municipality]:
        return {municipality.pk: municipality for municipality in self.municipalities}

    @cached_property
    def _region_by_pk(self) -> dict[int, Region]:
        return {region.pk: region for region in self.regions}

    @cached_property
    def current_pk(self) -> dict[int, int]:
        """Municipality -> the municipality of today that it is or became part of."""
        return {
            municipality.pk: self._current(municipality) for municipality in self.municipalities
        }

    def _current(self, municipality: Municipality) -> int:
        pk = municipality.pk
        seen = {pk}
        while (successor := self._municipality_by_pk[pk].successor_id) and successor not in seen:
            pk = successor
            seen.add(pk)
        return pk

    def municipality(self, pk: int) -> Municipality:
        return self._municipality_by_pk[pk]

    def region(self, pk: int) -> Region:
        return self._region_by_pk[pk]

    def family(self, municipality: Municipality) -> frozenset[int]:
        """Everything that is now one municipality, as primary keys."""
        current = self.current_pk[municipality.pk]
        return frozenset(pk for pk, now in self.current_pk.items() if now == current)

    def around(self, region_pk: int | None) -> set[int]:
        """A region and all it is part of."""
        found: set[int] = set()
        while region_pk is not None and region_pk not in found:
            found.add(region_pk)
            region_pk = self._region_by_pk[region_pk].parent_id
        return found

    def within(self, region: Region) -> set[int]:
        """A region and all its parts."""
        return {other.pk for other in self.regions if region.pk in self.around(other.pk)}

    def covering(self, municipality: Municipality) -> frozenset[int]:
        """The regions a municipality lies in."""
        return frozenset(self.around(municipality.region_id) | {municipality.province_id})

    def reach_of_municipality(self, municipality: Municipality) -> Reach:
        family = self.family(municipality)
        covering = frozenset().union(
            *(self.covering(self._municipality_by_pk[pk]) for pk in family)
        )
        return Reach(frozenset({municipality.pk}), family, frozenset(), covering)

    def reach_of_region(self, region: Region) -> Reach:
        within = self.within(region)
        members = frozenset(
            municipality.pk
            for municipality in self.municipalities
            if within & self.covering(municipality)
        )
        around = frozenset(self.around(region.pk) - {region.pk})
        return Reach(members, frozenset(), frozenset(within), around)


@dataclass(frozen=True)
class PlaceLinks:
    """Which of some practices are linked to which places.

    Holds a pair for each link, so its size grows with the number of practices.
    """

    municipalities: list[tuple[int, int]]
    regions: list[tuple[int, int]]
    regional: frozenset[int]
    national: frozenset[int]

    @classmethod
    def of(cls, practices: QuerySet[Practice]) -> PlaceLinks:
        """Costs three queries."""
        pks = practices.order_by().values("pk")
        municipality_links = PracticeMunicipality.objects.filter(practice__in=pks)
        region_links = Practice.regions.through.objects.filter(practice__in=pks)
        wide = Practice.objects.filter(
            pk__in=pks, scope__in=[*REGIONAL_SCOPES, Scope.COUNTRY]
        ).values_list("pk", "scope")
        scopes = dict(wide)
        return cls(
            list(municipality_links.values_list("practice", "municipality")),
            list(region_links.values_list("practice", "region")),
            frozenset(pk for pk, scope in scopes.items() if scope != Scope.COUNTRY),
            frozenset(pk for pk, scope in scopes.items() if scope == Scope.COUNTRY),
        )

    @cached_property
    def _by_municipality(self) -> dict[int, set[int]]:
        return _grouped(self.municipalities)

    @cached_property
    def _by_region(self) -> dict[int, set[int]]:
        return _grouped(self.regions)

    def count(self, reach: Reach) -> int:
        """How many of the practices are in a place or cover it: what a filter on it finds."""
        found = set(self.national)
        for pk in reach.municipalities | reach.family:
            found |= self._by_municipality.get(pk, set())
        for pk in reach.regions:
            found |= self._by_region.get(pk, set())
        for pk in reach.covering:
            found |= self._by_region.get(pk, set()) & self.regional
        return len(found)


def _grouped(pairs: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    groups: dict[int, set[int]] = {}
    for practice, place in pairs:
        groups.setdefault(place, set()).add(practice)
    return groups
