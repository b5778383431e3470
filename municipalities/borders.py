"""What the boundaries of today tell: who lies next to whom, and what a municipality looks like.

Boundaries are large, so what pages need of them is worked out once for each version of the
catalogue.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import cos, radians
from typing import Any

from municipalities.models import Municipality

# One shared point is a corner, not a border.
SHARED_POINTS = 2
# Drawing units for a degree of latitude: one is some 280 metres, less than a pixel.
SCALE = 400
NORTH, WEST = 53.7, 3.2
EAST_WEST = cos(radians(52))

Point = tuple[int, int]


@dataclass(frozen=True)
class Shape:
    """A boundary as the path of an SVG, in the units of `drawn`."""

    path: str
    west: int
    north: int
    east: int
    south: int


@dataclass(frozen=True)
class Borders:
    """`shapes` and `beside` by the primary key of a municipality of today."""

    shapes: dict[int, Shape]
    beside: dict[int, frozenset[int]]


_cached: tuple[str, Borders] | None = None


def borders(token: str) -> Borders:
    """Costs a query the first time for each version of the catalogue."""
    global _cached  # noqa: PLW0603 - one per process, replaced as a whole
    if _cached is None or not token or _cached[0] != token:
        rows = Municipality.objects.filter(boundary__isnull=False, successor__isnull=True)
        boundaries = list(rows.values_list("pk", "boundary"))
        shapes = {pk: _shape(boundary) for pk, boundary in boundaries}
        _cached = (token, Borders(shapes, beside(boundaries)))
    return _cached[1]


def beside(boundaries: Iterable[tuple[int, Any]]) -> dict[int, frozenset[int]]:
    """Municipality -> those it shares a border with.

    Boundaries are stored on one grid, so neighbours have the same points.
    """
    owners: dict[tuple[float, float], set[int]] = defaultdict(set)
    found: dict[int, set[int]] = {}
    for pk, boundary in boundaries:
        found[pk] = set()
        for ring in _rings(boundary):
            for lon, lat in ring:
                owners[lon, lat].add(pk)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for pks in owners.values():
        for pair in combinations(sorted(pks), 2):
            shared[pair] += 1
    for (one, other), number in shared.items():
        if number >= SHARED_POINTS:
            found[one].add(other)
            found[other].add(one)
    return {pk: frozenset(others) for pk, others in found.items()}


def drawn(lat: Any, lon: Any) -> Point:
    """A place on the drawing: x to the east, y to the south."""
    return round((float(lon) - WEST) * EAST_WEST * SCALE), round((NORTH - float(lat)) * SCALE)


def _rings(boundary: Any) -> list[list[list[float]]]:
    return [ring for polygon in boundary["coordinates"] for ring in polygon]


def _shape(boundary: Any) -> Shape:
    rings = [_without_repeats([drawn(lat, lon) for lon, lat in r]) for r in _rings(boundary)]
    xs, ys = zip(*(point for ring in rings for point in ring), strict=True)
    path = "".join(map(_path, rings))
    return Shape(path, min(xs), min(ys), max(xs), max(ys))


def _without_repeats(points: list[Point]) -> list[Point]:
    return points[:1] + [point for before, point in pairwise(points) if point != before]


def _path(ring: list[Point]) -> str:
    """Steps from point to point: half as long as coordinates."""
    steps = " ".join(f"{x - a} {y - b}" for (a, b), (x, y) in pairwise(ring[:-1]))
    return f"M{ring[0][0]} {ring[0][1]}l{steps}z" if steps else ""
