"""Numbers as a small picture: coordinates for an SVG that a template draws.

The picture says nothing that the table behind it does not. Its words stand under it in
HTML, in columns as wide as those of the bars, so that they grow with the reader's letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format

WIDTH, HEIGHT = 320, 140
LINE = 2  # under the bars
WIDEST_BAR = 72
FILLED = 0.62  # part of a column that its bar takes


@dataclass(frozen=True)
class Bar:
    """A year without a figure has height 0."""

    label: str
    text: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class BarChart:
    title: str
    description: str
    bars: list[Bar]
    width: int = WIDTH
    height: int = HEIGHT
    baseline: int = HEIGHT - LINE


def bar_chart(title: str, labels: Sequence[str], values: Sequence[int | None]) -> BarChart | None:
    """None when there is nothing to compare: fewer than two figures. Bars start at zero."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return None
    column = WIDTH / len(values)
    width = min(WIDEST_BAR, column * FILLED)
    highest = max(known) or 1
    bars = []
    for number, (label, value) in enumerate(zip(labels, values, strict=True)):
        height = (value or 0) / highest * (HEIGHT - LINE)
        bars.append(
            Bar(
                label=label,
                text="onbekend" if value is None else number_format(value, force_grouping=True),
                x=round(column * (number + 0.5) - width / 2, 1),
                y=round(HEIGHT - LINE - height, 1),
                width=round(width, 1),
                height=round(height, 1),
            )
        )
    return BarChart(title, _description(bars, known), bars)


def _description(bars: list[Bar], known: list[int]) -> str:
    listed = ", ".join(f"{bar.label}: {bar.text}" for bar in bars)
    return f"{listed}. {_in_words(known[0], known[-1])}"


def _in_words(first: int, last: int) -> str:
    """What the eye sees at once: from the first figure to the last."""
    if first == last:
        return "Het laatste aantal is gelijk aan het eerste."
    direction = "meer" if last > first else "minder"
    if not first:
        return f"Het laatste aantal is {direction} dan het eerste."
    percentage = round(abs(last - first) / first * 100)
    return f"Het laatste aantal is {percentage} procent {direction} dan het eerste."
