"""A filter of a list by what some entry has."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.http import HttpRequest


class InUseFilter(admin.RelatedFieldListFilter):
    """As Django's RelatedOnlyFieldListFilter, which reads all entries for every page of the list.

    Here an index tells of each choice whether there is one. Choices have a name.
    """

    def field_choices(
        self, field: Any, request: HttpRequest, model_admin: Any
    ) -> list[tuple[Any, str]]:
        rows, name = field.model, field.name
        if field.many_to_many:
            rows, name = field.remote_field.through, field.m2m_reverse_field_name()
        uses = rows._base_manager.filter(**{name: OuterRef("pk")})
        found = field.related_model._default_manager.filter(Exists(uses)).only("name")
        ordering = self.field_admin_ordering(field, request, model_admin)
        if ordering:
            found = found.order_by(*ordering)
        return [(choice.pk, str(choice)) for choice in found]
