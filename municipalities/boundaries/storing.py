"""Checked boundaries -> the municipalities they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from municipalities.boundaries.reading import Boundary
from municipalities.models import Municipality


@dataclass
class StoreReport:
    """Names of municipalities, and codes that no municipality has.

    `kept`: did not exist in the year of the file, so keep the boundary they have.
    """

    stored: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


@transaction.atomic
def store_boundaries(boundaries: Sequence[Boundary], year: int) -> StoreReport:
    """`year` counts for boundaries that do not tell their own. Others are left as they are."""
    by_code = {m.code: m for m in Municipality.objects.defer("boundary").order_by("name")}
    report = StoreReport()
    changed = []
    for boundary in boundaries:
        municipality = by_code.get(boundary.code)
        if municipality is None:
            report.unknown.append(boundary.code)
        elif not _existed(municipality, boundary.year or year):
            report.kept.append(municipality.name)
        else:
            municipality.boundary = boundary.geometry
            changed.append(municipality)
    Municipality.objects.bulk_update(changed, ["boundary"], batch_size=100)
    report.stored = sorted(municipality.name for municipality in changed)
    bare = Municipality.objects.existing().filter(boundary__isnull=True)
    report.missing = list(bare.values_list("name", flat=True))
    return report


def _existed(municipality: Municipality, year: int) -> bool:
    """CBS divides the country as it is on 1 January."""
    day = date(year, 1, 1)
    begun = municipality.valid_from is None or municipality.valid_from <= day
    return begun and (municipality.valid_to is None or municipality.valid_to > day)
