"""The places of the map with the practices found there. Costs no query, but for the titles."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

from pyroaring import FrozenBitMap

from municipalities.models import Municipality, Region
from practices import cards
from practices.facets import narrowed
from practices.filters import PracticeFilterSet
from practices.keysets import in_keys
from practices.models import Practice
from practices.snapshot import Snapshot, union

# From a parameter and a slug to the address of the list for that place.
UrlOf = Callable[[str, str], str]


@dataclass(frozen=True)
class Area:
    """A municipality of today, or a wider area, with the practices found there.

    `available` is how many there would be if no municipality were chosen: like every
    facet, the map counts without its own filter.
    """

    place: Municipality | Region | None
    name: str
    practices: FrozenBitMap
    url: str
    available: int = 0
    selected: bool = False

    @property
    def count(self) -> int:
        return len(self.practices)


def municipality_areas(
    filterset: PracticeFilterSet, searched: FrozenBitMap, found: FrozenBitMap, url_of: UrlOf
) -> list[Area]:
    """Each municipality of today with the practices done there, the merged ones included.

    A practice of a whole region is not counted in each of its municipalities: that is what
    `wide_areas` is for.
    """
    catalogue, gazetteer = filterset.snapshot, filterset.snapshot.gazetteer
    open_to_all = narrowed(filterset, searched, leaving_out="gemeente")
    chosen = set(filterset.selected("gemeente"))
    areas = []
    for municipality in gazetteer.municipalities:
        if gazetteer.current_pk[municipality.pk] != municipality.pk:
            continue
        family = gazetteer.family(municipality)
        here = union(catalogue.linked("municipalities", pk) for pk in family)
        areas.append(
            Area(
                municipality,
                municipality.name,
                FrozenBitMap(here & found),
                url_of("gemeente", municipality.slug),
                available=here.intersection_cardinality(open_to_all),
                selected=any(gazetteer.municipality(pk).slug in chosen for pk in family),
            )
        )
    return areas


def wide_areas(
    catalogue: Snapshot, found: FrozenBitMap, url_of: UrlOf, everywhere_url: str
) -> list[Area]:
    """Regions with the practices that hold in all of them, and the whole country."""
    regional = found & catalogue.regional
    areas = []
    for region in catalogue.gazetteer.regions:
        practices = FrozenBitMap(catalogue.linked("regions", region.pk) & regional)
        if practices:
            areas.append(Area(region, region.name, practices, url_of("regio", region.slug)))
    national = FrozenBitMap(catalogue.national & found)
    if national:
        areas.append(Area(None, cards.NATIONWIDE, national, everywhere_url))
    return areas


def first_titles(areas: Iterable[Area], limit: int = 3) -> dict[int, list[str]]:
    """Municipality -> a few titles, for the map's tooltips. One query."""
    chosen = {area.place.pk: list(islice(area.practices, limit)) for area in areas if area.place}
    wanted = {pk for pks in chosen.values() for pk in pks}
    public = Practice.objects.published().filter(in_keys(wanted))
    titles = dict(public.values_list("pk", "title"))
    # One that was withdrawn a moment ago has no title any more.
    return {pk: sorted(titles[p] for p in pks if p in titles) for pk, pks in chosen.items() if pks}
