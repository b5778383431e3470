"""The map's data: areas with counts, and pins for practices with an exact place."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from municipalities.models import Municipality
from practices.finder import Area, PracticeFinder
from practices.keysets import in_keys
from practices.models import Practice

MAX_PINS = 500


def feature_collection(finder: PracticeFinder) -> dict[str, Any]:
    """GeoJSON (WGS84, longitude first). Areas without a shape or seat are left out."""
    titles = finder.first_titles()
    boundaries = dict(
        Municipality.objects.filter(boundary__isnull=False).values_list("pk", "boundary")
    )
    areas = [_area_feature(area, titles, boundaries) for area in finder.areas]
    return {
        "type": "FeatureCollection",
        "features": [feature for feature in areas if feature] + _pins(finder),
        "total": finder.total,
        "wide": [
            {"name": area.name, "count": area.count, "url": area.url} for area in finder.wide_areas
        ],
        "placeless": finder.placeless,
    }


def _area_feature(
    area: Area, titles: dict[int, list[str]], boundaries: dict[int, Any]
) -> dict[str, Any] | None:
    place = area.place
    if not isinstance(place, Municipality):
        return None
    geometry = boundaries.get(place.pk) or _point(place.lat, place.lon)
    if geometry is None:
        return None
    return {
        "type": "Feature",
        "id": f"gemeente-{place.slug}",
        "geometry": geometry,
        "properties": {
            "kind": "gemeente",
            "name": area.name,
            "slug": place.slug,
            "count": area.count,
            "url": area.url,
            "titles": titles.get(place.pk, []),
        },
    }


def _pins(finder: PracticeFinder) -> list[dict[str, Any]]:
    located = Practice.objects.published().filter(in_keys(finder.found), lat__isnull=False)
    located = located.order_by("pk")
    columns = ("slug", "title", "location_name", "lat", "lon")
    return [
        {
            "type": "Feature",
            "id": f"plek-{slug}",
            "geometry": _point(lat, lon),
            "properties": {
                "kind": "plek",
                "title": title,
                "place": place,
                "url": reverse("practice_detail", args=[slug]),
            },
        }
        for slug, title, place, lat, lon in located.values_list(*columns)[:MAX_PINS]
    ]


def _point(lat: Any, lon: Any) -> dict[str, Any] | None:
    if lat is None or lon is None:
        return None
    return {"type": "Point", "coordinates": [float(lon), float(lat)]}
