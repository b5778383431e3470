"""What readers send in."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from municipalities.versioned import VersionedAdmin
from practices.admin.access import PartAccessMixin
from practices.editorial.closed import is_restricted
from practices.models import Suggestion


@admin.register(Suggestion)
class SuggestionAdmin(VersionedAdmin, PartAccessMixin, admin.ModelAdmin):
    list_display = ["__str__", "practice", "state", "created"]
    list_filter = ["state", "kind"]
    list_select_related = ["practice"]
    search_fields = ["text", "answer", "practice__title", "sender_name", "sender_email"]
    ordering = ["-created"]
    autocomplete_fields = ["practice"]
    readonly_fields = ["created"]
    fieldsets = [
        ("Het voorstel", {"fields": ["kind", "practice", "text", "created"]}),
        (
            "De afzender",
            {
                "fields": ["sender_name", "sender_email"],
                "description": "Gebruik dit alleen om te antwoorden. Het staat nergens op de site.",
            },
        ),
        ("Wat de redactie besluit", {"fields": ["state", "answer"]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A redacteur could otherwise read the title of any concept by its key."""
        fields = tuple(super().get_readonly_fields(request, obj))
        return (*fields, "practice") if is_restricted(request.user) else fields
