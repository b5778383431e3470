"""The parts about one entry that a note and a factsheet have in common."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import formats

from practices import facts
from practices.facts import Dressed
from practices.licence import licence as content_licence
from practices.notes.document import Block, Bullets, Heading, Line, Paragraph, Table

# Nobody's text may make a document that takes for ever to lay out.
LONGEST_TEXT = 5_000
READ_ON = "(Ingekort. De hele tekst staat op de pagina van de praktijk.)"


@dataclass(frozen=True)
class Origin:
    """Of which site a document is, and the day on which it was made."""

    site: str
    address: str
    made_on: date

    def page(self, practice: Dressed) -> str:
        return self.address.rstrip("/") + practice.get_absolute_url()

    @property
    def day(self) -> str:
        return formats.date_format(self.made_on, "j F Y")


def table(practice: Dressed) -> Table:
    costs = str(practice.get_cost_class_display())
    pairs = (
        ("Waar", facts.where(practice)),
        ("Voor wie", facts.for_whom(practice)),
        ("Fase", facts.phase(practice)),
        ("Bewijs", str(practice.evidence.label)),
        ("Kosten", costs),
        ("Tijd tot de start", practice.lead_time),
        ("Actueel", practice.freshness_sentence),
    )
    rows = tuple((Line(label), Line(text or facts.NOT_FILLED_IN)) for label, text in pairs)
    return Table(
        caption=Line("In het kort"), header=(Line("Onderdeel"), Line("Antwoord")), rows=rows
    )


def text(title: str, level: int, lines: Iterable[str]) -> list[Block]:
    """A heading with paragraphs; nothing at all without text."""
    kept = shortened(list(lines), LONGEST_TEXT, READ_ON)
    if not kept:
        return []
    return [Heading(level, Line(title)), *(Paragraph(Line(line)) for line in kept)]


def bullets(title: str, level: int, lines: Iterable[Line]) -> list[Block]:
    kept = tuple(lines)
    return [Heading(level, Line(title)), Bullets(kept)] if kept else []


def shortened(lines: list[str], longest: int, *after_a_cut: str) -> list[str]:
    """Whole paragraphs as long as they fit, and the next one up to a word."""
    kept: list[str] = []
    room = longest
    for line in lines:
        if len(line) > room:
            head = line[:room].rpartition(" ")[0]
            return [*kept, f"{head} …".strip(), *after_a_cut]
        kept.append(line)
        room -= len(line)
    return kept


def sources(practice: Dressed) -> list[Line]:
    return [
        Line(facts.source_line(reference), reference.source.url)
        for reference in practice.references.all()
    ]


def licence() -> Paragraph:
    name, url = content_licence()
    return Paragraph(Line(f"Licentie van de teksten over praktijken: {name}, {url}", url))
