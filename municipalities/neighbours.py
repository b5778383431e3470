"""Which municipalities lie next to one, and a small map of where it lies itself."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

from municipalities.borders import Borders, Point, drawn
from municipalities.gazetteer import Gazetteer
from municipalities.models import Municipality

NEAREST = 5
MARGIN = 12


@dataclass(frozen=True)
class Neighbours:
    """`by_border` is False when only the distance between the town halls is known."""

    municipalities: list[Municipality]
    by_border: bool


def neighbours(pk: int, gazetteer: Gazetteer, borders: Borders) -> Neighbours:
    """Of a municipality of today: by border when it is known, else the nearest town halls."""
    if bordering := borders.beside.get(pk):
        found = [gazetteer.municipality(other) for other in bordering]
        return Neighbours(sorted(found, key=lambda m: m.name), by_border=True)
    return Neighbours(_nearest(pk, gazetteer), by_border=False)


def _nearest(pk: int, gazetteer: Gazetteer) -> list[Municipality]:
    seats = _seats(gazetteer.municipalities_of_today)
    here = seats.pop(pk, None)
    if here is None:
        return []
    by_distance = sorted(
        (hypot(x - here[0], y - here[1]), gazetteer.municipality(other).name, other)
        for other, (x, y) in seats.items()
    )
    return [gazetteer.municipality(other) for _, _, other in by_distance[:NEAREST]]


def _seats(municipalities: list[Municipality]) -> dict[int, Point]:
    return {m.pk: drawn(m.lat, m.lon) for m in municipalities if m.lat is not None}


@dataclass(frozen=True)
class Locator:
    """The municipalities of a province as paths or, without boundaries, as dots."""

    view_box: str
    others: list[str]
    here: str
    dots: list[Point]
    seat: Point | None


def locator(municipality: Municipality, gazetteer: Gazetteer, borders: Borders) -> Locator | None:
    """None when nothing is known about where it is."""
    current = gazetteer.current_pk[municipality.pk]
    province = [
        m for m in gazetteer.municipalities_of_today if m.province_id == municipality.province_id
    ]
    shapes = {m.pk: borders.shapes[m.pk] for m in province if m.pk in borders.shapes}
    seat = _seats([municipality]).get(municipality.pk)
    if current not in shapes and seat is None:
        return None
    dots = [] if shapes else list(_seats([m for m in province if m.pk != current]).values())
    points = [*dots, *([seat] if seat else [])]
    for shape in shapes.values():
        points += [(shape.west, shape.north), (shape.east, shape.south)]
    here = shapes.pop(current, None)
    return Locator(
        _view_box(points),
        [shape.path for shape in shapes.values()],
        here.path if here else "",
        dots,
        seat,
    )


def _view_box(points: list[Point]) -> str:
    xs, ys = zip(*points, strict=True)
    west, north = min(xs) - MARGIN, min(ys) - MARGIN
    return f"{west} {north} {max(xs) - west + MARGIN} {max(ys) - north + MARGIN}"
