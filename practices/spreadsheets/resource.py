"""The entries as import-export sees them: its loop over the rows, our rules in it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import tablib
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Resource

from municipalities.models import Municipality
from practices.models import Practice
from practices.spreadsheets.columns import ADDRESS, MARK, ORDER, Column, columns, guide
from practices.spreadsheets.drafts import Draft, value_of
from practices.spreadsheets.lookups import Known, Links, Vocabularies, links_of
from practices.spreadsheets.rules import Rules, own_owner
from practices.spreadsheets.saving import save_all
from practices.spreadsheets.tables import GUIDE_SHEET, SHEET, FileError, FormulaCell, Table
from practices.spreadsheets.widgets import mark

UNKNOWN_COLUMN = "Kolom '{name}' bestaat niet.{hint} De kolommen zijn: {all}."
SAME_COLUMN = "Kolom '{name}' staat er twee keer."
NO_ADDRESS_COLUMN = "De kolom 'adres' ontbreekt. Daaraan herkennen we de praktijken."
TWICE = "Dit adres staat ook al in rij {row}."
FORMULA = "Hier staat een formule of een fout. Zet er de uitkomst neer als tekst."
FIXED = "Deze kolom is alleen om te lezen. Laat '{value}' staan of maak de cel leeg."
FIXED_EMPTY = "Deze kolom is alleen om te lezen. Maak de cel leeg."
CHUNK = 250


@dataclass(frozen=True)
class Complaint:
    row: int
    column: str
    text: str

    def __str__(self) -> str:
        place = f"Rij {self.row}, kolom '{self.column}'" if self.column else f"Rij {self.row}"
        return f"{place}: {self.text}"


@dataclass
class Outcome:
    """What a file would do, or did. With one complaint nothing is done at all."""

    drafts: list[Draft]
    unchanged: int
    complaints: list[Complaint]
    marks: dict[str, str]
    links: Links


class PracticeResource(Resource):
    """For one user and one file. `practices` are those that the user may see."""

    class Meta:
        import_id_fields = [ADDRESS]
        instance_loader_class = BaseInstanceLoader
        # Our own, lighter: only what differs, in the words of the form.
        skip_diff = True

    def __init__(self, user: Any = None, practices: QuerySet[Practice] | None = None) -> None:
        super().__init__()
        self.user = user
        self.practices = Practice.objects.none() if practices is None else practices
        self.vocabularies = Vocabularies()
        self.fields = dict(columns(self.vocabularies))
        self._links: Links = {}

    # --- out ----------------------------------------------------------------------------

    def iter_queryset(self, queryset: QuerySet[Practice]) -> Iterator[Practice]:
        keys = list(queryset.values_list("pk", flat=True))
        for start in range(0, len(keys), CHUNK):
            part = keys[start : start + CHUNK]
            rows = Practice.objects.in_bulk(part)
            self._links = links_of(part)
            yield from (rows[key] for key in part if key in rows)

    def export_field(self, field: Column, instance: Practice, **kwargs: Any) -> str:
        return field.widget.render(value_of(field, instance, self._links))

    def sheet(self, practices: QuerySet[Practice]) -> tablib.Dataset:
        dataset = self.export(practices)
        dataset.title = SHEET
        return dataset

    def guide_sheet(self) -> tablib.Dataset:
        dataset = tablib.Dataset(headers=["kolom", "in het formulier", "wat er mag staan"])
        dataset.title = GUIDE_SHEET
        for row in guide(self.vocabularies):
            dataset.append(row)
        return dataset

    # --- in -----------------------------------------------------------------------------

    def run(
        self,
        found: Table,
        may_change: Callable[[Practice], bool],
        seen: Mapping[str, str] | None = None,
        reason: str | None = None,
    ) -> Outcome:
        """Without a reason only a look at what would happen; with one it is done.

        The caller has to hold a transaction then. FileError: nothing could be looked at.
        """
        headings = _headings(found.headings)
        place = headings.index(ADDRESS)
        slugs = [cells[place].strip() for _, cells in found.rows]
        known = Known(self.practices, slugs, lock=reason is not None)
        self._rules = Rules(
            self.user,
            known,
            self.fields,
            self.vocabularies.of(Municipality),
            may_change,
            seen,
        )
        self._first: dict[str, int] = {}
        self._numbers = [number for number, _ in found.rows]
        self._outcome = Outcome([], 0, [], {}, known.links)
        dataset = tablib.Dataset(headers=headings)
        for _, cells in found.rows:
            dataset.append(cells)
        result = self.import_data(dataset, use_transactions=False)
        for row in result.error_rows:
            raise row.errors[0].error  # A mistake of ours, not of the file.
        if reason is not None and not self._outcome.complaints:
            save_all(self._outcome.drafts, known.links, self.user, reason)
        return self._outcome

    def get_or_init_instance(self, loader: Any, row: dict[str, str]) -> tuple[Practice, bool]:
        known = self._rules.known.practices.get(row[ADDRESS].strip())
        practice = known or Practice(slug=row[ADDRESS].strip(), owner_id=own_owner(self.user))
        return practice, known is None

    def after_init_instance(
        self, instance: Practice, new: bool, row: dict[str, str], **kwargs: Any
    ) -> None:
        number = self._numbers[kwargs["row_number"] - 1]
        self._marked = row.get(MARK, "")
        self._draft = Draft(number, instance, new, instance.modified)
        self._complaints: list[Complaint] = []

    def import_instance(self, instance: Practice, row: dict[str, str], **kwargs: Any) -> None:
        """Raises what is wrong with single cells, all of it."""
        self._look_at_address(row)
        for name, text in row.items():
            column = self.fields[name]
            old = value_of(column, instance, self._rules.known.links)
            if isinstance(text, FormulaCell):
                self._complain(name, FORMULA)
            elif column.readonly:
                self._hold(column, text, old)
            elif name != ADDRESS:
                self._fill(column, text, old)

    def _look_at_address(self, row: dict[str, str]) -> None:
        slug, draft = row[ADDRESS].strip(), self._draft
        if slug and slug in self._first:
            self._complain(ADDRESS, TWICE.format(row=self._first[slug]))
        self._first.setdefault(slug, draft.number)
        if draft.is_new:
            is_marked = bool(row.get(MARK))
            if problem := self._rules.address(slug, row.get("titel", ""), is_marked):
                self._complain(*problem)

    def _hold(self, column: Column, text: str, old: Any) -> None:
        if column.column_name == MARK or not text:
            return
        try:
            is_same = column.widget.same(old, column.widget.clean(text))
        except ValueError:
            is_same = False
        if not is_same:
            told = column.widget.render(old)
            complaint = FIXED.format(value=told) if told else FIXED_EMPTY
            self._complain(str(column.column_name), complaint)

    def _fill(self, column: Column, text: str, old: Any) -> None:
        if self._draft.is_new and not text:
            return  # An empty cell of a new entry: what the model starts with.
        try:
            self._draft.put(column, old, column.widget.clean(text))
        except ValueError as error:
            self._complain(str(column.column_name), str(error))

    def skip_row(
        self, instance: Practice, original: Any, row: dict[str, str], errors: Any = None
    ) -> bool:
        draft = self._draft
        same = not draft.is_new and not draft.after and not self._complaints
        self._outcome.unchanged += same
        self._outcome.marks[instance.slug] = _mark_of(draft)
        return same

    def validate_instance(self, instance: Practice, *args: Any, **kwargs: Any) -> None:
        """The cells first: a rule that looks at more of them would complain about a guess."""
        if not self._complaints:
            for name, text in self._rules.problems(self._draft, self._marked):
                self._complain(name, text)
        if self._complaints:
            self._outcome.complaints += self._complaints
            raise ValidationError([str(complaint) for complaint in self._complaints])

    def _complain(self, column: str, text: str) -> None:
        self._complaints.append(Complaint(self._draft.number, column, text))

    def save_instance(self, instance: Practice, *args: Any, **kwargs: Any) -> None:
        """Nothing yet: first it has to be known that all rows are right."""
        self._outcome.drafts.append(self._draft)

    def save_m2m(self, *args: Any, **kwargs: Any) -> None:
        pass


def _mark_of(draft: Draft) -> str:
    return "" if draft.is_new or draft.modified is None else mark(draft.modified)


def _headings(found: list[str]) -> list[str]:
    names = [" ".join(name.lower().replace("’", "'").split()) for name in found]
    for name in names:
        if name not in ORDER:
            close = difflib.get_close_matches(name, ORDER, n=1)
            hint = f" Bedoel je '{close[0]}'?" if close else ""
            raise FileError(UNKNOWN_COLUMN.format(name=name, hint=hint, all=", ".join(ORDER)))
        if names.count(name) > 1:
            raise FileError(SAME_COLUMN.format(name=name))
    if ADDRESS not in names:
        raise FileError(NO_ADDRESS_COLUMN)
    return names
