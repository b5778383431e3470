"""The list that says the same as the map: practices under the place they belong to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from django.urls import reverse

from municipalities.models import Municipality
from practices.finder import Area, PracticeFinder
from practices.keysets import in_keys
from practices.models import Practice

# Per place; the rest is one link away. With all 350 municipalities the page stays readable.
MOST, LEAST, IN_ALL = 10, 3, 600


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
    shown = {
        area.name: list(islice(area.practices, limit))
        for area in (*areas, *finder.wide_areas, unplaced)
    }
    links = _links(pk for pks in shown.values() for pk in pks)

    def group(area: Area, anchor: str) -> Group:
        practices = [links[pk] for pk in shown[area.name] if pk in links]
        practices.sort(key=lambda link: link["title"].casefold())
        left_out = area.count - len(practices)
        place_url = area.place.get_absolute_url() if isinstance(area.place, Municipality) else ""
        return Group(anchor, area.name, area.count, area.url, place_url, left_out, practices)

    return Groups(
        wide=[group(area, f"overal-{_slug(area)}") for area in finder.wide_areas],
        municipalities=[group(area, f"in-{_slug(area)}") for area in areas],
        empty=[area.name for area in finder.areas if not area.count],
        placeless=group(unplaced, "plaats-niet-bekend") if unplaced.count else None,
    )


def _slug(area: Area) -> str:
    return area.place.slug if area.place is not None else "nederland"


def _links(pks: Iterable[int]) -> dict[int, dict[str, str]]:
    public = Practice.objects.published().filter(in_keys(set(pks)))
    return {
        pk: {"title": title, "url": reverse("practice_detail", args=[slug])}
        for pk, slug, title in public.values_list("pk", "slug", "title")
    }
