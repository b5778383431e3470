"""The figures of a municipality as a table: its own, or those of its predecessors summed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from municipalities.models import Municipality, WelfareFigure


@dataclass(frozen=True)
class FigureTable:
    """`total` is the sum over several municipalities, each with one source."""

    years: list[str]
    rows: list[tuple[str, list[int | None]]]
    total: list[int | None] | None
    sources: list[str]


def figure_table(municipalities: Sequence[Municipality]) -> FigureTable:
    """One query for any number of municipalities; those without figures get no row."""
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
    return FigureTable(
        years=[labels[year] for year in years],
        rows=rows,
        total=_total(rows) if 1 < len(sources) == len(rows) else None,
        sources=sorted({figure.source for figure in figures}),
    )


def _label(figure: WelfareFigure) -> str:
    day = figure.reference_date
    return f"{day.day}-{day.month}-{day.year}" if day else str(figure.year)


def _total(rows: list[tuple[str, list[int | None]]]) -> list[int | None]:
    """A year in which one of the rows has no figure has no sum either."""
    columns = zip(*(values for _, values in rows), strict=True)
    return [
        None if any(value is None for value in column) else sum(v for v in column if v is not None)
        for column in columns
    ]
