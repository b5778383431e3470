"""GeoJSON -> checked boundaries. Knows nothing of the database.

Each line is stored on a grid of about ten metres: coordinates rounded to DECIMALS, repeated
points left out. Neighbours share their points, so rounding leaves no gaps between them, as
simplifying each area for itself would (docs/adr/0010). The generalised boundaries of CBS
have some 40 points a municipality; with detailed ones the map would become slow, so those
are refused.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from municipalities.coordinates import LATITUDE_RANGE, LONGITUDE_RANGE

DECIMALS = 4
MOST_POINTS = 2000
CODE_PROPERTIES = ("statcode", "identificatie", "code")
YEAR_PROPERTY = "jaarcode"

Ring = list[list[float]]
Polygons = list[list[Ring]]


class BoundaryError(ValueError):
    """What is wrong with a file, in words for the one who imports it."""


@dataclass(frozen=True)
class Boundary:
    """`year` is None when the file does not tell of which year it is."""

    code: str
    year: int | None
    polygons: Polygons

    @property
    def geometry(self) -> dict[str, Any]:
        return {"type": "MultiPolygon", "coordinates": self.polygons}


def read_boundaries(content: bytes, year: int | None = None) -> list[Boundary]:
    """All boundaries in the file, or those of one year. Raises BoundaryError for any fault."""
    features = [
        (number, feature, _year(feature))
        for number, feature in enumerate(_features(content), start=1)
    ]
    years = sorted({found for _, _, found in features if found is not None})
    if year is None and len(years) > 1:
        raise BoundaryError(
            f"Er staan grenzen van meer jaren in: {_listed(years)}. Kies er één met --jaar."
        )
    if year is not None and years and year not in years:
        raise BoundaryError(f"Er staan geen grenzen van {year} in, wel van {_listed(years)}.")
    boundaries = [
        _boundary(number, feature, found)
        for number, feature, found in features
        if year is None or found in (None, year)
    ]
    _refuse_repeats(boundaries)
    return boundaries


def _features(content: bytes) -> list[Any]:
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise BoundaryError(f"Dit is geen JSON ({error}).") from error
    features = document.get("features") if isinstance(document, dict) else None
    if document is None or not isinstance(features, list):
        raise BoundaryError("Dit is geen GeoJSON: er is geen lijst 'features'.")
    if not features:
        raise BoundaryError("Er staat geen enkel gebied in.")
    if "28992" in json.dumps(document.get("crs")):
        raise BoundaryError(_RD)
    return features


_RD = (
    "De coördinaten zijn in RD-meters (Rijksdriehoeksstelsel, EPSG:28992). De kaart werkt met "
    "graden (WGS84). Kies bij het downloaden EPSG:4326 of CRS84."
)


def _listed(years: list[int]) -> str:
    return ", ".join(map(str, years))


def _properties(feature: Any) -> dict[str, Any]:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    return properties if isinstance(properties, dict) else {}


def _year(feature: Any) -> int | None:
    text = str(_properties(feature).get(YEAR_PROPERTY, ""))
    return int(text) if re.fullmatch(r"[1-9]\d{3}", text, re.ASCII) else None


def _boundary(number: int, feature: Any, year: int | None) -> Boundary:
    code = _code(number, feature)
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise BoundaryError(f"{code} is geen vlak (Polygon of MultiPolygon) maar {kind}.")
    coordinates = geometry.get("coordinates")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    checked = [_polygon(code, polygon) for polygon in _list(code, polygons)]
    kept = [polygon for polygon in checked if polygon]
    if not kept:
        raise BoundaryError(f"{code} heeft geen oppervlak.")
    points = sum(len(ring) for polygon in kept for ring in polygon)
    if points > MOST_POINTS:
        raise BoundaryError(
            f"De grens van {code} heeft {points} punten. Dat is te gedetailleerd voor de kaart. "
            "Gebruik de gegeneraliseerde grenzen van het CBS."
        )
    return Boundary(code, year, kept)


def _code(number: int, feature: Any) -> str:
    properties = _properties(feature)
    for name in CODE_PROPERTIES:
        text = str(properties.get(name) or "").strip().upper()
        if re.fullmatch(r"(GM)?\d{4}", text, re.ASCII):
            return text if text.startswith("GM") else f"GM{text}"
    raise BoundaryError(
        f"Gebied {number} heeft geen CBS-code zoals GM0983. "
        f"Die hoort te staan bij {', '.join(CODE_PROPERTIES)}."
    )


def _list(code: str, value: Any) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise BoundaryError(f"De grens van {code} is leeg of heeft niet de vorm van GeoJSON.")
    return value


def _polygon(code: str, polygon: Any) -> list[Ring]:
    """On the grid; empty when its outer ring is too small to be seen."""
    rings = [_on_grid(_ring(code, ring)) for ring in _list(code, polygon)]
    return [ring for ring in rings if ring] if rings[0] else []


def _ring(code: str, ring: Any) -> Ring:
    points = [_point(code, position) for position in _list(code, ring)]
    if len(points) < 4 or points[0] != points[-1]:
        raise BoundaryError(
            f"De grens van {code} is niet gesloten: het laatste punt is niet gelijk aan het eerste."
        )
    return points


def _point(code: str, position: Any) -> list[float]:
    numbers = position[:2] if isinstance(position, list) else []
    if len(numbers) != 2 or not all(type(number) in (int, float) for number in numbers):
        raise BoundaryError(
            f"De grens van {code} heeft een punt dat geen punt is: {position!r:.60}."
        )
    lon, lat = numbers
    if _inside(lon, LONGITUDE_RANGE) and _inside(lat, LATITUDE_RANGE):
        return [lon, lat]
    if _inside(lon, (0, 300_000)) and _inside(lat, (300_000, 630_000)):
        raise BoundaryError(_RD)
    if _inside(lat, LONGITUDE_RANGE) and _inside(lon, LATITUDE_RANGE):
        raise BoundaryError(f"Bij {code} zijn lengte en breedte verwisseld. Eerst hoort de lengte.")
    raise BoundaryError(f"De grens van {code} ligt niet in Nederland: lengte {lon}, breedte {lat}.")


def _inside(number: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= number <= bounds[1]


def _on_grid(ring: Ring) -> Ring:
    rounded = [[round(lon, DECIMALS), round(lat, DECIMALS)] for lon, lat in ring]
    kept = rounded[:1] + [point for before, point in pairwise(rounded) if point != before]
    return kept if len(kept) >= 4 else []


def _refuse_repeats(boundaries: list[Boundary]) -> None:
    seen: set[str] = set()
    for boundary in boundaries:
        if boundary.code in seen:
            raise BoundaryError(f"{boundary.code} staat er meer dan één keer in.")
        seen.add(boundary.code)
