"""The two forms. Which fields may stay empty is in their labels."""

from __future__ import annotations

from typing import Any

from django import forms

from municipalities.models import Municipality
from practices.contributions.traps import TrapsMixin
from practices.enums import SuggestionKind, SuggestionState
from practices.models import Practice, Suggestion
from practices.models.practice import SUMMARY_LENGTH

LONGEST = 5000  # characters of a text
OPTIONAL = "(niet verplicht)"
REQUIRED = {
    "text": "Schrijf op wat er niet klopt of wat er mist.",
    "title": "Geef de praktijk een naam.",
    "summary": "Schrijf in een paar zinnen wat de gemeente doet.",
    "sender_email": "Vul uw e-mailadres in.",
}
WRONG_EMAIL = "Dit is geen e-mailadres. Een e-mailadres ziet eruit als naam@voorbeeld.nl."
WRONG_URL = "Dit is geen webadres. Een webadres ziet eruit als https://www.voorbeeld.nl/pagina."
_EMAIL = {"autocomplete": "email", "spellcheck": "false"}


def _text(label: str, help_text: str, *, required: bool, rows: int) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ContributionForm(TrapsMixin, forms.ModelForm):
    """`kind` and `practice` of the suggestion come from the page, never from the form."""

    kind = SuggestionKind.NEW

    sender_name = forms.CharField(
        label=f"Uw naam {OPTIONAL}",
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    sender_email = forms.EmailField(
        label="Uw e-mailadres",
        help_text=(
            "U krijgt een mail met een link om uw bericht te bevestigen. "
            "Uw naam en e-mailadres komen niet op de site."
        ),
        max_length=254,
        widget=forms.EmailInput(attrs=_EMAIL),
        error_messages={"invalid": WRONG_EMAIL},
    )

    class Meta:
        model = Suggestion
        fields: list[str] = ["sender_name", "sender_email"]

    def __init__(self, *args: Any, practice: Practice | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.kind = self.kind
        self.instance.practice = practice
        self.instance.state = SuggestionState.UNCONFIRMED
        for name, field in self.fields.items():
            field.widget.attrs.setdefault("class", "field")
            if name in REQUIRED:
                field.error_messages["required"] = REQUIRED[name]


class CorrectionForm(ContributionForm):
    kind = SuggestionKind.CORRECTION

    text = _text(
        "Wat klopt er niet?",
        "Schrijf ook hoe het wel is, en waar wij dat kunnen nalezen. Noem geen namen van mensen.",
        required=True,
        rows=6,
    )
    field_order = ["text"]

    class Meta(ContributionForm.Meta):
        fields = ["text", "sender_name", "sender_email"]


class ProposalForm(ContributionForm):
    title = forms.CharField(
        label="Naam van de praktijk",
        help_text="Bijvoorbeeld: Vacaturecafés in de wijk.",
        max_length=120,
    )
    municipality = forms.ModelChoiceField(
        label=f"Gemeente {OPTIONAL}",
        queryset=Municipality.objects.none(),
        required=False,
        empty_label="Kies een gemeente",
    )
    summary = forms.CharField(
        label="Wat doet de gemeente?",
        help_text=f"In een paar zinnen, hoogstens {SUMMARY_LENGTH} tekens.",
        max_length=SUMMARY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    approach = _text(
        f"Hoe werkt het? {OPTIONAL}", "Wie doet wat, en in welke volgorde?", required=False, rows=5
    )
    results = _text(
        f"Wat leverde het op? {OPTIONAL}",
        "Wat lukte, wat lukte niet? Noem aantallen als u ze kent, maar geen namen van mensen.",
        required=False,
        rows=4,
    )
    source_url = forms.URLField(
        label=f"Waar kunnen wij meer lezen? {OPTIONAL}",
        help_text="Het adres van een webpagina of een rapport.",
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
        error_messages={"invalid": WRONG_URL},
    )
    field_order = ["title", "municipality", "summary", "approach", "results", "source_url"]

    class Meta(ContributionForm.Meta):
        fields = [
            "title",
            "municipality",
            "summary",
            "approach",
            "results",
            "source_url",
            "sender_name",
            "sender_email",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = Municipality.objects.existing().order_by("name")
        self.fields["municipality"].queryset = choices  # type: ignore[attr-defined]

    def clean_summary(self) -> str:
        """On one line, as in the form of an entry."""
        return " ".join(self.cleaned_data["summary"].split())
