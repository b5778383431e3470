"""A yearly reclassification from a table: new, renamed, moved and merged municipalities.

The table says how it is from `geldig_vanaf` on (docs/operations.md, "Herindeling"). What
already is so changes nothing, so a file can be read twice. Nothing is ever deleted: a
merged municipality keeps its page, figures and practices.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from municipalities.models import Membership, Municipality, OldMunicipalitySlug, Region
from municipalities.reclassification_file import Problem, Row

SPLIT = (
    "{name} staat bij meer dan één nieuwe gemeente ({others}). Een gemeente splitsen kan niet "
    "met dit bestand: haar praktijken en cijfers horen dan niet vanzelf bij één van die "
    "gemeenten. Kies de gemeente waar de meeste inwoners heen gaan en laat haar bij de andere weg."
)


@dataclass
class Plan:
    """What there is to do, in words per kind, and what is wrong."""

    new: list[str] = field(default_factory=list)
    renamed: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    owners: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def changes(self) -> int:
        return len(self.new) + len(self.renamed) + len(self.moved) + len(self.merged)


class DryRun(Exception):  # noqa: N818 - not an error: it takes the trial back
    pass


def reclassify(rows: Sequence[Row], *, apply: bool) -> Plan:
    """Does everything in one transaction; takes it back when something is wrong or on trial."""
    plan = Plan()
    try:
        with transaction.atomic():
            _Reclassification(rows, plan).run()
            if plan.problems or not apply:
                raise DryRun
    except DryRun:
        pass
    return plan


class _Reclassification:
    def __init__(self, rows: Sequence[Row], plan: Plan) -> None:
        self.rows = sorted(rows, key=lambda row: (row.valid_from or date.min, row.number))
        self.plan = plan
        self.by_code = {m.code: m for m in Municipality.objects.defer("boundary")}
        self.regions = {region.slug: region for region in Region.objects.all()}
        self.changed: set[int] = set()

    def run(self) -> None:
        split = self._refuse_splits()
        for row in self.rows:
            if row.code in self.by_code:
                self._update(row, self.by_code[row.code])
            else:
                self._add(row)
        for row in self.rows:
            for code in row.predecessors:
                if code not in split:
                    self._merge(row, code)
        if not self.plan.problems:
            self._hand_over()
        self.plan.unchanged = len(self.rows) - len(self.changed)

    def _problem(self, row: Row, column: str, text: str) -> None:
        self.plan.problems.append(Problem(row.number, column, text))

    def _done(self, row: Row, kind: list[str], text: str) -> None:
        kind.append(text)
        self.changed.add(row.number)

    # --- what is there, what is new --------------------------------------------------

    def _add(self, row: Row) -> None:
        region, province = self._region(row, "regio"), self._region(row, "provincie")
        if region is None or province is None:
            return
        municipality = Municipality(
            code=row.code,
            name=row.name,
            slug=slugify(row.name),
            region=region,
            province=province,
            seat=row.seat,
            lat=row.lat,
            lon=row.lon,
            valid_from=row.valid_from,
        )
        if self._save(row, municipality):
            self.by_code[row.code] = municipality
            self._done(row, self.plan.new, f"{row.name} ({row.code})")
            if row.lat is None:
                self.plan.warnings.append(
                    f"{row.name} heeft nog geen plaats op de kaart (kolommen lat en lon)."
                )

    def _region(self, row: Row, column: str) -> Region | None:
        slug = row.region if column == "regio" else row.province
        if not slug:
            self._problem(row, column, "vul dit in; voor een nieuwe gemeente is het nodig")
            return None
        found = self.regions.get(slug)
        kinds = [
            r.slug for r in self.regions.values() if column == "regio" or r.kind == "provincie"
        ]
        if found is None or found.slug not in kinds:
            self._problem(
                row, column, f"‘{slug}’ is onbekend; wel bekend: {', '.join(sorted(kinds))}"
            )
            return None
        return found

    def _update(self, row: Row, municipality: Municipality) -> None:
        before = len(self.plan.problems)
        name, old_slug = municipality.name, municipality.slug
        moved = self._move(row, municipality)
        if row.name != name:
            municipality.name, municipality.slug = row.name, slugify(row.name)
        wrong = len(self.plan.problems) > before
        if wrong or not (moved or row.name != name) or not self._save(row, municipality):
            return
        if moved:
            self._done(row, self.plan.moved, f"{row.name}: {moved}")
        if row.name != name:
            self._keep_old_slug(old_slug, municipality)
            self._done(row, self.plan.renamed, f"{name} heet nu {row.name}")

    def _move(self, row: Row, municipality: Municipality) -> str:
        """To another region or province; an empty column leaves it as it is."""
        moves = []
        for column, attribute in (("regio", "region"), ("provincie", "province")):
            if not (row.region if column == "regio" else row.province):
                continue
            region = self._region(row, column)
            if region and getattr(municipality, f"{attribute}_id") != region.pk:
                setattr(municipality, attribute, region)
                moves.append(f"{column} wordt {region.name}")
        return ", ".join(moves)

    def _keep_old_slug(self, old: str, municipality: Municipality) -> None:
        if old == municipality.slug:
            return
        OldMunicipalitySlug.objects.update_or_create(
            slug=old, defaults={"municipality": municipality}
        )

    def _save(self, row: Row, municipality: Municipality) -> bool:
        same = [m for m in self.by_code.values() if m.code != municipality.code]
        taken = [m for m in same if m.name == municipality.name or m.slug == municipality.slug]
        if taken:
            self._problem(
                row,
                "naam",
                f"‘{row.name}’ heet ook {taken[0].name} ({taken[0].code}); namen en adressen zijn "
                "uniek, hernoem de oude gemeente in hetzelfde bestand of in het beheer",
            )
            return False
        try:
            municipality.full_clean(exclude=["boundary"], validate_unique=False)
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                self._problem(row, COLUMNS.get(name, name), " ".join(messages))
            return False
        # An address that was somebody's old one is taken by whoever has the name now.
        OldMunicipalitySlug.objects.filter(slug=municipality.slug).delete()
        municipality.save()
        return True

    # --- merging ---------------------------------------------------------------------

    def _refuse_splits(self) -> set[str]:
        went_to: dict[str, list[Row]] = {}
        for row in self.rows:
            for code in row.predecessors:
                went_to.setdefault(code, []).append(row)
        split = {code: rows for code, rows in went_to.items() if len(rows) > 1}
        for code, rows in split.items():
            known = self.by_code.get(code)
            text = SPLIT.format(
                name=f"{known.name} ({code})" if known else code,
                others=", ".join(row.name for row in rows),
            )
            self._problem(rows[-1], "voorgangers", text)
        return set(split)

    def _merge(self, row: Row, code: str) -> None:
        successor, old = self.by_code.get(row.code), self.by_code.get(code)
        if old is None:
            self._problem(
                row, "voorgangers", f"{code} staat niet in de catalogus of in dit bestand"
            )
        if old is None or successor is None:
            return
        if problem := self._refusal(row, old, successor):
            self._problem(row, "voorgangers", problem)
            return
        if old.successor_id == successor.pk:
            return
        old.successor, old.valid_to = successor, row.valid_from
        try:
            old.full_clean(exclude=["boundary"], validate_unique=False)
        except ValidationError as error:
            self._problem(row, "geldig_vanaf", f"{old.name}: {' '.join(error.messages)}")
            return
        old.save()
        self._done(row, self.plan.merged, f"{old.name} gaat op in {successor.name}")

    def _refusal(self, row: Row, old: Municipality, successor: Municipality) -> str:
        if row.valid_from is None:
            return "vul bij geldig_vanaf in sinds wanneer de gemeenten samen zijn"
        if old.successor_id and old.successor_id != successor.pk:
            now = next(m for m in self.by_code.values() if m.pk == old.successor_id)
            return f"{old.name} ({old.code}) is al opgegaan in {now.name}"
        later: Municipality | None = successor
        seen: set[int] = set()
        while later is not None and later.pk not in seen:
            seen.add(later.pk)
            if later.pk == old.pk:
                return f"{old.name} ({old.code}) zou zo in zichzelf opgaan"
            later = next((m for m in self.by_code.values() if m.pk == later.successor_id), None)
        return ""

    def _hand_over(self) -> None:
        """Who kept descriptions up for a merged municipality now does so for its successor."""
        for old in self.by_code.values():
            if old.successor_id is None:
                continue
            today = old.current()
            # No signal and no new `modified`: nothing changed for a reader.
            moved = old.owned_practices.update(owner=today)  # type: ignore[attr-defined]
            if moved:
                noun = "praktijk" if moved == 1 else "praktijken"
                self.plan.owners.append(
                    f"{moved} {noun} van {old.name}: eigenaar is nu {today.name}"
                )
            Membership.objects.bulk_create(
                [
                    Membership(user_id=user, municipality=today, role=role)
                    for user, role in old.memberships.values_list("user", "role")  # type: ignore[attr-defined]
                ],
                ignore_conflicts=True,
            )


COLUMNS = {"name": "naam", "slug": "naam", "valid_from": "geldig_vanaf", "seat": "plaats"}
