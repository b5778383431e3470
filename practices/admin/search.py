"""What editors do for the search: words, what was looked for in vain, public questions."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from municipalities.versioned import VersionedAdmin
from practices.models import MissedQuery, SynonymGroup, WantedQuestion
from practices.models.vocabulary import lines


@admin.register(SynonymGroup)
class SynonymGroupAdmin(VersionedAdmin, admin.ModelAdmin):
    list_display = ["__str__", "other_words", "topic"]
    list_filter = ["topic"]
    search_fields = ["words", "finds", "related", "note"]
    ordering = ["topic", "words"]
    fieldsets = [
        (
            None,
            {
                "fields": ["words", "finds", "related"],
                "description": (
                    "Een wijziging werkt meteen. Meervoud, vervoeging en tikfouten vindt de "
                    "zoekfunctie zelf: die hoef je niet op te schrijven."
                ),
            },
        ),
        ("Voor de redactie", {"fields": ["topic", "note"]}),
    ]

    @admin.display(description="vindt ook")
    def other_words(self, group: SynonymGroup) -> str:
        return ", ".join([*lines(group.finds), *lines(group.related)])


@admin.register(MissedQuery)
class MissedQueryAdmin(admin.ModelAdmin):
    list_display = ["text", "count", "last_seen"]
    search_fields = ["text"]
    ordering = ["-count", "text"]
    actions = ["ask_in_public"]
    readonly_fields = ["text", "count", "last_seen"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.action(description="Maak hier een openbare vraag van", permissions=["change"])
    def ask_in_public(
        self, request: HttpRequest, queryset: QuerySet[MissedQuery]
    ) -> HttpResponseRedirect | None:
        queries = list(queryset)
        if len(queries) != 1:
            self.message_user(request, "Kies één zoekvraag tegelijk.", messages.WARNING)
            return None
        text = queries[0].text
        values = urlencode({"query": text, "question": f"Wie heeft een praktijk over {text}?"})
        return HttpResponseRedirect(f"{reverse('admin:practices_wantedquestion_add')}?{values}")


@admin.register(WantedQuestion)
class WantedQuestionAdmin(VersionedAdmin, admin.ModelAdmin):
    list_display = ["question", "asked_on", "answered_by", "is_public"]
    list_filter = ["is_public", ("answered_by", admin.EmptyFieldListFilter)]
    list_select_related = ["answered_by"]
    search_fields = ["question", "explanation", "query", "answered_by__title"]
    ordering = ["-asked_on", "-pk"]
    autocomplete_fields = ["answered_by"]
    fieldsets: Any = [
        (
            None,
            {
                "fields": ["question", "explanation", "query", "is_public"],
                "description": "De vraag staat op de pagina 'Gezocht' tot er een praktijk bij is.",
            },
        ),
        ("Het antwoord", {"fields": ["answered_by"]}),
    ]
