"""The map's data as GeoJSON (RFC 7946: WGS84, longitude first), in three documents.

Counts change with every filter and are small; boundaries are large and change once a year;
pins depend on what part of the map is in sight. Apart, the first two grow with the number
of municipalities only, and the last one not at all. benchmarks/map_payload.py measures.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator

from municipalities.gazetteer import Gazetteer
from municipalities.models import Municipality
from practices.areas import Area, first_titles
from practices.bbox import BoundingBox
from practices.finder import PracticeFinder

MAX_PINS = 300
LONGEST_TITLE = 70

Document = dict[str, Any]


def area_collection(finder: PracticeFinder) -> Document:
    """Each municipality of today at its seat, with its counts. Geometry null: no seat known."""
    titles = first_titles(finder.areas)
    merged = _merged(finder.gazetteer)
    return {
        "type": "FeatureCollection",
        "features": [_area_feature(area, titles, merged) for area in finder.areas],
        "total": finder.total,
        "wide": [
            {"name": area.name, "count": area.count, "url": area.url} for area in finder.wide_areas
        ],
        "placeless": finder.placeless,
    }


def _area_feature(
    area: Area, titles: dict[int, list[str]], merged: dict[int, list[str]]
) -> Document:
    place: Any = area.place
    properties: Document = {
        "kind": "gemeente",
        "code": place.code,
        "name": area.name,
        "slug": place.slug,
        "count": area.count,
        "available": area.available,
        "url": area.url,
        "titles": [Truncator(title).chars(LONGEST_TITLE) for title in titles.get(place.pk, [])],
    }
    if place.pk in merged:
        properties["merged"] = merged[place.pk]
    if area.selected:
        properties["selected"] = True
    return {
        "type": "Feature",
        "id": place.slug,
        "geometry": _point(place.lat, place.lon),
        "properties": properties,
    }


def _merged(gazetteer: Gazetteer) -> dict[int, list[str]]:
    """Municipality of today -> the names in the address of those merged into it."""
    merged: dict[int, list[str]] = {}
    for pk, current in gazetteer.current_pk.items():
        if pk != current:
            merged.setdefault(current, []).append(gazetteer.municipality(pk).slug)
    return merged


def pin_collection(finder: PracticeFinder, box: BoundingBox | None) -> Document:
    """Practices with an exact place, at most MAX_PINS; `left_out` tells how many more."""
    located = finder.queryset.filter(lat__isnull=False)
    if box is not None:
        located = located.filter(lat__range=(box.south, box.north), lon__range=(box.west, box.east))
    columns = ("slug", "title", "location_name", "lat", "lon")
    pins = [_pin(*row) for row in located.order_by("pk").values_list(*columns)[:MAX_PINS]]
    return {
        "type": "FeatureCollection",
        "features": pins,
        "left_out": located.count() - len(pins),
    }


def _pin(slug: str, title: str, place: str, lat: Any, lon: Any) -> Document:
    return {
        "type": "Feature",
        "id": slug,
        "geometry": _point(lat, lon),
        "properties": {
            "kind": "plek",
            "title": title,
            "place": place,
            "url": reverse("practice_detail", args=[slug]),
        },
    }


def _point(lat: Any, lon: Any) -> Document | None:
    if lat is None or lon is None:
        return None
    return {"type": "Point", "coordinates": [float(lon), float(lat)]}


@lru_cache(maxsize=2)
def boundary_document(token: str) -> tuple[str, bytes]:
    """The boundaries of today's municipalities: a fingerprint and GeoJSON.

    Kept per version of the catalogue (its token); the fingerprint changes only when a
    boundary does, so that browsers can keep the document for a year. Empty without any.
    """
    rows = (
        Municipality.objects.existing()
        .filter(boundary__isnull=False)
        .order_by("name")
        .values_list("slug", "boundary")
    )
    features = [
        {"type": "Feature", "id": slug, "geometry": boundary, "properties": {}}
        for slug, boundary in rows
    ]
    if not features:
        return "", b'{"type":"FeatureCollection","features":[]}'
    document = {"type": "FeatureCollection", "features": features}
    encoded = json.dumps(document, separators=(",", ":")).encode()
    return hashlib.sha256(encoded).hexdigest()[:16], encoded
