"""A note for a board or council about a selection of practices."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import QueryDict

from practices import facts
from practices.facts import Dressed
from practices.notes import cautions, parts
from practices.notes.document import Block, Document, Heading, Line, Paragraph, Table
from practices.notes.parts import Origin

DEFAULT_TITLE = "Goede praktijken uit andere gemeenten"
TITLE_LENGTH, QUESTION_LENGTH = 120, 1_000
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class Wish:
    """What somebody filled in; both may be empty."""

    title: str = ""
    question: str = ""

    @property
    def parameters(self) -> dict[str, str]:
        return {"titel": self.title, "vraag": self.question}


def read_wish(data: QueryDict) -> Wish:
    title, question = (_UNREADABLE.sub("", data.get(name, "")) for name in ("titel", "vraag"))
    return Wish(
        " ".join(title[: TITLE_LENGTH * 2].split())[:TITLE_LENGTH].strip(),
        question.replace("\r\n", "\n").strip()[:QUESTION_LENGTH].strip(),
    )


def build_note(
    practices: list[Dressed], wish: Wish, origin: Origin, selection_url: str
) -> Document:
    title = wish.title or DEFAULT_TITLE
    blocks: list[Block] = [
        Heading(1, Line(title)),
        Paragraph(Line(f"Gemaakt op {origin.day} met {origin.site}."), lead=True),
    ]
    caution = cautions.about_all(practices)
    if caution:
        blocks.append(caution)
    blocks += parts.text("De vraag", 2, facts.paragraphs(wish.question))
    blocks += _purpose(practices)
    for number, practice in enumerate(practices, start=1):
        blocks += _about(number, practice, origin)
    blocks += _colophon(wish, origin, selection_url)
    return Document(title, origin.site, tuple(blocks))


def _purpose(practices: list[Dressed]) -> list[Block]:
    number = len(practices)
    what = "één praktijk" if number == 1 else f"{number} praktijken"
    header = ("Praktijk", "Waar", "Bewijs", "Actueel", "Kosten")
    rows = tuple(
        tuple(
            Line(str(text))
            for text in (
                practice.title,
                practice.place_label,
                practice.evidence.label,
                practice.freshness_sentence,
                practice.get_cost_class_display(),
            )
        )
        for practice in practices
    )
    return [
        Heading(2, Line("Waar gaat het om?")),
        Paragraph(
            Line(
                f"Deze notitie beschrijft {what} van andere gemeenten of regio's. Bij elke "
                "praktijk staat wat de aanpak is, wat ervoor nodig is, wat het kost en hoe "
                "sterk het bewijs is."
            )
        ),
        Table(Line("Overzicht"), tuple(map(Line, header)), rows),
    ]


def _about(number: int, practice: Dressed, origin: Origin) -> list[Block]:
    page = origin.page(practice)
    blocks: list[Block] = [
        Heading(2, Line(f"{number}. {practice.title}")),
        Paragraph(Line(practice.summary), lead=True),
        Paragraph(Line(page, page)),
    ]
    caution = cautions.about_one(practice)
    if caution:
        blocks.append(caution)
    blocks.append(parts.table(practice))
    blocks += parts.text("Aanpak", 3, facts.paragraphs(practice.approach))
    blocks += parts.text("Voorwaarden", 3, facts.paragraphs(practice.conditions))
    blocks += parts.text("Kosten", 3, facts.costs(practice) or ["Er is nog niets bekend."])
    blocks += _evidence(practice)
    blocks += parts.text("Wat werkte niet?", 3, facts.paragraphs(practice.did_not_work))
    blocks += parts.text("Let op de regels", 3, facts.paragraphs(practice.legal_caveat))
    blocks += parts.bullets("Wat we nog niet weten", 3, _open_questions(practice))
    sources = parts.sources(practice) or [Line("Er is geen bron vermeld.")]
    return [*blocks, *parts.bullets("Bronnen", 3, sources)]


def _evidence(practice: Dressed) -> list[Block]:
    said = [
        facts.evidence(practice),
        facts.assessed(practice),
        *facts.paragraphs(practice.evidence_note),
        *facts.paragraphs(practice.results),
    ]
    blocks = parts.text("Bewijs en resultaten", 3, filter(None, said))
    claims = parts.bullets("", 3, map(Line, facts.claims(practice)))
    return blocks + claims[1:]


def _open_questions(practice: Dressed) -> list[Line]:
    return [Line(question) for question in facts.paragraphs(practice.open_questions)]


def _colophon(wish: Wish, origin: Origin, selection_url: str) -> list[Block]:
    own = "De titel en de vraag zijn van degene die deze notitie maakte. De rest"
    return [
        Heading(2, Line("Over deze notitie")),
        Paragraph(
            Line(
                (own if wish.title or wish.question else "Deze tekst")
                + f" komt uit {origin.site}, zoals het daar op {origin.day} stond."
            )
        ),
        Paragraph(Line("De selectie op de site, met de tekst van nu:")),
        Paragraph(Line(selection_url, selection_url)),
        parts.licence(),
    ]
