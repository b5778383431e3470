"""Overviews of what is edited on the page of a practice.

Each row leads to that page. Editing a part on a page of its own would pass by the rules
that look at the whole, such as the one about evidence.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.urls import reverse

from practices.admin.access import PartAccessMixin
from practices.admin.adopting import AdoptingMixin, record_url
from practices.editorial.permissions import actor_of, adopters
from practices.models import (
    Adoption,
    Claim,
    Contact,
    Photo,
    Practice,
    Reference,
    Relation,
)


class PartAdmin(PartAccessMixin, admin.ModelAdmin):
    actions = None

    # Deleting stays allowed as such: the admin asks for it when a whole practice goes.
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any
    ) -> HttpResponseRedirect:
        part = self.get_object(request, object_id)
        if part is None:
            raise Http404
        practice = getattr(part, f"{self.practice_field}_id")
        return HttpResponseRedirect(reverse("admin:practices_practice_change", args=[practice]))

    def delete_view(
        self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any
    ) -> HttpResponseRedirect:
        return self.change_view(request, object_id)


@admin.register(Reference)
class ReferenceAdmin(PartAdmin):
    list_display = ["practice", "source", "place"]
    list_select_related = ["practice", "source"]
    search_fields = ["practice__title", "source__title", "place"]
    ordering = ["practice__title", "pk"]


@admin.register(Claim)
class ClaimAdmin(PartAdmin):
    list_display = ["statement", "practice", "kind", "proof", "source"]
    list_filter = ["kind", "proof"]
    list_select_related = ["practice", "source"]
    search_fields = ["statement", "practice__title", "source__title"]
    ordering = ["practice__title", "pk"]


@admin.register(Relation)
class RelationAdmin(PartAdmin):
    practice_field = "from_practice"
    list_display = ["from_practice", "kind", "to_practice", "note"]
    list_filter = ["kind"]
    list_select_related = ["from_practice", "to_practice"]
    search_fields = ["from_practice__title", "to_practice__title", "note"]
    ordering = ["from_practice__title", "pk"]


@admin.register(Adoption)
class AdoptionAdmin(AdoptingMixin, PartAdmin):
    """Besides those of the own entries: what the own municipalities took over from others."""

    list_display = ["practice", "municipality", "state", "since"]
    list_filter = ["state"]
    list_select_related = ["practice", "municipality"]
    search_fields = ["practice__title", "municipality__name", "changes", "reason_stopped"]
    ordering = ["practice__title", "municipality__name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = Adoption.objects.order_by(*self.ordering)
        taken = Q(municipality__in=actor_of(request.user).places)
        own = super().get_queryset(request).order_by().values("pk")
        return rows.filter(
            Q(pk__in=own) | taken & Q(practice__in=Practice.objects.published().values("pk"))
        )

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        own = obj is not None and obj.municipality_id in actor_of(request.user).places
        return own or super().has_view_permission(request, obj)

    def change_view(
        self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any
    ) -> HttpResponseRedirect:
        """To the log for who may record in it; for others to the entry, like any part."""
        adoption = self.get_object(request, object_id)
        if adoption is not None and adoption.practice.is_public:
            places = adopters(request.user, adoption.practice)
            if places.filter(pk=adoption.municipality_id).exists():
                url = record_url(adoption.practice, adoption.municipality)
                return HttpResponseRedirect(url)
        return super().change_view(request, object_id, *args, **kwargs)


@admin.register(Photo)
class PhotoAdmin(PartAdmin):
    list_display = ["alt", "practice", "maker", "licence"]
    list_select_related = ["practice"]
    search_fields = ["alt", "practice__title", "maker", "licence"]
    ordering = ["practice__title", "position"]


@admin.register(Contact)
class ContactAdmin(PartAdmin):
    list_display = ["organisation", "role", "mailbox", "practice"]
    list_select_related = ["practice"]
    search_fields = ["organisation", "role", "mailbox", "practice__title"]
    ordering = ["organisation", "pk"]
