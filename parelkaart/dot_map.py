"""The municipalities as dots: a picture of the region that needs no map service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sqrt

from practices.finder import Area

HEIGHT = 400
MARGIN = 24
SMALLEST, LARGEST = 4, 20


@dataclass(frozen=True)
class Dot:
    x: int
    y: int
    radius: int
    is_empty: bool


@dataclass(frozen=True)
class DotMap:
    width: int
    height: int
    dots: list[Dot]


def dot_map(areas: Sequence[Area]) -> DotMap | None:
    """Areas without a known seat are left out; None when none is left."""
    placed = [area for area in areas if area.place is not None and area.place.lat is not None]
    if not placed:
        return None
    north = max(area.place.lat for area in placed)
    south = min(area.place.lat for area in placed)
    west = min(area.place.lon for area in placed)
    east = max(area.place.lon for area in placed)
    scale = (HEIGHT - 2 * MARGIN) / max(north - south, 0.1)
    # A degree of longitude is shorter than one of latitude.
    squeeze = cos(radians((north + south) / 2)) * scale
    most = max(area.count for area in placed) or 1
    dots = [
        Dot(
            x=round(MARGIN + (area.place.lon - west) * squeeze),
            y=round(MARGIN + (north - area.place.lat) * scale),
            radius=round(SMALLEST + (LARGEST - SMALLEST) * sqrt(area.count / most)),
            is_empty=not area.count,
        )
        for area in placed
    ]
    return DotMap(round(2 * MARGIN + (east - west) * squeeze), HEIGHT, dots)
