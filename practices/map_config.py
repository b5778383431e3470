"""What the map's script needs to know, printed as JSON into the page."""

from __future__ import annotations

from typing import Any

from django.conf import settings


def map_config(data_url: str) -> dict[str, Any]:
    tiles = (
        {"url": settings.MAP_TILES_URL, "attribution": settings.MAP_TILES_ATTRIBUTION}
        if settings.MAP_TILES_URL
        else None
    )
    return {"dataUrl": data_url, "extent": list(settings.MAP_EXTENT), "tiles": tiles}
