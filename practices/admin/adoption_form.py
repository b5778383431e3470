"""What an editor is asked about an adoption, and what is refused."""

from __future__ import annotations

from typing import Any

from django import forms

from practices.editorial.adopting import Report, seen
from practices.editorial.privacy_guard import WHAT_NOW, Check, row_texts
from practices.enums import AdoptionState
from practices.models import Adoption, AdoptionStep, Practice

ASKED = ("state", "since", "changes", "reason")
LONGEST = 5000  # characters of a text
WHY_STOPPED = "Vul in waarom de gemeente is gestopt."
PRIVACY_LABEL = "Waarom mag het op de site staan?"
PRIVACY_HELP = "Alleen nodig als je laat staan wat de privacycontrole hierboven noemt."
HERE = WHAT_NOW.split(" bij 'Privacy'", maxsplit=1)[0]


def _text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": "vLargeTextField"})


class ReportForm(forms.Form):
    """A step of the log. `correcting` is the key of the step that this one puts right."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    correcting = forms.IntegerField(required=False, widget=forms.HiddenInput)
    state = forms.ChoiceField(label="Hoe staat het ervoor?")
    since = forms.DateField(
        label="Sinds",
        required=False,
        help_text="Weet je het niet precies? Kies dan de eerste dag van de maand.",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    changes = forms.CharField(
        label="Wat doet jullie gemeente anders?",
        required=False,
        max_length=LONGEST,
        help_text="Bijvoorbeeld een andere doelgroep, minder uren of andere partners.",
        widget=_text(4),
    )
    reason = forms.CharField(
        label="Waarom?",
        required=False,
        max_length=LONGEST,
        help_text="Verplicht als jullie zijn gestopt: daar leren anderen het meest van.",
        widget=_text(4),
    )
    privacy_reason = forms.CharField(
        label=PRIVACY_LABEL,
        help_text=PRIVACY_HELP,
        required=False,
        max_length=1000,
        widget=_text(2),
    )

    def __init__(self, practice: Practice, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.practice = practice
        self.check = Check("")
        choices = [("", "Kies…"), *AdoptionState.choices]
        self.fields["state"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("state") == AdoptionState.STOPPED and not cleaned.get("reason"):
            self.add_error("reason", WHY_STOPPED)
        self.check = Check(cleaned.get("privacy_reason", ""))
        texts = row_texts(AdoptionStep, {name: cleaned.get(name) for name in ("changes", "reason")})
        for complaint in self.check.complaints(self.practice, texts):
            self.add_error("privacy_reason", complaint.replace(WHAT_NOW, f"{HERE} hier op waarom."))
        return cleaned

    @property
    def asks_privacy(self) -> bool:
        """Only once there is something to explain."""
        return bool(self.errors.get("privacy_reason") or self.data.get("privacy_reason"))

    def report(self) -> Report:
        return Report(**{name: self.cleaned_data[name] for name in ASKED})

    def look_again(self, adoption: Adoption | None, last: int | None) -> None:
        """Brings the hidden fields up to date; what was typed stays. A step that is not the
        last one any more is left alone: what was typed becomes a step of its own.
        """
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["seen"] = seen(adoption)
        if self.cleaned_data.get("correcting") != last:
            self.data["correcting"] = ""


def new_step(adoption: Adoption | None) -> dict[str, Any]:
    return {"seen": seen(adoption), "state": adoption.state if adoption else ""}


def last_step(adoption: Adoption) -> dict[str, Any]:
    """Of an adoption without a log, how it stands."""
    step = adoption.steps.first()
    if step is None:
        told = {
            "state": adoption.state,
            "since": adoption.since,
            "changes": adoption.changes,
            "reason": adoption.reason_stopped,
        }
        return {"seen": seen(adoption), "correcting": 0, **told}
    told = {name: getattr(step, name) for name in ASKED}
    return {"seen": seen(adoption), "correcting": step.pk, **told}
