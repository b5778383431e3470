"""The list that says the same as the map: practices under the place they belong to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, islice

from django.urls import reverse

from municipalities.models import Municipality
from practices.areas import Area
from practices.finder import PracticeFinder
from practices.keysets import in_keys
from practices.models import Practice

# Per municipality; the rest is one link away. With all 350 of them the page stays readable.
MOST, LEAST, IN_ALL = 10, 3, 600
# No filter finds exactly those of a wider area, so here the list shows more of them.
MOST_WIDE = 50


@dataclass(frozen=True)
class Group:
    """`url` is the list of this place; `left_out` practices are only there."""

    anchor: str
    name: str
    count: int
    url: str
    place_url: str
    left_out: int
    practices: list[dict[str, str]]


@dataclass(frozen=True)
class Groups:
    wide: list[Group]
    municipalities: list[Group]
    empty: list[str]
    placeless: Group | None


def build_groups(finder: PracticeFinder) -> Groups:
    """One query, whatever the number of places and practices."""
    areas = [area for area in finder.areas if area.count]
    limit = max(LEAST, min(MOST, IN_ALL // max(1, len(areas))))
    unplaced = Area(None, "Plaats niet bekend", finder.placeless_practices, finder.list_url)
    shown = {f"in-{_slug(area)}": (area, limit) for area in areas}
    shown |= {f"overal-{_slug(area)}": (area, MOST_WIDE) for area in finder.wide_areas}
    shown["plaats-niet-bekend"] = (unplaced, MOST_WIDE)
    first = {anchor: list(islice(area.practices, most)) for anchor, (area, most) in shown.items()}
    links = _links(chain.from_iterable(first.values()))
    groups = {
        anchor: _group(anchor, area, [links[pk] for pk in first[anchor] if pk in links])
        for anchor, (area, _) in shown.items()
    }
    return Groups(
        wide=[group for anchor, group in groups.items() if anchor.startswith("overal-")],
        municipalities=[group for anchor, group in groups.items() if anchor.startswith("in-")],
        empty=[area.name for area in finder.areas if not area.count],
        placeless=groups["plaats-niet-bekend"] if unplaced.count else None,
    )


def _group(anchor: str, area: Area, practices: list[dict[str, str]]) -> Group:
    return Group(
        anchor,
        area.name,
        area.count,
        area.url,
        area.place.get_absolute_url() if isinstance(area.place, Municipality) else "",
        area.count - len(practices),
        sorted(practices, key=lambda link: link["title"].casefold()),
    )


def _slug(area: Area) -> str:
    return area.place.slug if area.place is not None else "nederland"


def _links(pks: Iterable[int]) -> dict[int, dict[str, str]]:
    public = Practice.objects.published().filter(in_keys(set(pks)))
    return {
        pk: {"title": title, "url": reverse("practice_detail", args=[slug])}
        for pk, slug, title in public.values_list("pk", "slug", "title")
    }
