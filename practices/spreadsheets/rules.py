"""What a row may not do: the rules of the form and of the model, for many rows at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import slug_re
from django.db.models import BaseConstraint, CheckConstraint
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.timezone import localtime

from practices.editorial.closed import closed_fields, is_level_open, is_owner_open, is_restricted
from practices.editorial.permissions import Action, actor_of, may
from practices.editorial.privacy import findings
from practices.editorial.privacy_guard import not_accepted, row_texts
from practices.enums import LOWEST_ASSESSED_LEVEL, Evidence
from practices.evidence import too_high_message
from practices.models import Practice
from practices.spreadsheets.columns import ADDRESS, MARK, Column
from practices.spreadsheets.drafts import Draft
from practices.spreadsheets.lookups import Known, Vocabulary, choose_from
from practices.spreadsheets.widgets import mark

WHOLE = ""  # About the row, not about one of its cells.
NO_ADDRESS = "Vul een adres in{example}. Daaraan herkennen we de praktijk."
BAD_ADDRESS = (
    "'{value}' kan geen adres zijn. Gebruik alleen kleine letters, cijfers en streepjes, hoogstens "
    "{longest} tekens."
)
NOT_YOURS = (
    "Dit adres is al in gebruik bij een praktijk die je niet kunt wijzigen. Kies een ander adres."
)
OLD_ADDRESS = "Dit is een oud adres van een andere praktijk. Kies een ander adres."
NEW_ADDRESS = "Deze praktijk heeft nu een ander adres: '{slug}'. Zet dat hier neer."
VANISHED = "Deze praktijk bestaat niet of is verwijderd. Maak de cel leeg om een nieuwe te maken."
CHANGED_SINCE_FILE = (
    "Deze praktijk is op {when} gewijzigd, nadat dit bestand is gemaakt. Download hem opnieuw en "
    "zet je wijzigingen daarin."
)
CHANGED_SINCE_PREVIEW = (
    "Iemand heeft deze praktijk gewijzigd terwijl je de controle bekeek. Importeer het bestand "
    "opnieuw."
)
NO_MARK = "Verander deze kolom niet: laat staan wat er stond, of maak de cel leeg."
MAY_NOT = "Je mag deze praktijk niet wijzigen."
CLOSED = "Dit kan alleen de eindredactie wijzigen. Laat '{value}' staan of haal de kolom weg."
CLOSED_EMPTY = "Dit kan alleen de eindredactie invullen. Maak de cel leeg of haal de kolom weg."
OTHERS_OWNER = "Eigenaar kan alleen een gemeente zijn waar je redacteur van bent. {options}"
LEVEL_CLOSED = "Vanaf '{level}' beoordeelt de eindredactie het bewijs. Kies een lager niveau."
PRIVACY = "{finding} Haal het weg, of wijzig deze praktijk in het formulier en zeg waarom het mag."
# Checked against the database by nothing but a query for each value.
REFERENCES = ("owner", "step_from", "step_to", "confirmed_by")
# What they ask, the validators of the fields and `clean` ask too.
AS_THE_FIELDS = ("practice_summary_length", "practice_location_in_range")

Problem = tuple[str, str]  # name of the column, what is wrong


class Constraints:
    """The model's own, each asked once for the same values: asking is a query."""

    def __init__(self) -> None:
        self._told: dict[tuple[Any, ...], str] = {}

    def problems(self, draft: Draft) -> Iterator[Problem]:
        for constraint in Practice._meta.constraints:
            if not isinstance(constraint, CheckConstraint) or constraint.name in AS_THE_FIELDS:
                continue
            names = constraint.condition.referenced_base_fields  # type: ignore[union-attr]
            if not draft.is_new and not names & draft.changed:
                continue
            key = (constraint.name, *(getattr(draft.practice, name) for name in sorted(names)))
            if key not in self._told:
                self._told[key] = _complaint(constraint, draft.practice)
            if self._told[key]:
                yield WHOLE, self._told[key]


def _complaint(constraint: BaseConstraint, practice: Practice) -> str:
    try:
        constraint.validate(Practice, practice)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


