from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import Max, Q, QuerySet
from django.urls import reverse

from municipalities.models import Municipality
from practices.models import Practice


class PracticeSitemap(Sitemap):
    def items(self) -> QuerySet[Practice]:
        return Practice.objects.published().order_by("pk")

    def lastmod(self, item: Practice) -> datetime:
        return item.modified


class MunicipalitySitemap(Sitemap):
    """As new as what is done there; no date where nothing is."""

    def items(self) -> QuerySet[Municipality]:
        public = Q(practices__in=Practice.objects.published())
        changed = Max("practices__modified", filter=public)
        return Municipality.objects.defer("boundary").annotate(changed=changed).order_by("pk")

    def lastmod(self, item: Any) -> datetime | None:
        changed: datetime | None = item.changed
        return changed


# Pages that do not follow from the catalogue.
FIXED = ("about", "privacy", "accessibility")


class PageSitemap(Sitemap):
    def items(self) -> list[str]:
        return [
            "home",
            "practice_list",
            "practice_map",
            "barrier_list",
            "municipality_list",
            "white_spots",
            "overview",
            "open_data",
            "about",
            "privacy",
            "accessibility",
        ]

    def location(self, item: str) -> str:
        return reverse(item)

    def lastmod(self, item: str) -> datetime | None:
        return None if item in FIXED else self._changed

    @cached_property
    def _changed(self) -> datetime | None:
        return Practice.objects.published().aggregate(last=Max("modified"))["last"]


SITEMAPS = {
    "praktijken": PracticeSitemap,
    "gemeenten": MunicipalitySitemap,
    "paginas": PageSitemap,
}
