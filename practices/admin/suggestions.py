"""What readers send in: the queue, and what an editor does with it.

What a reader wrote is never changed here; it is answered, or becomes an entry.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html

from municipalities.versioned import VersionedAdmin
from practices.admin.access import PartAccessMixin
from practices.admin.handling import HandlingMixin
from practices.editorial.handling import queue
from practices.editorial.permissions import Action, linkable, may_handle
from practices.enums import SuggestionState
from practices.models import Practice, Suggestion

CORRECTION = ["kind", "practice", "text", "created"]
PROPOSAL = [
    "kind", "title", "municipality", "summary", "approach", "results", "source_url", "created",
]  # fmt: skip
SENDER = (
    "De afzender",
    {
        "fields": ["sender_name", "sender_email"],
        "description": "Gebruik dit alleen om te antwoorden. Het staat nergens op de site.",
    },
)
DECISION = (
    "Wat de redactie besloot",
    {"fields": ["state", "answer", "became", "handled_at", "handled_by"]},
)
RECEIVED_ELSEWHERE = (
    "Voor wat op een andere manier binnenkomt. Lezers gebruiken de formulieren op de site."
)


@admin.register(Suggestion)
class SuggestionAdmin(HandlingMixin, VersionedAdmin, PartAccessMixin, admin.ModelAdmin):
    change_form_template = "admin/practices/suggestion/change_form.html"
    list_display = ["__str__", "place", "state", "created"]
    list_filter = ["state", "kind"]
    list_select_related = ["practice", "municipality"]
    search_fields = [
        "title", "text", "summary", "answer", "practice__title", "municipality__name",
        "sender_name", "sender_email",
    ]  # fmt: skip
    # What waits comes first.
    ordering = [F("handled_at").desc(nulls_first=True), "-created"]
    autocomplete_fields = ["practice", "municipality"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        everything = super(PartAccessMixin, self).get_queryset(request)
        return queue(request.user, everything)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Without the digests of VersionedAdmin: what is here already cannot be changed."""
        if obj is None:
            asked = [name for name in [*CORRECTION, *PROPOSAL[1:]] if name != "created"]
            options = {"fields": asked, "description": RECEIVED_ELSEWHERE}
            return [("Het bericht", options), SENDER]
        asked = [*CORRECTION] if obj.practice_id else [*PROPOSAL]
        if obj.text and "text" not in asked:
            asked.append("text")
        decision = [] if obj.state == SuggestionState.NEW else [DECISION]
        return [("Het bericht", {"fields": asked}), SENDER, *decision]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        if obj is None:
            return ()
        own = [field.name for field in Suggestion._meta.fields if field.name != "id"]
        return (*own, "became")

    def _may(self, request: HttpRequest, action: Action, part: Any) -> bool:
        """A proposal has no entry yet: who handles it follows from its municipality."""
        if part is None or part.practice_id:
            return super()._may(request, action, part)
        return action in (Action.VIEW, Action.CHANGE) and may_handle(request.user, part)

    @admin.display(description="over")
    def place(self, suggestion: Suggestion) -> str:
        about = suggestion.practice or suggestion.municipality
        return str(about or self.get_empty_value_display())

    @admin.display(description="overgenomen als")
    def became(self, suggestion: Suggestion) -> str:
        """Only named to who may know of that entry."""
        practice = suggestion.accepted_as
        request: HttpRequest | None = getattr(suggestion, "_asked_by", None)
        if practice is None or request is None:
            return str(self.get_empty_value_display())
        if not linkable(request.user, Practice.objects.filter(pk=practice.pk)).exists():
            return "een praktijk van een andere gemeente"
        return format_html('<a href="{}">{}</a>', practice.get_absolute_url(), practice)

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        suggestion = super().get_object(request, object_id, from_field)
        if suggestion is not None:
            suggestion._asked_by = request
        return suggestion

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        suggestion = kwargs.get("obj")
        if suggestion is not None:
            # There is nothing to save: what a reader wrote stays as it is.
            for button in ("show_save", "show_save_and_continue", "show_save_and_add_another"):
                context[button] = False
            context |= self.panel(request, suggestion)
        return super().render_change_form(request, context, *args, **kwargs)
