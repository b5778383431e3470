"""Practices side by side: a row for each property, and whether they differ in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from practices import facts
from practices.facts import Dressed

LEAST, MOST = 2, 4

Lines = list[str]


@dataclass(frozen=True)
class Cell:
    """What one practice says; no lines means: not filled in."""

    practice: str
    lines: Lines


@dataclass(frozen=True)
class Row:
    key: str
    label: str
    cells: tuple[Cell, ...]

    @property
    def differs(self) -> bool:
        return len({_comparable(cell.lines) for cell in self.cells}) > 1


@dataclass(frozen=True)
class Comparison:
    practices: list[Dressed]
    rows: list[Row]
    alike: int  # rows that are the same everywhere, shown or not
    only_differences: bool


def _comparable(lines: Lines) -> str:
    """Case, white space and the order of lines make no difference."""
    return "\n".join(sorted(" ".join(line.split()).casefold() for line in lines))


def _one(text: Callable[[Dressed], str]) -> Callable[[Dressed], Lines]:
    return lambda practice: [text(practice)] if text(practice) else []


def _field(name: str) -> Callable[[Dressed], Lines]:
    return lambda practice: facts.paragraphs(getattr(practice, name))


PROPERTIES: tuple[tuple[str, str, Callable[[Dressed], Lines]], ...] = (
    ("samenvatting", "Samenvatting", _field("summary")),
    ("waar", "Waar", _one(facts.where)),
    ("doelgroep", "Voor wie", _one(facts.for_whom)),
    ("thema", "Thema", _one(facts.themes)),
    ("soort", "Soort", _one(lambda practice: practice.get_kind_display())),
    ("fase", "Fase", _one(facts.phase)),
    ("stap", "Stap naar werk", _one(facts.step)),
    ("bewijs", "Bewijs", _one(facts.evidence)),
    ("resultaten", "Resultaten", lambda p: facts.paragraphs(p.results) + facts.claims(p)),
    ("actueel", "Actueel", lambda p: [p.freshness_label, f"{p.freshness_sentence}."]),
    ("aanpak", "Aanpak", _field("approach")),
    ("nodig", "Wat hebt u ervoor nodig?", _field("conditions")),
    ("kosten", "Kosten", facts.costs),
    ("tijd", "Tijd tot de start", _field("lead_time")),
    ("werkte-niet", "Wat werkte niet?", _field("did_not_work")),
    ("aanpassen", "Wat kunt u aanpassen?", _field("adaptable_parts")),
    ("regels", "Wettelijk kader", _field("legal_basis")),
)


def compare(practices: list[Dressed], *, only_differences: bool = False) -> Comparison:
    rows = [
        Row(key, label, tuple(Cell(practice.title, lines_of(practice)) for practice in practices))
        for key, label, lines_of in PROPERTIES
    ]
    filled = [row for row in rows if any(cell.lines for cell in row.cells)]
    differing = [row for row in filled if row.differs]
    return Comparison(
        practices=practices,
        rows=differing if only_differences else filled,
        alike=len(filled) - len(differing),
        only_differences=only_differences,
    )
