"""The list as a table: the same practices in the same order as on the screen."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from typing import Any

from practices.cards import dress
from practices.cells import safe_cell
from practices.enums import CostClass, Evidence, Kind, Scope
from practices.listing import PracticeList


def _names(relation: str) -> Callable[[Any], str]:
    return lambda practice: "; ".join(str(term) for term in getattr(practice, relation).all())


# Contacts are left out on purpose: they never leave in bulk.
COLUMNS: dict[str, Callable[[Any], Any]] = {
    "naam": lambda practice: practice.slug,
    "titel": lambda practice: practice.title,
    "soort": lambda practice: Kind(practice.kind).label,
    "samenvatting": lambda practice: practice.summary,
    "aanleiding": lambda practice: practice.background,
    "doel": lambda practice: practice.goal,
    "aanpak": lambda practice: practice.approach,
    "resultaten": lambda practice: practice.results,
    "wat niet werkte": lambda practice: practice.did_not_work,
    "nodig": lambda practice: practice.conditions,
    "bereik": lambda practice: Scope(practice.scope).label,
    "gemeenten": _names("municipalities"),
    "regio's": _names("regions"),
    "thema's": _names("themes"),
    "doelgroepen": _names("target_groups"),
    "knelpunten": _names("barriers"),
    "instrumenten": _names("instruments"),
    "fase": lambda practice: practice.phase_label,
    "bewijs": lambda practice: Evidence(practice.evidence_level).label,
    "toelichting bewijs": lambda practice: practice.evidence_note,
    "kosten": lambda practice: CostClass(practice.cost_class).label,
    "peildatum": lambda practice: practice.described_on or "",
    "bevestigd op": lambda practice: practice.confirmed_on or "",
    "wat we nog niet weten": lambda practice: practice.open_questions,
    "bronnen": _names("references"),
    "adres": lambda practice: practice.get_absolute_url(),
}
PREFETCH = ("barriers", "instruments", "references__source")


class _Echo:
    """A file that hands back what is written to it, so that rows can be streamed."""

    def write(self, value: str) -> str:
        return value


def csv_lines(practices: PracticeList, absolute: Callable[[str], str]) -> Iterator[str]:
    """RFC 4180 lines, header first; a fixed number of queries for each few hundred rows.

    `absolute` turns a path of the site into a full address.
    """
    writer = csv.writer(_Echo())
    yield writer.writerow(COLUMNS)
    for practice in practices.with_details(*PREFETCH):
        dress(practice)
        cells = {name: read(practice) for name, read in COLUMNS.items()}
        cells["adres"] = absolute(cells["adres"])
        yield writer.writerow(safe_cell(cell) for cell in cells.values())
