"""The figures of a municipality as a table: its own, or those of its predecessors summed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from municipalities.models import Municipality, WelfareFigure


@dataclass(frozen=True)
class FigureTable:
    """`total` is the sum of the rows, present only when there is more than one row."""

    years: list[str]
    rows: list[tuple[str, list[int | None]]]
    total: list[int | None] | None
    sources: list[str]


def figure_table(municipalities: Sequence[Municipality]) -> FigureTable:
    """One query for any number of municipalities; those without figures get no row."""
    figures = list(
        WelfareFigure.objects.filter(municipality__in=municipalities)
        .select_related("municipality")
        .order_by("municipality__name", "year")
    )
    years = sorted({figure.year for figure in figures})
    labels = {figure.year: _label(figure) for figure in figures}
    names = list(dict.fromkeys(figure.municipality.name for figure in figures))
    cells = {(figure.municipality.name, figure.year): figure.recipients for figure in figures}
    rows = [(name, [cells.get((name, year)) for year in years]) for name in names]
    return FigureTable(
        years=[labels[year] for year in years],
        rows=rows,
        total=_total(rows) if len(rows) > 1 else None,
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
