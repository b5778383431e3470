"""The admin of the entries themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import Field, QuerySet, TextField
from django.forms import Field as FormField
from django.http import HttpRequest
from django.utils import timezone

from municipalities.point_picker import PointPickerMixin
from municipalities.versioned import VersionedAdmin
from practices.admin import inlines
from practices.admin.access import EntryAccessMixin, limit_choices
from practices.admin.dead_links import DeadLinkFilter, DeadLinksMixin
from practices.admin.deleted import DeletedMixin
from practices.admin.duplicates import DuplicatesMixin
from practices.admin.history import HistoryMixin
from practices.admin.in_use import InUseFilter
from practices.admin.practice_form import FIELDSETS, PracticeForm, explain
from practices.admin.privacy import PrivacyMixin
from practices.admin.spreadsheets import SpreadsheetsMixin
from practices.admin.transitions import TransitionsMixin
from practices.admin.worklist import WorklistMixin
from practices.cards import place_label
from practices.editorial.closed import closed_fields, is_restricted
from practices.editorial.confirming import CONFIRMED_FIELDS, confirm, mark_confirmed
from practices.editorial.permissions import actor_of
from practices.editorial.workflow import TRANSITIONS, RefusedError, Transition, move
from practices.enums import Freshness
from practices.models import Practice

# What a list never shows, and would otherwise read for every row.
TEXTS = [field.name for field in Practice._meta.concrete_fields if isinstance(field, TextField)]


class PracticeChangeList(ChangeList):
    def get_queryset(self, request: HttpRequest, *args: Any, **kwargs: Any) -> QuerySet:
        practices = super().get_queryset(request, *args, **kwargs)
        return practices.defer("summary", *TEXTS).prefetch_related("municipalities", "regions")


class FreshnessFilter(admin.SimpleListFilter):
    title = "actualiteit"
    parameter_name = "actualiteit"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return Freshness.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(freshness=self.value()) if self.value() else queryset


@admin.register(Practice)
class PracticeAdmin(
    VersionedAdmin,
    PointPickerMixin,
    TransitionsMixin,
    WorklistMixin,
    DuplicatesMixin,
    DeadLinksMixin,
    DeletedMixin,
    SpreadsheetsMixin,
    HistoryMixin,
    PrivacyMixin,
    EntryAccessMixin,
    admin.ModelAdmin,
):
    form = PracticeForm
    inlines = inlines.ALL
    save_on_top = True
    list_display = [
        "title",
        "place",
        "state",
        "freshness_label",
        "evidence_level",
        "modified",
    ]
    list_filter = [
        "state",
        "kind",
        FreshnessFilter,
        DeadLinkFilter,
        "evidence_level",
        ("themes", InUseFilter),
        ("regions", InUseFilter),
        ("owner", InUseFilter),
    ]
    list_per_page = 50
    search_fields = ["title", "slug", "summary", "municipalities__name"]
    search_help_text = "Zoekt in titel, samenvatting, adres en gemeenten."
    formfield_overrides = {TextField: {"widget": AdminTextareaWidget({"rows": 4})}}
    ordering = ["title", "pk"]
    actions = ["confirm_content", "publish", "archive", "export_selected"]
    prepopulated_fields = {"slug": ("title",)}
    autocomplete_fields = [
        "regions",
        "themes",
        "target_groups",
        "barriers",
        "instruments",
        "recommendations",
        "steps",
        "owner",
        "successor",
    ]
    readonly_fields = [
        "confirmed_on",
        "confirmed_by",
        "published_on",
        "created",
        "modified",
        "old_addresses",
    ]
    fieldsets = FIELDSETS

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_lifecycle()

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return PracticeChangeList

    def formfield_for_dbfield(
        self, db_field: Field, request: HttpRequest, **kwargs: Any
    ) -> FormField | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        return explain(db_field.name, field)

    def view_on_site(self, practice: Practice) -> str:
        """For a concept this is the preview; it asks for the right to see practices."""
        return practice.get_absolute_url()

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, **kwargs)
        limit_choices(form.base_fields, request.user)
        shown = self.get_inline_instances(request, obj)
        form.results_shown = any(isinstance(part, inlines.ClaimInline) for part in shown)
        return form

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        fields = tuple(super().get_readonly_fields(request, obj))
        return (*fields, *closed_fields(request.user, obj))

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        """A redacteur chooses the owner from few: an ordinary list of these will do."""
        fields = list(super().get_autocomplete_fields(request))
        return [name for name in fields if name != "owner" or not is_restricted(request.user)]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Of today; for a redacteur with the own municipality, if there is one only."""
        places = actor_of(request.user).places if is_restricted(request.user) else ()
        own = {"owner": next(iter(places))} if len(places) == 1 else {}
        today = {"described_on": timezone.localdate()}
        return today | own | super().get_changeform_initial_data(request)

    def save_model(self, request: HttpRequest, obj: Practice, form: Any, change: bool) -> None:
        if form.cleaned_data.get("confirm_now"):
            mark_confirmed(obj, request.user)
        super().save_model(request, obj, form, change)

    @admin.display(description="plaats")
    def place(self, practice: Practice) -> str:
        return place_label(practice)

    @admin.display(description="oude adressen")
    def old_addresses(self, practice: Practice) -> str:
        """On the page for a new entry there is no practice yet."""
        slugs = [old.slug for old in practice.old_slugs.all()] if practice.pk else []
        return ", ".join(slugs) or str(self.get_empty_value_display())

    @admin.display(description="actualiteit", ordering="known_on")
    def freshness_label(self, practice: Any) -> str:
        return Freshness(practice.freshness).label

    @admin.action(description="Bevestigen dat de inhoud klopt", permissions=["change"])
    def confirm_content(self, request: HttpRequest, queryset: QuerySet) -> None:
        done = 0
        for practice in queryset:
            confirm(practice, request.user)
            self._log(request, practice, CONFIRMED_FIELDS)
            done += 1
        self.message_user(request, f"Inhoud bevestigd: {done}.", messages.SUCCESS)

    @admin.action(description="Publiceren", permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._move(request, list(queryset), TRANSITIONS["publiceren"])

    @admin.action(description="Archiveren", permissions=["archive"])
    def archive(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._move(request, list(queryset), TRANSITIONS["archiveren"])

    def _move(self, request: HttpRequest, practices: list[Practice], step: Transition) -> None:
        """One by one: each has its own reasons to be refused."""
        moving = [practice for practice in practices if practice.state != step.target]
        done = 0
        for practice in moving:
            try:
                moved = move(practice.pk, step, request.user, practice.state)
            except RefusedError as refused:
                text = f"Niet {step.target.label.lower()}: {practice.title}. {refused}"
                self.message_user(request, text, messages.ERROR)
            else:
                self.moved(request, moved, step)
                done += 1
        text = f"{step.target.label}: {done}."
        if already := len(practices) - len(moving):
            text += f" Dat was al zo bij {already}."
        self.message_user(request, text, messages.SUCCESS if done else messages.INFO)

    def _log(self, request: HttpRequest, practice: Practice, fields: Iterable[str]) -> None:
        labels = [str(Practice._meta.get_field(name).verbose_name) for name in fields]
        self.log_change(request, practice, [{"changed": {"fields": labels}}])
