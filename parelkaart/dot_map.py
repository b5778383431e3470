"""The municipalities as dots: a picture of the region that needs no map service."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import cos, radians, sqrt

# Latitude, longitude (WGS84) and number of practices.
Place = tuple[Decimal | float | None, Decimal | float | None, int]

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


def dot_map(places: Iterable[Place]) -> DotMap | None:
    """Places of which we do not know where are left out; None when none is left."""
    placed = [
        (float(lat), float(lon), count)
        for lat, lon, count in places
        if lat is not None and lon is not None
    ]
    if not placed:
        return None
    lats, lons, counts = zip(*placed, strict=True)
    north, south, west, east = max(lats), min(lats), min(lons), max(lons)
    scale = (HEIGHT - 2 * MARGIN) / max(north - south, 0.1)
    # A degree of longitude is shorter than one of latitude.
    squeeze = cos(radians((north + south) / 2)) * scale
    most = max(counts) or 1
    dots = [
        Dot(
            x=round(MARGIN + (lon - west) * squeeze),
            y=round(MARGIN + (north - lat) * scale),
            radius=round(SMALLEST + (LARGEST - SMALLEST) * sqrt(count / most)),
            is_empty=not count,
        )
        for lat, lon, count in placed
    ]
    return DotMap(round(2 * MARGIN + (east - west) * squeeze), HEIGHT, dots)
