"""Every page whose questions to the database are looked at; runs in the site's own process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.test import Client
from django.urls import reverse

from municipalities.models import Municipality
from practices.facets import FACETS
from practices.filters import SortOrder
from practices.models import OldSlug, Practice, Suggestion, Theme

PRACTICES, MAP = "/praktijken/", "/kaart/"
ADMIN = "/beheer/practices/practice/"
VISITOR, CHIEF, EDITOR = "visitor", "chief", "editor"


@dataclass(frozen=True)
class Page:
    who: str
    name: str
    address: str


def visitors() -> Iterator[Page]:
    place = Municipality.objects.filter(practices__isnull=False).order_by("pk")[0].slug
    theme = Theme.objects.filter(practices__isnull=False).order_by("pk")[0].slug
    practice = Practice.objects.published().filter(slug__startswith="gen-").order_by("pk")[0].slug
    other = Practice.objects.published().order_by("-pk")[0].slug
    addresses = {
        "home": "/",
        "list": PRACTICES,
        "list, page 100": f"{PRACTICES}?pagina=100",
        "list, words": f"{PRACTICES}?q=taal+werk",
        "list, words that find nothing": f"{PRACTICES}?q=xyzzyx",
        "list, like a municipality": f"{PRACTICES}?zoals={place}",
        "map": f"{MAP}?thema={theme}",
        "map in another page": "/embed/kaart/",
        "areas": f"/praktijken.geojson?thema={theme}",
        "pins": "/praktijken-pins.geojson?bbox=5.5,50.7,6.3,51.8",
        "borders": "/gemeentegrenzen.geojson",
        "feed": "/praktijken.atom",
        "entry": f"{PRACTICES}{practice}/",
        "entry at an old address": f"{PRACTICES}{OldSlug.objects.order_by('pk')[0].slug}/",
        "entry that is not there": f"{PRACTICES}bestaat-niet/",
        "entry as data": f"{PRACTICES}{practice}/gegevens.jsonld",
        "form for a correction": f"{PRACTICES}{practice}/meld-een-fout/",
        "selection": f"/selectie/?praktijk={practice}&praktijk={other}",
        "comparison": f"/vergelijken/?praktijk={practice}&praktijk={other}",
        "note": f"/notitie/?praktijk={practice}",
        "municipalities": "/gemeenten/",
        "municipality": f"/gemeenten/{place}/",
        "barriers": "/knelpunten/",
        "numbers": "/cijfers/",
        "white spots": "/witte-vlekken/",
        "wanted": "/gezocht/",
        "suggestions": "/suggesties/?q=taa",
        "form for a proposal": "/praktijk-voorstellen/",
        "catalogue as data": "/catalogus.ttl",
        "sitemap": "/sitemap.xml",
        "API: list": "/api/v1/praktijken?thema=" + theme,
        "API: words": "/api/v1/praktijken?q=taal+werk",
        "API: entry": f"/api/v1/praktijken/{practice}",
        "API: municipalities": "/api/v1/gemeenten",
        "API: municipality": f"/api/v1/gemeenten/{place}",
        "API: themes": "/api/v1/themas",
        "API: suggestions": "/api/v1/zoeksuggesties?q=taa",
    }
    yield from (Page(VISITOR, name, address) for name, address in addresses.items())
    yield from _lists()


def _lists() -> Iterator[Page]:
    from practices.filters import PracticeFilterSet  # noqa: PLC0415 - what it needs is in use
    from practices.snapshot import snapshot  # noqa: PLC0415 - the same

    filters = PracticeFilterSet({}, queryset=Practice.objects.published(), snapshot=snapshot())
    for name in FACETS:
        option = filters.options(name)[0].value
        yield Page(VISITOR, f"list, filter {name}", f"{PRACTICES}?{urlencode({name: option})}")
    for order in SortOrder.LABELS:
        question = {"volgorde": order, "thema": filters.options("thema")[0].value}
        yield Page(VISITOR, f"list, order {order}", f"{PRACTICES}?{urlencode(question)}")


def editors() -> Iterator[Page]:
    """The redacteur works for the first municipality (surroundings.py)."""
    place = Municipality.objects.order_by("pk")[0]
    entry = Practice.objects.filter(owner=place).order_by("-pk")[0].pk
    suggestion = Suggestion.objects.order_by("pk")[0].pk
    addresses = {
        "first page": "/beheer/",
        "work list": f"{ADMIN}werklijst/",
        "work list of a municipality": f"{ADMIN}werklijst/?gemeente={place.slug}",
        "entry": f"{ADMIN}{entry}/change/",
        "filling in": f"{ADMIN}{entry}/aanvullen/",
        "history": f"{ADMIN}{entry}/history/",
        "deleting": f"{ADMIN}{entry}/delete/",
        "suggestion": f"/beheer/practices/suggestion/{suggestion}/change/",
        "preview": Practice.objects.filter(state="concept").order_by("pk")[0].get_absolute_url(),
    }
    for who in (CHIEF, EDITOR):
        yield from (Page(who, name, address) for name, address in addresses.items())
    yield Page(CHIEF, "deleted entries", reverse("admin:practices_practice_deleted"))


def admin_lists(client: Client) -> Iterator[Page]:
    """Each list of the admin, with each of its filters, its sorts and a search."""
    for model, model_admin in admin.site._registry.items():
        meta = model._meta
        url = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
        name = f"list of {meta.model_name}"
        yield Page(CHIEF, name, url)
        if model_admin.search_fields:
            yield Page(CHIEF, f"{name}, search", f"{url}?q=taal")
            yield Page(CHIEF, f"{name}, choices", _choices(meta))
        yield from _variants(name, url, client.get(url).context["cl"])


def _choices(meta: Any) -> str:
    """What a field offers that looks for rows of this kind while typing; any such field."""
    for model in admin.site._registry:
        for field in model._meta.fields + model._meta.many_to_many:
            if field.related_model is meta.model:
                question = {
                    "app_label": model._meta.app_label,
                    "model_name": model._meta.model_name,
                    "field_name": field.name,
                    "term": "taal",
                }
                return f"/beheer/autocomplete/?{urlencode(question)}"
    return ""


def _variants(name: str, url: str, changes: Any) -> Iterator[Page]:
    for filter_ in changes.filter_specs:
        choices = list(filter_.choices(changes))
        for choice in choices[1:2]:
            address = f"{url}{choice['query_string']}"
            yield Page(CHIEF, f"{name}, filter {filter_.title}", address)
    for number, column in enumerate(changes.list_display):
        if column != "action_checkbox":
            yield Page(CHIEF, f"{name}, order {column}", f"{url}?o={number}")
