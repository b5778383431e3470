from __future__ import annotations

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from municipalities.models import Municipality
from practices.models import Practice


class PracticeSitemap(Sitemap):
    def items(self) -> QuerySet[Practice]:
        return Practice.objects.published().order_by("pk")

    def lastmod(self, item: Practice) -> datetime:
        return item.modified


class MunicipalitySitemap(Sitemap):
    def items(self) -> QuerySet[Municipality]:
        return Municipality.objects.defer("boundary").order_by("pk")


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
            "about",
            "privacy",
            "accessibility",
        ]

    def location(self, item: str) -> str:
        return reverse(item)


SITEMAPS = {
    "praktijken": PracticeSitemap,
    "gemeenten": MunicipalitySitemap,
    "paginas": PageSitemap,
}
