"""One entry on one page."""

from __future__ import annotations

from practices import facts
from practices.facts import Dressed
from practices.notes import cautions, parts
from practices.notes.document import Block, Document, Heading, Line, Paragraph
from practices.notes.parts import Origin

# Characters for each text, tried from long to short until it fits on a page.
LENGTHS = (1_200, 800, 500, 300, 180, 90)


def build_factsheet(practice: Dressed, origin: Origin, longest: int = LENGTHS[0]) -> Document:
    page = origin.page(practice)
    blocks: list[Block] = [
        Heading(1, Line(practice.title)),
        Paragraph(Line(practice.summary), lead=True),
    ]
    caution = cautions.about_one(practice)
    if caution:
        blocks.append(caution)
    blocks.append(parts.table(practice))
    for title, lines in _texts(practice):
        blocks += parts.text(title, 2, parts.shortened(lines, longest))
    made = f"Uit {origin.site}, op {origin.day}. De hele tekst, met bronnen en contact:"
    blocks += [
        Heading(2, Line("Waar staat meer?")),
        *(Paragraph(source) for source in parts.sources(practice)[:2]),
        Paragraph(Line(made)),
        Paragraph(Line(page, page)),
        parts.licence(),
    ]
    return Document(f"Factsheet: {practice.title}", origin.site, tuple(blocks))


def _texts(practice: Dressed) -> list[tuple[str, list[str]]]:
    return [
        ("Aanpak", facts.paragraphs(practice.approach)),
        ("Resultaten", facts.paragraphs(practice.results) + facts.claims(practice)),
        ("Wat hebt u ervoor nodig?", facts.paragraphs(practice.conditions)),
        ("Wat kost het?", facts.paragraphs(practice.cost_note)),
        ("Wat werkte niet?", facts.paragraphs(practice.did_not_work)),
    ]
