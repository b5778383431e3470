"""System checks: settings that would only fail in front of a visitor."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import Error, register

PLACEHOLDERS = ("{z}", "{x}", "{y}")


@register()
def check_map_tiles(**kwargs: Any) -> list[Error]:
    url = settings.MAP_TILES_URL
    if not url or (url.startswith("https://") and all(part in url for part in PLACEHOLDERS)):
        return []
    return [
        Error(
            f"MAP_TILES_URL is not an address of map tiles: {url!r}.",
            hint="It starts with https:// and contains {z}, {x} and {y}, or it is empty.",
            id="parelkaart.E001",
        )
    ]


@register()
def check_map_extent(**kwargs: Any) -> list[Error]:
    west, south, east, north = settings.MAP_EXTENT
    if west < east and south < north:
        return []
    return [
        Error(
            f"MAP_EXTENT is empty or turned around: {settings.MAP_EXTENT}.",
            hint="Give west,south,east,north in degrees, for example 5.55,50.74,6.25,51.79.",
            id="parelkaart.E002",
        )
    ]
