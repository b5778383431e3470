"""The figures of a municipality as a table: its own, or those of its predecessors summed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from municipalities.gazetteer import Gazetteer
from municipalities.models import Municipality, WelfareFigure

# Year -> number of people on bijstand.
Series = dict[int, int]


@dataclass(frozen=True)
class FigureTable:
    """`total` is the sum over several municipalities, each with one source.

    `undated` are the years of which no source tells the day.
    """

    years: list[str]
    rows: list[tuple[str, list[int | None]]]
    total: list[int | None] | None
    sources: list[str]
    undated: list[str] = field(default_factory=list)

    @property
    def line(self) -> list[int | None] | None:
        """What a chart can show as one: the sum, or the only row there is."""
        if self.total is not None:
            return self.total
        return self.rows[0][1] if len(self.rows) == 1 else None


def figure_table(municipalities: Sequence[Municipality]) -> FigureTable:
    """One query for any number of municipalities; those without figures get no row.

    A year of which the first one has a figure of its own counts with that: it is the
    municipality of today, the others were merged into it.
    """
    figures = list(
        WelfareFigure.objects.filter(municipality__in=municipalities)
        .select_related("municipality")
        .order_by("municipality__name", "year", "source")
    )
    years = sorted({figure.year for figure in figures})
    labels = {figure.year: _label(figure) for figure in figures}
    keys = list(dict.fromkeys((figure.municipality.name, figure.source) for figure in figures))
    sources = Counter(name for name, _ in keys)
    cells = {(f.municipality.name, f.source, f.year): f.recipients for f in figures}
    rows = [
        (
            # Two sources may contradict each other: neither hides or adds to the other.
            name if sources[name] == 1 else f"{name} ({source})",
            [cells.get((name, source, year)) for year in years],
        )
        for name, source in keys
    ]
    summable = 1 < len(sources) == len(rows)
    return FigureTable(
        years=[labels[year] for year in years],
        rows=rows,
        total=_total(rows, municipalities[0].name) if summable else None,
        sources=sorted({figure.source for figure in figures}),
        undated=[labels[year] for year in years if labels[year] == str(year)],
    )


def _label(figure: WelfareFigure) -> str:
    day = figure.reference_date
    return f"{day.day}-{day.month}-{day.year}" if day else str(figure.year)


def _total(rows: list[tuple[str, list[int | None]]], today: str) -> list[int | None]:
    """A year in which one of the merged has no figure has no sum either."""
    own = next((values for name, values in rows if name == today), None)
    merged = [values for name, values in rows if name != today]
    sums = [_sum(column) for column in zip(*merged, strict=True)]
    if own is None:
        return sums
    return [total if value is None else value for value, total in zip(own, sums, strict=True)]


def _sum(values: Iterable[int | None]) -> int | None:
    known = list(values)
    return None if None in known else sum(value for value in known if value is not None)


def series_of_today(gazetteer: Gazetteer) -> dict[int, Series]:
    """Municipality of today -> its figures, or those of all that went into it, summed.

    Of a municipality with several sources the one with the latest figure counts: figures
    of two sources say nothing about a change. One query.
    """
    own = _own_series()
    parts: dict[int, list[int]] = {}
    for municipality in gazetteer.municipalities:
        if municipality.successor_id:
            parts.setdefault(municipality.successor_id, []).append(municipality.pk)
    today = set(gazetteer.current_pk.values())
    return {pk: series for pk in today if (series := _with_parts(pk, own, parts, frozenset()))}


def _own_series() -> dict[int, Series]:
    by_source: dict[int, dict[str, Series]] = {}
    rows = WelfareFigure.objects.order_by("municipality", "source", "year")
    for pk, source, year, number in rows.values_list(
        "municipality", "source", "year", "recipients"
    ):
        by_source.setdefault(pk, {}).setdefault(source, {})[year] = number
    return {pk: max(found.values(), key=max) for pk, found in by_source.items()}


def _with_parts(
    pk: int, own: dict[int, Series], parts: dict[int, list[int]], seen: frozenset[int]
) -> Series:
    """Its own figures where it has them, else the sum of all its parts."""
    mine = own.get(pk, {})
    inner = [
        _with_parts(part, own, parts, seen | {pk}) for part in parts.get(pk, ()) if part not in seen
    ]
    if not inner:
        return mine
    shared = set.intersection(*(set(series) for series in inner))
    return {year: sum(series[year] for series in inner) for year in shared} | mine
