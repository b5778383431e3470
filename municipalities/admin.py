"""Admin of places, their figures and their editors."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from municipalities.autocompletes import KnownSelectMixin
from municipalities.models import (
    Membership,
    Municipality,
    OldMunicipalitySlug,
    Region,
    WelfareFigure,
)
from municipalities.point_picker import PointPickerMixin
from municipalities.versioned import VersionedAdmin, VersionedForm, VersionedInline

ADDRESS_HELP = "De naam in het adres ligt vast zodra je de eerste keer hebt opgeslagen."


class FixedSlugMixin:
    """The slug is made from the name on adding and never changes: addresses stay alive."""

    slug_source = "name"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        fields = tuple(super().get_readonly_fields(request, obj))  # type: ignore[misc]
        return (*fields, "slug") if obj else fields

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else {"slug": (self.slug_source,)}


class ExistenceFilter(admin.SimpleListFilter):
    title = "bestaat nu"
    parameter_name = "bestaat"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("ja", "Ja"), ("nee", "Nee, opgegaan")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        existing = Municipality.objects.existing().values("pk")
        if self.value() == "ja":
            return queryset.filter(pk__in=existing)
        if self.value() == "nee":
            return queryset.exclude(pk__in=existing)
        return queryset


class FigureInline(VersionedInline, admin.TabularInline):
    model = WelfareFigure
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("municipality")


class MembershipInline(VersionedInline, KnownSelectMixin, admin.TabularInline):
    model = Membership
    extra = 0
    autocomplete_fields = ["user"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("user", "municipality")


@admin.register(Municipality)
class MunicipalityAdmin(VersionedAdmin, PointPickerMixin, FixedSlugMixin, admin.ModelAdmin):
    list_display = ["name", "code", "region", "province", "successor", "practice_count"]
    list_filter = [ExistenceFilter, "region", "interviewed_2018"]
    list_select_related = ["region", "province", "successor"]
    search_fields = ["name", "slug", "code", "seat"]
    ordering = ["name"]
    autocomplete_fields = ["region", "province", "successor"]
    inlines = [FigureInline, MembershipInline]
    fieldsets = [
        (None, {"fields": ["name", "slug", "code", "website"], "description": ADDRESS_HELP}),
        ("Waar", {"fields": ["region", "province", "seat", "lat", "lon"]}),
        (
            "Samenvoeging",
            {
                "fields": ["valid_from", "valid_to", "successor"],
                "description": "Alleen nodig als de gemeente nieuw is of is opgeheven.",
            },
        ),
        ("Verder", {"fields": ["interviewed_2018", "note"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        # The boundary is large and nothing here shows it.
        return super().get_queryset(request).defer("boundary").annotate(n=Count("practices"))

    @admin.display(description="praktijken", ordering="n")
    def practice_count(self, municipality: Any) -> int:
        return municipality.n


class OldSlugForm(VersionedForm):
    def clean_slug(self) -> str:
        """The name of a municipality leads to that municipality, never to another."""
        slug = self.cleaned_data["slug"]
        if taken := Municipality.objects.filter(slug=slug).first():
            raise forms.ValidationError(f"Dit is het adres van {taken} zelf.")
        return slug


@admin.register(OldMunicipalitySlug)
class OldMunicipalitySlugAdmin(VersionedAdmin, admin.ModelAdmin):
    """A renaming adds its own; by hand for a name that was in use elsewhere."""

    form = OldSlugForm
    list_display = ["slug", "municipality"]
    list_select_related = ["municipality"]
    search_fields = ["slug", "municipality__name"]
    ordering = ["slug"]
    autocomplete_fields = ["municipality"]
    fieldsets = [
        (
            None,
            {
                "fields": ["slug", "municipality"],
                "description": (
                    "Wie een link met de oude naam heeft, komt bij de gemeente uit. Bij een "
                    "herindeling komen oude namen er vanzelf bij."
                ),
            },
        ),
    ]


@admin.register(Region)
class RegionAdmin(VersionedAdmin, FixedSlugMixin, admin.ModelAdmin):
    list_display = ["name", "kind", "parent", "municipality_count", "position"]
    list_filter = ["kind"]
    list_select_related = ["parent"]
    search_fields = ["name", "slug", "synonyms"]
    ordering = ["position", "name"]
    autocomplete_fields = ["parent"]
    fieldsets = [
        (
            None,
            {
                "fields": ["name", "slug", "kind", "parent", "position"],
                "description": ADDRESS_HELP,
            },
        ),
        ("Uitleg", {"fields": ["definition", "synonyms"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(n=Count("municipalities"))

    @admin.display(description="gemeenten", ordering="n")
    def municipality_count(self, region: Any) -> int:
        return region.n


@admin.register(WelfareFigure)
class WelfareFigureAdmin(VersionedAdmin, admin.ModelAdmin):
    list_display = ["municipality", "year", "recipients", "reference_date", "source"]
    list_filter = ["year"]
    list_select_related = ["municipality"]
    search_fields = ["municipality__name", "source"]
    ordering = ["municipality__name", "year"]
    list_per_page = 100
    autocomplete_fields = ["municipality"]


@admin.register(Membership)
class MembershipAdmin(VersionedAdmin, admin.ModelAdmin):
    list_display = ["user", "municipality", "role"]
    list_filter = ["role"]
    list_select_related = ["user", "municipality"]
    search_fields = ["user__username", "user__email", "municipality__name"]
    ordering = ["municipality__name", "user__username"]
    autocomplete_fields = ["user", "municipality"]
