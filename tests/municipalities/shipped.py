"""The municipalities and figures that the project ships, without the practices."""

from __future__ import annotations

from typing import Any

import yaml
from django.conf import settings

from municipalities.models import Municipality, Region, WelfareFigure


def load() -> None:
    regions: dict[str, Region] = {}
    for row in _rows("regions"):
        parent = regions.get(row.get("parent", ""))
        regions[row["slug"]] = Region.objects.create(
            name=row["name"], slug=row["slug"], kind=row["kind"], parent=parent
        )
    municipalities: dict[str, Municipality] = {}
    for row in _rows("municipalities"):
        municipality = Municipality.objects.create(
            name=row["name"],
            slug=row["slug"],
            code=row["code"],
            region=regions[row["region"]],
            province=regions[row["province"]],
            lat=row["lat"],
            lon=row["lon"],
            valid_from=row.get("valid_from"),
            valid_to=row.get("valid_to"),
            successor=municipalities.get(row.get("successor", "")),
        )
        municipalities[row["slug"]] = municipality
        WelfareFigure.objects.bulk_create(
            WelfareFigure(municipality=municipality, **figure) for figure in row.get("figures", ())
        )


def _rows(name: str) -> list[dict[str, Any]]:
    return yaml.safe_load((settings.CATALOGUE_DIR / f"{name}.yaml").read_text())
