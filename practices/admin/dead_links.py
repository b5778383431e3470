"""Dead links where somebody can mend them: at the entry, in its list, at the municipality whose
website it is, and in a list of their own.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse

from municipalities.admin import MunicipalityAdmin
from municipalities.models import Municipality
from practices.links.dead import dead_links, dead_links_in, with_dead_link
from practices.models import LinkCheck, Source


class DeadLinkFilter(admin.SimpleListFilter):
    title = "links"
    parameter_name = "links"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("dood", "Heeft een dode link")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(pk__in=with_dead_link().values("pk")) if self.value() else queryset


class DeadLinksMixin:
    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        practice = kwargs.get("obj")
        if practice is not None and practice.pk:
            context["dead_links"] = dead_links_in(practice)
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]


# Places know nothing of the catalogue, so their admin cannot ask it for dead links itself.
admin.site.unregister(Municipality)


@admin.register(Municipality)
class CheckedMunicipalityAdmin(MunicipalityAdmin):
    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        place = kwargs.get("obj")
        if place is not None and place.website:
            context["dead_website"] = dead_links().filter(url=place.website).first()
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(LinkCheck)
class LinkCheckAdmin(admin.ModelAdmin):
    """To read only: `manage.py check_links` writes it. Also shows links of municipalities."""

    list_display = ["url", "state", "reason", "named_by", "first_failed_at", "checked_at"]
    fields = ["url", "state", "reason", "named_by", "first_failed_at", "checked_at", "failures"]
    readonly_fields = fields
    list_filter = ["state"]
    search_fields = ["url"]
    ordering = ["url"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        sources = Source.objects.filter(url=OuterRef("url")).order_by("pk").values("title")[:1]
        places = Municipality.objects.filter(website=OuterRef("url")).order_by("pk")
        return (
            super()
            .get_queryset(request)
            .annotate(source=Subquery(sources), place=Subquery(places.values("name")[:1]))
        )

    @admin.display(description="staat bij")
    def named_by(self, check: Any) -> str:
        named = [f"bron: {check.source}" if check.source else "", check.place]
        return ", ".join(filter(None, named)) or str(self.get_empty_value_display())

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
