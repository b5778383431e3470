"""The columns of a spreadsheet. Their names are what people's files are made with: frozen."""

from __future__ import annotations

from typing import Any

from import_export.fields import Field

from municipalities.models import Municipality, Region
from practices.enums import CostClass, Evidence, Kind, Phase, ReviewTerm, Scope, State
from practices.models import (
    Barrier,
    Instrument,
    ParticipationStep,
    Practice,
    Recommendation,
    TargetGroup,
    Theme,
)
from practices.spreadsheets import widgets
from practices.spreadsheets.lookups import MUNICIPALITIES, Vocabularies

ADDRESS, MARK = "adres", "gewijzigd"
TOLD = "Alleen om te lezen. Laat staan wat er staat, of maak de cel leeg."
SLUGS = "namen met ; ertussen: "
_TEXTS = {
    "aanleiding": "background",
    "doel": "goal",
    "aanpak": "approach",
    "resultaten": "results",
    "wat niet werkte": "did_not_work",
    "wat we nog niet weten": "open_questions",
    "toelichting redactie": "editorial_note",
    "nodig": "conditions",
    "aanpasbaar": "adaptable_parts",
    "toelichting kosten": "cost_note",
    "partners": "partners",
    "wettelijk kader": "legal_basis",
    "juridische kanttekening": "legal_caveat",
    "toelichting fase": "phase_note",
    "toelichting bewijs": "evidence_note",
}
_LINES = {
    "titel": "title",
    "samenvatting": "summary",
    "wijk of buurt": "neighbourhood",
    "naam van de plek": "location_name",
    "tijd tot de start": "lead_time",
    "bewijs beoordeeld door": "assessed_by",
}
_CHOICES = {
    "soort": ("kind", Kind, ""),
    "bereik": ("scope", Scope, Scope.MUNICIPALITY.value),
    "kosten": ("cost_class", CostClass, CostClass.UNKNOWN.value),
    "fase": ("reported_phase", Phase, Phase.UNKNOWN.value),
    "bewijs": ("evidence_level", Evidence, Evidence.MENTIONED.value),
    "controleren na maanden": ("review_months", ReviewTerm, ReviewTerm.YEAR.value),
}
_DAYS = {
    "begonnen op": "started_on",
    "gestopt op": "ended_on",
    "bewijs beoordeeld op": "assessed_on",
    "peildatum": "described_on",
}
_LISTS: dict[str, tuple[str, Any]] = {
    "regio's": ("regions", Region),
    "thema's": ("themes", Theme),
    "doelgroepen": ("target_groups", TargetGroup),
    "knelpunten": ("barriers", Barrier),
    "instrumenten": ("instruments", Instrument),
    "aanbevelingen": ("recommendations", Recommendation),
    "treden": ("steps", ParticipationStep),
}
_ONES: dict[str, tuple[str, Any]] = {
    "van trede": ("step_from_id", ParticipationStep),
    "naar trede": ("step_to_id", ParticipationStep),
    "eigenaar": ("owner_id", Municipality),
}
ORDER = (
    ADDRESS, "titel", "soort", "samenvatting", "aanleiding", "doel", "aanpak", "resultaten",
    "wat niet werkte", "wat we nog niet weten", "toelichting redactie", "bereik", "gemeenten",
    "regio's", "wijk of buurt", "naam van de plek", "breedtegraad", "lengtegraad", "thema's",
    "doelgroepen", "knelpunten", "instrumenten", "aanbevelingen", "treden", "van trede",
    "naar trede", "nodig", "aanpasbaar", "kosten", "toelichting kosten", "tijd tot de start",
    "partners", "wettelijk kader", "juridische kanttekening", "fase", "begonnen op",
    "gestopt op", "toelichting fase", "bewijs", "toelichting bewijs", "bewijs beoordeeld door",
    "bewijs beoordeeld op", "eigenaar", "controleren na maanden", "peildatum", "stand",
    "bevestigd op", MARK,
)  # fmt: skip
NEEDED = (ADDRESS, "titel", "soort", "samenvatting")


class Column(Field):
    """`attribute` as the entry has it; of a list the name of what ties it to the entry."""

    widget: widgets.Text

    @property
    def is_list(self) -> bool:
        return isinstance(self.widget, widgets.Many)

    @property
    def field_name(self) -> str:
        return str(self.attribute).removesuffix("_id")

    @property
    def label(self) -> str:
        name = "municipalities" if self.attribute == MUNICIPALITIES else self.field_name
        return str(Practice._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def columns(vocabularies: Vocabularies) -> dict[str, Column]:
    found: dict[str, tuple[str, widgets.Text]] = {
        ADDRESS: ("slug", widgets.OneLine()),
        "breedtegraad": ("lat", widgets.Degrees("50.88365")),
        "lengtegraad": ("lon", widgets.Degrees("5.98154")),
        "gemeenten": (
            MUNICIPALITIES,
            widgets.Municipalities(vocabularies.of(Municipality), SLUGS),
        ),
    }
    found |= {name: (attribute, widgets.Text()) for name, attribute in _TEXTS.items()}
    found |= {name: (attribute, widgets.OneLine()) for name, attribute in _LINES.items()}
    found |= {name: (attribute, widgets.Day()) for name, attribute in _DAYS.items()}
    for name, (attribute, choices, default) in _CHOICES.items():
        found[name] = (attribute, widgets.Choice(choices, default))  # type: ignore[arg-type]
    for name, (attribute, model) in _LISTS.items():
        found[name] = (attribute, widgets.Many(vocabularies.of(model), SLUGS))
    for name, (attribute, model) in _ONES.items():
        found[name] = (attribute, widgets.One(vocabularies.of(model), ""))
    fixed: dict[str, tuple[str, widgets.Text]] = {
        "stand": ("state", widgets.Choice(State, "")),
        "bevestigd op": ("confirmed_on", widgets.Day()),
        MARK: ("modified", widgets.Moment()),
    }
    made = {name: Column(attribute, name, widget) for name, (attribute, widget) in found.items()}
    made |= {
        name: Column(attribute, name, widget, readonly=True)
        for name, (attribute, widget) in fixed.items()
    }
    return {name: made[name] for name in ORDER}


def guide(vocabularies: Vocabularies) -> list[tuple[str, str, str]]:
    """Of each column: its name, what it is called in the form, and what may be in it."""
    return [
        (name, "" if name == MARK else column.label, _allowed(column))
        for name, column in columns(vocabularies).items()
    ]


def _allowed(column: Column) -> str:
    if column.readonly:
        return TOLD
    if column.column_name == ADDRESS:
        return (
            "Verplicht. Kleine letters, cijfers en streepjes, bijvoorbeeld werk-in-de-wijk. "
            "Hieraan herkennen we een praktijk; een nieuw adres is een nieuwe praktijk."
        )
    text = column.widget.allowed
    if isinstance(column.widget, widgets.OneLine):
        longest = Practice._meta.get_field(column.field_name).max_length  # type: ignore[union-attr]
        text = f"tekst, hoogstens {longest} tekens"
    if isinstance(column.widget, widgets.One):
        text += ", ".join(column.widget.vocabulary.by_slug)
    if isinstance(column.widget, widgets.Municipalities):
        text += ". Met een rol erachter: (initiatiefnemer) of (deelnemer)"
    return f"Verplicht voor een nieuwe praktijk. {text}" if column.column_name in NEEDED else text
