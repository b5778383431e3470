"""The admin of the entries themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from municipalities.point_picker import PointPickerMixin
from practices.admin import inlines
from practices.cards import place_label
from practices.enums import Freshness, State
from practices.evidence import too_high_message
from practices.models import Claim, Practice

REDIRECTS = "Verander je de naam in het adres, dan verwijst het oude adres vanzelf door."
CONFIRM_LABEL = "Ik heb de inhoud gecontroleerd en hij klopt"
CONFIRM_HELP = "Bij opslaan komt de datum van vandaag bij 'inhoud bevestigd op'."


class FreshnessFilter(admin.SimpleListFilter):
    title = "actualiteit"
    parameter_name = "actualiteit"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return Freshness.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(freshness=self.value()) if self.value() else queryset


class PracticeForm(forms.ModelForm):
    results_shown = True

    confirm_now = forms.BooleanField(label=CONFIRM_LABEL, help_text=CONFIRM_HELP, required=False)

    def clean_evidence_level(self) -> int:
        """Only for somebody who may not see the results: otherwise their formset judges."""
        level = self.cleaned_data["evidence_level"]
        if not self.results_shown:
            claims = Claim.objects.filter(practice=self.instance.pk)
            proofs = list(claims.values_list("proof", flat=True))
            if message := too_high_message(level, proofs):
                raise forms.ValidationError(message)
        return level


def confirm(practice: Practice, user: Any) -> None:
    practice.confirmed_on = timezone.localdate()
    practice.confirmed_by = user


@admin.register(Practice)
class PracticeAdmin(PointPickerMixin, admin.ModelAdmin):
    form = PracticeForm
    inlines = inlines.ALL
    save_on_top = True
    list_display = [
        "title",
        "kind",
        "place",
        "state",
        "evidence_level",
        "freshness_label",
        "owner",
        "modified",
    ]
    list_filter = [
        "state",
        "kind",
        FreshnessFilter,
        "evidence_level",
        ("owner", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["owner"]
    list_per_page = 50
    search_fields = ["title", "slug", "summary", "municipalities__name"]
    ordering = ["title", "pk"]
    actions = ["confirm_content", "publish", "archive"]
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
    ]
    readonly_fields = ["confirmed_on", "confirmed_by", "published_on", "created", "modified"]
    fieldsets = [
        (
            None,
            {
                "fields": ["title", "slug", "kind", "summary", "state"],
                "description": f"Alleen wat 'Gepubliceerd' is, staat op de site. {REDIRECTS}",
            },
        ),
        (
            "Beschrijving",
            {
                "fields": [
                    "background",
                    "goal",
                    "approach",
                    "results",
                    "did_not_work",
                    "open_questions",
                    "editorial_note",
                ],
                "description": "Schrijf kort en in gewone taal. Wat je niet weet, laat je leeg.",
            },
        ),
        (
            "Overnemen",
            {
                "fields": [
                    "conditions",
                    "adaptable_parts",
                    "cost_class",
                    "cost_note",
                    "lead_time",
                    "partners",
                    "legal_basis",
                    "legal_caveat",
                ],
                "description": "Wat moet een andere gemeente weten die dit ook wil doen?",
            },
        ),
        (
            "Waar",
            {
                "fields": ["scope", "regions", "neighbourhood", "location_name", "lat", "lon"],
                "description": (
                    "De gemeenten kies je onder 'Uitvoerende gemeenten'. Een punt is alleen "
                    "nodig als er één vaste plek is."
                ),
            },
        ),
        (
            "Trefwoorden",
            {
                "fields": [
                    "themes",
                    "target_groups",
                    "barriers",
                    "instruments",
                    "recommendations",
                    "steps",
                    ("step_from", "step_to"),
                ],
                "description": "Hiermee vinden lezers deze praktijk. Kies alleen wat echt past.",
            },
        ),
        (
            "Fase",
            {"fields": ["reported_phase", ("started_on", "ended_on"), "phase_note"]},
        ),
        (
            "Bewijs",
            {
                "fields": [
                    "evidence_level",
                    "evidence_note",
                    "assessed_by",
                    "assessed_on",
                ],
                "description": (
                    "Het niveau kan niet hoger zijn dan het beste bewijs onder 'Resultaten'. "
                    "Vanaf 'Onderbouwd' is een beoordeling van buiten nodig."
                ),
            },
        ),
        (
            "Bijhouden",
            {
                "fields": [
                    "owner",
                    "review_months",
                    "described_on",
                    "confirm_now",
                    ("confirmed_on", "confirmed_by"),
                    ("published_on", "created", "modified"),
                ],
            },
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        practices = super().get_queryset(request).with_lifecycle()
        return practices.prefetch_related("municipalities", "regions")

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, **kwargs)
        shown = self.get_inline_instances(request, obj)
        form.results_shown = any(isinstance(part, inlines.ClaimInline) for part in shown)
        return form

    def save_model(self, request: HttpRequest, obj: Practice, form: Any, change: bool) -> None:
        if form.cleaned_data.get("confirm_now"):
            confirm(obj, request.user)
        super().save_model(request, obj, form, change)

    @admin.display(description="plaats")
    def place(self, practice: Practice) -> str:
        return place_label(practice)

    @admin.display(description="actualiteit", ordering="known_on")
    def freshness_label(self, practice: Any) -> str:
        return Freshness(practice.freshness).label

    @admin.action(description="Bevestigen dat de inhoud klopt", permissions=["change"])
    def confirm_content(self, request: HttpRequest, queryset: QuerySet) -> None:
        done = 0
        for practice in queryset:
            confirm(practice, request.user)
            self._save(request, practice, ["confirmed_on", "confirmed_by"])
            done += 1
        self.message_user(request, f"Inhoud bevestigd: {done}.", messages.SUCCESS)

    @admin.action(description="Publiceren", permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet) -> None:
        allowed = []
        for practice in queryset.prefetch_related("claims"):
            proofs = [claim.proof for claim in practice.claims.all()]
            if message := too_high_message(practice.evidence_level, proofs):
                refused = f"Niet gepubliceerd: {practice.title}. {message}"
                self.message_user(request, refused, messages.ERROR)
            else:
                allowed.append(practice)
        self._move(request, allowed, State.PUBLISHED)

    @admin.action(description="Archiveren", permissions=["change"])
    def archive(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._move(request, list(queryset), State.ARCHIVED)

    def _move(self, request: HttpRequest, practices: list[Practice], state: State) -> None:
        moving = [practice for practice in practices if practice.state != state]
        for practice in moving:
            practice.state = state
            self._save(request, practice, ["state"])
        already = len(practices) - len(moving)
        text = f"{state.label}: {len(moving)}."
        if already:
            text += f" Dat was al zo bij {already}."
        self.message_user(request, text, messages.SUCCESS if moving else messages.INFO)

    def _save(self, request: HttpRequest, practice: Practice, fields: list[str]) -> None:
        """One by one through `save()`: that keeps the search index and the dates right."""
        practice.save(update_fields=[*fields, "modified"])
        labels = [str(Practice._meta.get_field(name).verbose_name) for name in fields]
        self.log_change(request, practice, [{"changed": {"fields": labels}}])
