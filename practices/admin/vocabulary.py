"""The closed lists. All terms look alike; some have a field of their own."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from municipalities.admin import ADDRESS_HELP, FixedSlugMixin
from municipalities.versioned import VersionedAdmin
from practices.admin.history import HistoryMixin
from practices.admin.merging import MergeMixin
from practices.admin.term_use import TermUseMixin
from practices.models import (
    Barrier,
    Instrument,
    ParticipationStep,
    Recommendation,
    TargetGroup,
    Term,
    Theme,
)


class _TermFields(admin.ModelAdmin):
    """What is asked about a term. Apart, because VersionedAdmin has to add to it."""

    own_fields: tuple[str, ...] = ()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        own = ["name", "slug", *self.own_fields, "position"]
        return [
            (None, {"fields": own, "description": ADDRESS_HELP}),
            (
                "Uitleg",
                {
                    "fields": ["definition", "synonyms"],
                    "description": "De zoekfunctie kent ook de andere woorden.",
                },
            ),
        ]


@admin.register(Theme, TargetGroup, ParticipationStep)
class TermAdmin(
    VersionedAdmin, HistoryMixin, MergeMixin, TermUseMixin, FixedSlugMixin, _TermFields
):
    search_fields = ["name", "slug", "synonyms"]
    ordering = ["position", "name"]

    def get_list_display(self, request: HttpRequest) -> list[str]:
        return ["name", *self.own_fields, "other_words", "practice_count", "position"]

    @admin.display(description="andere woorden")
    def other_words(self, term: Term) -> str:
        return ", ".join(term.synonym_list)


@admin.register(Barrier)
class BarrierAdmin(TermAdmin):
    own_fields = ("level", "parent")
    list_filter = ["level"]
    list_select_related = ["parent"]
    autocomplete_fields = ["parent"]


@admin.register(Instrument)
class InstrumentAdmin(TermAdmin):
    own_fields = ("category",)
    list_filter = ["category"]


@admin.register(Recommendation)
class RecommendationAdmin(TermAdmin):
    own_fields = ("group",)
    list_filter = ["group"]
