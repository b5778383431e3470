"""A rectangle on the map from the address: `bbox=west,south,east,north` in degrees (WGS84)."""

from __future__ import annotations

from math import isfinite
from typing import NamedTuple

LONGEST = 200
EXAMPLE = "Bijvoorbeeld bbox=5.5,50.7,6.3,51.8 (west,zuid,oost,noord)."
# Nobody asks for these latitudes by mistake: Dutch longitudes lie between them.
DUTCH_LONGITUDES = (3.0, 8.0)
DUTCH_LATITUDES = (50.0, 54.0)


class BoundingBoxError(ValueError):
    """The message is for the one who asked."""


class BoundingBox(NamedTuple):
    west: float
    south: float
    east: float
    north: float


def parse_bbox(text: str | None) -> BoundingBox | None:
    """None when none was given. Raises BoundingBoxError when it makes no sense."""
    if text is None:
        return None
    box = _numbers(text)
    if not all(-180 <= x <= 180 for x in (box.west, box.east)) or not all(
        -90 <= y <= 90 for y in (box.south, box.north)
    ):
        raise BoundingBoxError(
            "bbox ligt buiten de wereld: lengte gaat van -180 tot 180 graden, breedte van -90 "
            f"tot 90. {EXAMPLE}"
        )
    if _is_turned(box):
        raise BoundingBoxError(f"In bbox zijn lengte en breedte verwisseld. {EXAMPLE}")
    if box.west >= box.east or box.south >= box.north:
        raise BoundingBoxError(
            f"In bbox moet west kleiner zijn dan oost, en zuid kleiner dan noord. {EXAMPLE}"
        )
    return box


def _numbers(text: str) -> BoundingBox:
    try:
        numbers = [float(part) for part in text[:LONGEST].split(",")]
    except ValueError:
        numbers = []
    if len(numbers) != 4 or not all(map(isfinite, numbers)):
        raise BoundingBoxError(f"bbox heeft vier getallen nodig, met komma's ertussen. {EXAMPLE}")
    return BoundingBox(*numbers)


def _is_turned(box: BoundingBox) -> bool:
    """Latitude first, as on a paper map."""
    return all(DUTCH_LATITUDES[0] <= x <= DUTCH_LATITUDES[1] for x in (box.west, box.east)) and all(
        DUTCH_LONGITUDES[0] <= y <= DUTCH_LONGITUDES[1] for y in (box.south, box.north)
    )
