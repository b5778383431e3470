"""Municipalities as a way into the catalogue."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from pyroaring import AbstractBitMap

from municipalities.figures import figure_table
from municipalities.models import Municipality, Region
from practices.cards import dress
from practices.finder import PracticeFinder
from practices.listing import PracticeList
from practices.map_config import map_config
from practices.models import Adoption, Practice
from practices.querystrings import filter_url
from practices.snapshot import Snapshot, SortKey, snapshot


@require_safe
def municipality_list(request: HttpRequest) -> HttpResponse:
    context = {"groups": _by_region()}
    return render(request, "municipalities/municipality_list.html", context)


def _by_region() -> list[dict[str, Any]]:
    """All municipalities under the region they lie in, with what is done there."""
    catalogue = snapshot()
    gazetteer = catalogue.gazetteer
    groups: dict[Region, list[dict[str, Any]]] = {}
    for municipality in gazetteer.municipalities:
        current = gazetteer.municipality(gazetteer.current_pk[municipality.pk])
        row = {
            "name": municipality.name,
            "url": municipality.get_absolute_url(),
            "count": len(catalogue.in_family(gazetteer.reach_of_municipality(current))),
            "merged_into": None
            if current == municipality
            else {"name": current.name, "url": current.get_absolute_url()},
        }
        groups.setdefault(gazetteer.region(municipality.region_id), []).append(row)
    ordered = sorted(groups.items(), key=lambda item: (item[0].position, item[0].name))
    return [{"region": region, "municipalities": rows} for region, rows in ordered]


@require_safe
def municipality_detail(request: HttpRequest, slug: str) -> HttpResponse:
    municipality = get_object_or_404(
        Municipality.objects.with_region().defer("boundary"), slug=slug
    )
    catalogue = snapshot()
    gazetteer = catalogue.gazetteer
    reach = gazetteer.reach_of_municipality(municipality)
    here = catalogue.in_place(reach) | catalogue.in_family(reach)
    family = [gazetteer.municipality(pk) for pk in reach.family]
    current = gazetteer.municipality(gazetteer.current_pk[municipality.pk])
    merged = sorted((m for m in family if m != current), key=lambda m: m.name)
    finder = PracticeFinder(QueryDict(f"gemeente={municipality.slug}"))
    context = {
        "municipality": municipality,
        "current": None if current == municipality else current,
        "predecessors": merged if current == municipality else [],
        "figures": figure_table(
            [municipality, *merged] if current == municipality else [municipality]
        ),
        "own": _by_title(catalogue, here),
        "wide": _by_title(catalogue, catalogue.covering(reach) - here),
        "adoptions": Adoption.objects.filter(
            municipality__in=reach.family, practice__in=Practice.objects.published()
        ).select_related("practice", "municipality"),
        "finder_url": filter_url("gemeente", municipality.slug),
        "map_config": map_config(finder.geojson_url),
    }
    return render(request, "municipalities/municipality_detail.html", context)


def _by_title(catalogue: Snapshot, practices: AbstractBitMap) -> list[Any]:
    order = catalogue.orders[SortKey.TITLE]
    return [dress(practice) for practice in PracticeList([pk for pk in order if pk in practices])]