@dataclass
class Rules:
    """`seen` are the marks of the preview, by address; None while that is being made."""

    user: Any
    known: Known
    columns: Mapping[str, Column]
    places: Vocabulary
    may_change: Callable[[Practice], bool]
    seen: Mapping[str, str] | None = None
    _constraints: Constraints = field(default_factory=Constraints)

    def address(self, slug: str, title: str, is_marked: bool) -> Problem | None:
        """Of a row whose entry is not among those that the user can see."""
        if not slug:
            example = f", bijvoorbeeld {slugify(title)}" if slugify(title) else ""
            return ADDRESS, NO_ADDRESS.format(example=example)
        longest = Practice._meta.get_field("slug").max_length or 0  # type: ignore[union-attr]
        if len(slug) > longest or not slug_re.fullmatch(slug):
            return ADDRESS, BAD_ADDRESS.format(value=slug[:longest], longest=longest)
        if slug in self.known.out_of_reach:
            return ADDRESS, NOT_YOURS
        if (now := self.known.renamed.get(slug)) is not None:
            is_readable = now in self.known.readable
            return ADDRESS, NEW_ADDRESS.format(slug=now) if is_readable else OLD_ADDRESS
        return (MARK, VANISHED) if is_marked else None

    def problems(self, draft: Draft, marked: str) -> Iterator[Problem]:
        if draft.is_new:
            if not may(self.user, Action.ADD):
                yield WHOLE, MAY_NOT
            if self.seen is not None and self.seen.get(draft.practice.slug) != "":
                yield WHOLE, CHANGED_SINCE_PREVIEW
        elif not self.may_change(draft.practice):
            yield WHOLE, MAY_NOT
        else:
            yield from self._stale(draft, marked)
        yield from self._closed(draft)
        yield from self._owner(draft)
        yield from self._model(draft)
        yield from self._evidence(draft)
        if not draft.is_new and draft.practice.is_public:
            yield from self._privacy(draft)

    # --- somebody else was there ------------------------------------------------------

    def _stale(self, draft: Draft, marked: str) -> Iterator[Problem]:
        assert draft.modified is not None  # noqa: S101 - only of what is stored
        now = mark(draft.modified)
        if marked and len(marked) != len(now):
            yield MARK, NO_MARK
        elif marked and marked != now:
            when = date_format(localtime(draft.modified), r"j F Y \o\m H:i")
            yield WHOLE, CHANGED_SINCE_FILE.format(when=when)
        elif self.seen is not None and self.seen.get(draft.practice.slug) != now:
            yield WHOLE, CHANGED_SINCE_PREVIEW

    # --- what a redacteur cannot change -----------------------------------------------

    def _closed(self, draft: Draft) -> Iterator[Problem]:
        names = closed_fields(self.user, None if draft.is_new else self._as_stored(draft))
        for column, old in draft.before.items():
            if column.field_name in names and not column.widget.same(old, draft.after[column]):
                value = column.widget.render(old)
                yield (
                    str(column.column_name),
                    CLOSED.format(value=value) if value else CLOSED_EMPTY,
                )
            elif column.attribute == "evidence_level":
                level = draft.after[column]
                if "evidence_level" not in names and not is_level_open(self.user, level):
                    lowest = Evidence(LOWEST_ASSESSED_LEVEL).label
                    yield str(column.column_name), LEVEL_CLOSED.format(level=lowest)

    def _as_stored(self, draft: Draft) -> Practice:
        """The rules look at what the entry is, not at what the row makes of it."""
        stored = {str(column.attribute): old for column, old in draft.before.items()}
        known = draft.practice
        return Practice(
            pk=known.pk,
            evidence_level=stored.get("evidence_level", known.evidence_level),
            owner_id=stored.get("owner_id", known.owner_id),
        )

    def _owner(self, draft: Draft) -> Iterator[Problem]:
        column = self.columns["eigenaar"]
        if not draft.is_new and column not in draft.after:
            return
        key = draft.practice.owner_id
        stored = None if draft.is_new else draft.before[column]
        if is_owner_open(self.user, key) or (stored and not is_owner_open(self.user, stored)):
            return  # Of what was another's, the rule of closed fields complains.
        own = [self.places.by_key[place].slug for place in actor_of(self.user).places]
        options = choose_from([], sorted(own))
        yield "eigenaar", OTHERS_OWNER.format(options=options)

    # --- the model and the form -------------------------------------------------------

    def _model(self, draft: Draft) -> Iterator[Problem]:
        by_field = {column.field_name: name for name, column in self.columns.items()}
        try:
            draft.practice.clean_fields(exclude={*REFERENCES, "id"})
            draft.practice.clean()
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                yield from ((by_field.get(name, WHOLE), message) for message in messages)
        else:
            yield from self._constraints.problems(draft)

    def _evidence(self, draft: Draft) -> Iterator[Problem]:
        proofs = self.known.proofs.get(draft.practice.pk, []) if draft.practice.pk else []
        if message := too_high_message(draft.practice.evidence_level, proofs):
            yield "bewijs", message

    def _privacy(self, draft: Draft) -> Iterator[Problem]:
        found = findings(row_texts(Practice, vars(draft.practice)))
        for finding in not_accepted(draft.practice, found):
            yield WHOLE, PRIVACY.format(finding=finding)


def own_owner(user: Any) -> int | None:
    """Of a new entry without an owner: the own municipality, if there is one only."""
    places = actor_of(user).places if is_restricted(user) else frozenset()
    return next(iter(places)) if len(places) == 1 else None
