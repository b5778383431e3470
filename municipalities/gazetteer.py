"""How places hang together: what lies in what, and what became what.

Something of a whole region also holds in each municipality of that region, and something
of a municipality that was merged away also belongs to the municipality of today.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from municipalities.models import Municipality, Region


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


class Gazetteer:
    """All municipalities and regions and how they hang together. Costs two queries."""

    def load(self) -> None:
        """Ask the two queries now, for whoever keeps the gazetteer."""
        self.municipalities, self.regions  # noqa: B018 - cached properties

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

    @cached_property
    def municipalities_of_today(self) -> list[Municipality]:
        return [m for m in self.municipalities if self.current_pk[m.pk] == m.pk]

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
