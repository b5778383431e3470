"""What the map's script needs to know, printed as JSON into the page."""

from __future__ import annotations

from typing import Any

from django.conf import settings

BOUNDARIES_ATTRIBUTION = "Gemeentegrenzen: CBS en Kadaster (CC BY 4.0)"


def map_config(data_url: str, pins_url: str = "", boundaries_url: str = "") -> dict[str, Any]:
    """An empty address: there is nothing of the kind to ask for."""
    tiles = (
        {"url": settings.MAP_TILES_URL, "attribution": settings.MAP_TILES_ATTRIBUTION}
        if settings.MAP_TILES_URL
        else None
    )
    return {
        "dataUrl": data_url,
        "pinsUrl": pins_url,
        "boundariesUrl": boundaries_url,
        "boundariesAttribution": BOUNDARIES_ATTRIBUTION,
        "extent": list(settings.MAP_EXTENT),
        "tiles": tiles,
    }
