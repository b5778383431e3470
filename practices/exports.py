"""The list for other programs: the same practices in the same order as on the screen.

Everything is a stream: a fixed number of queries for each few hundred practices, and no more
of them in memory than that.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from practices.cards import dress
from practices.cells import safe_cell
from practices.enums import CostClass, Evidence, Kind, Scope
from practices.licence import licence
from practices.listing import PracticeList
from practices.site_address import Absolute


def _names(relation: str) -> Callable[[Any], list[str]]:
    return lambda practice: [str(term) for term in getattr(practice, relation).all()]


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


def records(practices: PracticeList, absolute: Absolute) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Each practice, and what is told of it: texts, dates and lists of names."""
    for practice in practices.with_details(*PREFETCH):
        dress(practice)
        told = {name: read(practice) for name, read in COLUMNS.items()}
        told["adres"] = absolute(told["adres"])
        yield practice, told


def rows(practices: PracticeList, absolute: Absolute) -> Iterator[list[str]]:
    """The cells of a table, in the order of COLUMNS."""
    for _, told in records(practices, absolute):
        yield ["; ".join(cell) if isinstance(cell, list) else str(cell) for cell in told.values()]


def csv_lines(practices: PracticeList, absolute: Absolute) -> Iterator[str]:
    """RFC 4180, header first."""
    return csv_table(COLUMNS, rows(practices, absolute))


def csv_table(header: Iterable[str], lines: Iterable[Iterable[Any]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield writer.writerow(header)
    for line in lines:
        yield writer.writerow(safe_cell(cell) for cell in line)


def json_lines(practices: PracticeList, absolute: Absolute, today: date) -> Iterator[str]:
    """One object, a practice on each line."""
    told = (record for _, record in records(practices, absolute))
    return _document({"licentie": licence().url, "gemaakt_op": today}, "praktijken", told)


def geojson_lines(practices: PracticeList, absolute: Absolute) -> Iterator[str]:
    """RFC 7946: the place itself, or else the seats of the municipalities that do it."""
    features = (
        {
            "type": "Feature",
            "id": practice.slug,
            "geometry": _geometry(practice),
            "properties": told,
        }
        for practice, told in records(practices, absolute)
    )
    return _document({"type": "FeatureCollection"}, "features", features)


def _document(head: dict[str, Any], name: str, items: Iterable[Any]) -> Iterator[str]:
    yield f'{_json(head)[:-1]}, "{name}": ['
    for number, item in enumerate(items):
        yield f"{',' if number else ''}\n{_json(item)}"
    yield "\n]}\n"


def _json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)


def _geometry(practice: Any) -> dict[str, Any] | None:
    if practice.lat is not None:
        return {"type": "Point", "coordinates": _position(practice)}
    seats = [place for place in practice.municipalities.all() if place.lat is not None]
    if not seats:
        return None
    return {"type": "MultiPoint", "coordinates": [_position(place) for place in seats]}


def _position(place: Any) -> list[float]:
    return [float(place.lon), float(place.lat)]
