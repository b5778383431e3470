"""What readers send in."""

from django.contrib import admin

from municipalities.versioned import VersionedAdmin
from practices.models import Suggestion


@admin.register(Suggestion)
class SuggestionAdmin(VersionedAdmin, admin.ModelAdmin):
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
