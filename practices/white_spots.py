"""Witte vlekken: what is known of each theme in each place, and where nothing is.

A cell counts what its link finds: `own` are the practices done in the place itself or in
what was merged with it, `wider` those that only cover it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from pyroaring import FrozenBitMap

from municipalities.gazetteer import Reach
from municipalities.models import Municipality
from practices import querystrings
from practices.snapshot import Snapshot, TermRow, snapshot

PER, PER_REGION = "per", "regio"


@dataclass(frozen=True)
class Theme:
    name: str
    url: str
    places_without: int


@dataclass(frozen=True)
class Cell:
    theme: str
    place: str
    own: int
    wider: int
    url: str

    @property
    def is_white(self) -> bool:
        """Nothing of its own: an empty cell, whatever holds for a wider area."""
        return not self.own

    @property
    def label(self) -> str:
        """What its link is called."""
        found = _counted(self.own)
        return f"{self.theme} in {self.place}: {found}{self._wider_in_words}"

    @property
    def _wider_in_words(self) -> str:
        return f", en {self.wider} voor een groter gebied" if self.wider else ""


@dataclass(frozen=True)
class Row:
    place: str
    url: str
    cells: list[Cell]

    @property
    def white(self) -> int:
        return sum(cell.is_white for cell in self.cells)


@dataclass(frozen=True)
class Group:
    """The rows of one region; `name` is empty when the rows are regions themselves."""

    name: str
    rows: list[Row]

    @property
    def cells(self) -> int:
        return sum(len(row.cells) for row in self.rows)

    @property
    def white(self) -> int:
        return sum(row.white for row in self.rows)


@dataclass(frozen=True)
class WhiteSpots:
    per_region: bool
    themes: list[Theme]
    groups: list[Group]

    @property
    def cells(self) -> int:
        return sum(group.cells for group in self.groups)

    @property
    def white(self) -> int:
        return sum(group.white for group in self.groups)


@dataclass(frozen=True)
class _Place:
    name: str
    url: str
    parameter: str
    slug: str
    reach: Reach


def white_spots(data: QueryDict) -> WhiteSpots:
    """Costs what the snapshot costs: one query for its version."""
    catalogue = snapshot()
    per_region = data.get(PER) == PER_REGION
    places = _regions(catalogue) if per_region else _municipalities(catalogue)
    groups = [
        Group(name, [_row(place, catalogue) for place in members]) for name, members in places
    ]
    rows = [row for group in groups for row in group.rows]
    themes = [
        Theme(
            term.name,
            querystrings.filter_url("thema", term.slug),
            sum(row.cells[number].is_white for row in rows),
        )
        for number, term in enumerate(_terms(catalogue))
    ]
    return WhiteSpots(per_region, themes, groups)


def _terms(catalogue: Snapshot) -> Sequence[TermRow]:
    return catalogue.terms["themes"]


def _municipalities(catalogue: Snapshot) -> Iterator[tuple[str, list[_Place]]]:
    """The municipalities of today, under the region they lie in."""
    gazetteer = catalogue.gazetteer
    groups: dict[int, list[Municipality]] = {}
    for municipality in gazetteer.municipalities_of_today:
        groups.setdefault(municipality.region_id, []).append(municipality)
    for region in sorted(
        (gazetteer.region(pk) for pk in groups), key=lambda r: (r.position, r.name)
    ):
        yield (
            region.name,
            [
                _Place(
                    m.name,
                    m.get_absolute_url(),
                    "gemeente",
                    m.slug,
                    gazetteer.reach_of_municipality(m),
                )
                for m in groups[region.pk]
            ],
        )


def _regions(catalogue: Snapshot) -> Iterator[tuple[str, list[_Place]]]:
    """Regions with municipalities in them."""
    gazetteer = catalogue.gazetteer
    reaches = [(region, gazetteer.reach_of_region(region)) for region in gazetteer.regions]
    yield (
        "",
        [
            _Place(r.name, querystrings.filter_url("regio", r.slug), "regio", r.slug, reach)
            for r, reach in reaches
            if reach.municipalities
        ],
    )


def _row(place: _Place, catalogue: Snapshot) -> Row:
    done = FrozenBitMap(catalogue.in_place(place.reach) | catalogue.in_family(place.reach))
    wider = FrozenBitMap(catalogue.covering(place.reach) - done)
    return Row(
        place.name, place.url, [_cell(t, place, done, wider, catalogue) for t in _terms(catalogue)]
    )


def _cell(
    term: TermRow, place: _Place, done: FrozenBitMap, wider: FrozenBitMap, catalogue: Snapshot
) -> Cell:
    about: Any = catalogue.linked("themes", term.pk)
    query = querystrings.build({"thema": [term.slug], place.parameter: [place.slug]})
    return Cell(
        theme=term.name,
        place=place.name,
        own=about.intersection_cardinality(done),
        wider=about.intersection_cardinality(wider),
        url=querystrings.url(reverse("practice_list"), query),
    )


def _counted(number: int) -> str:
    if not number:
        return "geen eigen praktijken"
    return f"{number} {'praktijk' if number == 1 else 'praktijken'}"
