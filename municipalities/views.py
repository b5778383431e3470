"""Municipalities as a way into the catalogue."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from municipalities.entry import municipality_context
from municipalities.models import Municipality, OldMunicipalitySlug, Region
from practices import schema_org
from practices.snapshot import snapshot


@require_safe
def municipality_list(request: HttpRequest) -> HttpResponse:
    context = {"groups": _by_region()}
    return render(request, "municipalities/municipality_list.html", context)


def _by_region() -> list[dict[str, Any]]:
    """All municipalities under the region they lie in, with what is done there."""
    catalogue = snapshot()
    gazetteer = catalogue.gazetteer
    groups: dict[Region, list[dict[str, Any]]] = {}
    for municipality in gazetteer.municipalities:
        current = gazetteer.municipality(gazetteer.current_pk[municipality.pk])
        row = {
            "name": municipality.name,
            "url": municipality.get_absolute_url(),
            "count": len(catalogue.in_family(gazetteer.reach_of_municipality(current))),
            "merged_into": None
            if current == municipality
            else {"name": current.name, "url": current.get_absolute_url()},
        }
        groups.setdefault(gazetteer.region(municipality.region_id), []).append(row)
    ordered = sorted(groups.items(), key=lambda item: (item[0].position, item[0].name))
    return [{"region": region, "municipalities": rows} for region, rows in ordered]


@require_safe
def municipality_detail(request: HttpRequest, slug: str) -> HttpResponse:
    municipality = Municipality.objects.with_region().defer("boundary").filter(slug=slug).first()
    if municipality is None:
        old = get_object_or_404(
            OldMunicipalitySlug.objects.select_related("municipality"), slug=slug
        )
        return HttpResponsePermanentRedirect(old.municipality.get_absolute_url())
    context = municipality_context(municipality)
    context["schema_org"] = schema_org.of_municipality(municipality, request.build_absolute_uri)
    return render(request, "municipalities/municipality_detail.html", context)
