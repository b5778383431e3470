"""What the page of a municipality shows."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.urls import reverse
from pyroaring import AbstractBitMap, BitMap

from municipalities.borders import borders
from municipalities.charts import bar_chart
from municipalities.figures import FigureTable, figure_table
from municipalities.mirror import Likeness, Mirror
from municipalities.models import Municipality
from municipalities.neighbours import locator, neighbours
from practices.cards import dress
from practices.enums import AdoptionState, Evidence
from practices.filters import SortOrder
from practices.listing import PracticeList
from practices.models import Adoption, Practice
from practices.querystrings import build, filter_url, url
from practices.snapshot import Snapshot, SortKey, snapshot

# Shown as most alike; asked for what they do; and at most so many of their practices.
MIRRORS, ASKED, IDEAS = 5, 10, 6


def municipality_context(municipality: Municipality) -> dict[str, Any]:
    """A merged municipality shows its own figures and practices; its neighbours and mirrors
    are those of the municipality of today.
    """
    catalogue = snapshot()
    gazetteer = catalogue.gazetteer
    reach = gazetteer.reach_of_municipality(municipality)
    own = catalogue.in_place(reach)
    here = own | catalogue.in_family(reach)
    wide = catalogue.covering(reach) - here
    current = gazetteer.municipality(gazetteer.current_pk[municipality.pk])
    family = [gazetteer.municipality(pk) for pk in reach.family]
    merged = sorted((m for m in family if m != current), key=lambda m: m.name)
    figures = figure_table([municipality, *(merged if current == municipality else [])])
    map_of = borders(catalogue.token)
    adoptions = list(
        Adoption.objects.filter(
            municipality__in=reach.family, practice__in=Practice.objects.published()
        ).select_related("practice", "municipality")
    )
    tried = [a.practice_id for a in adoptions if a.state != AdoptionState.CONSIDERING]
    mirror = Mirror.load(gazetteer)
    mirrors = mirror.ranked(current.pk)[:ASKED]
    return {
        "municipality": municipality,
        "today": current,
        "current": None if current == municipality else current,
        "predecessors": merged if current == municipality else [],
        "figures": figures,
        "chart": _chart(municipality, figures),
        "own": _cards(_by_title(catalogue, here if current == municipality else own)),
        "family": _cards(_by_title(catalogue, here - own)) if current != municipality else [],
        "wide": _cards(_by_title(catalogue, wide)),
        "adoptions": adoptions,
        "locator": locator(municipality, gazetteer, map_of),
        "neighbours": neighbours(current.pk, gazetteer, map_of),
        "mirrors": mirrors[:MIRRORS],
        "has_figures": mirror.has_figures(current.pk),
        "ideas": _cards(_ideas(catalogue, mirrors, here | wide | BitMap(tried))),
        "finder_url": filter_url("gemeente", municipality.slug),
        "map_url": filter_url("gemeente", municipality.slug, "practice_map"),
        "like_url": url(
            reverse("practice_list"),
            build({"volgorde": [SortOrder.LIKENESS], "zoals": [current.slug]}),
        ),
    }


def _chart(municipality: Municipality, figures: FigureTable) -> Any:
    if figures.line is None:
        return None
    return bar_chart(f"Mensen met bijstand in {municipality.name}", figures.years, figures.line)


def _by_title(catalogue: Snapshot, practices: AbstractBitMap) -> Iterable[int]:
    return (pk for pk in catalogue.orders[SortKey.TITLE] if pk in practices)


def _cards(pks: Iterable[int]) -> list[Any]:
    return [dress(practice) for practice in PracticeList(list(pks))]


def _ideas(catalogue: Snapshot, mirrors: list[Likeness], known: AbstractBitMap) -> Iterable[int]:
    """What is done in the most similar municipalities and not here, with most proof first."""

    def walk() -> Iterable[int]:
        seen = BitMap(known)
        for mirror in mirrors:
            reach = catalogue.gazetteer.reach_of_municipality(mirror.municipality)
            done = catalogue.in_family(reach) - seen
            for level in sorted(Evidence, reverse=True):
                yield from _by_title(
                    catalogue, done & catalogue.with_value("evidence_level", level)
                )
            seen |= done

    return islice(walk(), IDEAS)
