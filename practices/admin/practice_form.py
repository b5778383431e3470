"""The form of an entry: what is asked, in which order, and what is refused."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from municipalities.versioned import VersionedForm
from practices.admin.privacy import PrivacyFormMixin
from practices.enums import Evidence
from practices.evidence import too_high_message
from practices.models import Claim, OldSlug
from practices.models.practice import SUMMARY_LENGTH

ONLY_PUBLISHED = "Alleen wat 'Gepubliceerd' is, staat op de site."
NEEDED = "Voor publicatie zijn ook nodig: aanpak, een thema, een plaats en een bron."
REDIRECTS = (
    "Wordt ingevuld terwijl je de titel typt. Verander je dit later, dan verwijst het oude adres "
    "vanzelf door."
)
SLUG_TAKEN = (
    "Dit adres was vroeger van '{title}' en verwijst daar nog naartoe. Kies een ander adres."
)
CONFIRM_LABEL = "Ik heb de inhoud gecontroleerd en hij klopt"
CONFIRM_HELP = "Bij opslaan komt de datum van vandaag bij 'inhoud bevestigd op'."
LADDER = format_html_join(
    "", "<strong>{}</strong> {}<br>", ((level.label, level.explanation) for level in Evidence)
)


def jump(to: str, label: str) -> SafeString:
    """A link to the rows of one kind further down the page."""
    return format_html('<a href="#{}-group">{}</a>', to, label)


FURTHER_DOWN = mark_safe(  # noqa: S308 - only the constants of this module  # nosec B308 B703
    ", ".join(
        jump(to, label)
        for to, label in (
            ("municipality_links", "gemeenten"),
            ("references", "bronnen"),
            ("claims", "resultaten"),
            ("relations_out", "verbanden"),
            ("adoptions", "overnames"),
            ("photos", "foto's"),
            ("contacts", "contacten"),
        )
    )
)

FIELDSETS: list[tuple[str | None, dict[str, Any]]] = [
    (
        None,
        {
            "fields": ["title", "slug", "kind", "summary"],
            "description": (
                f"Vetgedrukte velden zijn verplicht. {NEEDED} {ONLY_PUBLISHED} "
                f"Verderop staan: {FURTHER_DOWN}."
            ),
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
        "Waar",
        {
            "fields": ["scope", "regions", "neighbourhood", "location_name", "lat", "lon"],
            "description": (
                f"De {jump('municipality_links', 'uitvoerende gemeenten')} kies je verderop. "
                "Een punt op de kaart is alleen nodig als er één vaste plek is."
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
    ("Fase", {"fields": ["reported_phase", ("started_on", "ended_on"), "phase_note"]}),
    (
        "Bewijs",
        {
            "fields": ["evidence_level", "evidence_note", "assessed_by", "assessed_on"],
            "description": (
                "Het niveau kan niet hoger zijn dan het beste bewijs bij de "
                f"{jump('claims', 'resultaten')}. "
                f"Vanaf '{Evidence.SUBSTANTIATED.label}' is een beoordeling van buiten nodig: "
                "vul dan in door wie en wanneer."
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
                "old_addresses",
                "successor",
            ],
        },
    ),
]


class PracticeForm(PrivacyFormMixin, VersionedForm):
    results_shown = True

    confirm_now = forms.BooleanField(label=CONFIRM_LABEL, help_text=CONFIRM_HELP, required=False)

    def clean_summary(self) -> str:
        """On one line: it is a text area only to be readable while writing."""
        return " ".join(self.cleaned_data["summary"].split())

    def clean_slug(self) -> str:
        """An address that leads to another practice stays with it: links to it live on."""
        slug = self.cleaned_data["slug"]
        if "slug" in self.changed_data:
            old = OldSlug.objects.filter(slug=slug).exclude(practice=self.instance.pk)
            if taken := old.select_related("practice").first():
                raise forms.ValidationError(SLUG_TAKEN.format(title=taken.practice.title))
        return slug

    def clean_evidence_level(self) -> int:
        """Only for somebody who may not see the results: otherwise their formset judges."""
        level = self.cleaned_data["evidence_level"]
        if not self.results_shown:
            claims = Claim.objects.filter(practice=self.instance.pk)
            proofs = list(claims.values_list("proof", flat=True))
            if message := too_high_message(level, proofs):
                raise forms.ValidationError(message)
        return level


def explain(name: str, field: Any) -> Any:
    """Help that only makes sense in this form, not where else the model is used."""
    if name == "slug":
        field.help_text = REDIRECTS
    elif name == "evidence_level":
        field.help_text = LADDER
    elif name == "summary":
        field.widget = AdminTextareaWidget({"rows": 3, "maxlength": SUMMARY_LENGTH})
    return field
