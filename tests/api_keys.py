"""The keys that a catalogue has, by the name of the parameter or of the list."""

from __future__ import annotations

from municipalities.models import Municipality, Region
from practices.models import Barrier, Instrument, Practice, TargetGroup, Theme


def keys() -> dict[str, list[str]]:
    """Needs at least one of each."""
    municipalities = _slugs(Municipality.objects.all())
    return {
        "praktijken": _slugs(Practice.objects.published()),
        "gemeenten": municipalities,
        "gemeente": municipalities,
        "regio": _slugs(Region.objects.all()),
        "thema": _slugs(Theme.objects.all()),
        "doelgroep": _slugs(TargetGroup.objects.all()),
        "knelpunt": _slugs(Barrier.objects.all()),
        "instrument": _slugs(Instrument.objects.all()),
    }


def _slugs(rows):
    return list(rows.order_by("slug").values_list("slug", flat=True))
