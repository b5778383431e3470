"""Notes and factsheets for the tests of what prints them."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import docx
from odf import opendocument, teletype

from practices.facts import chosen
from practices.notes.document import Document
from practices.notes.factsheet import build_factsheet
from practices.notes.note import Wish, build_note
from practices.notes.parts import Origin
from tests.factories import (
    ClaimFactory,
    ContactFactory,
    PracticeFactory,
    ReferenceFactory,
    SourceFactory,
)

ORIGIN = Origin("Parelkaart Test", "https://parels.example.org/", date(2026, 11, 25))
SELECTION = "https://parels.example.org/selectie/?praktijk=taalhuis"


def a_rich_practice(slug: str = "taalhuis", **more: object) -> None:
    fields = {
        "title": "Taalhuis",
        "approach": "Elke week oefenen.\n\nMet vrijwilligers.",
        "conditions": "Een zaal.",
        "cost_note": "Een halve baan.",
        "did_not_work": "Zonder koffie kwam niemand.",
        "evidence_note": "Geteld door de gemeente.",
        "results": "Mensen spreken beter.",
        "legal_caveat": "Let op de privacy.",
        "open_questions": "Loopt het nog?",
        "lead_time": "een half jaar",
    }
    practice = PracticeFactory(slug=slug, **{**fields, **more})
    study = SourceFactory(title="Rapport 2018", url="https://example.org/rapport")
    ReferenceFactory(practice=practice, source=study, place="paragraaf 4.2")
    ClaimFactory(practice=practice, source=study, place="p. 9", statement="Twaalf mensen slaagden")
    ContactFactory(practice=practice, organisation="Stichting Geheim", mailbox="geheim@example.org")


def a_note(*slugs: str, title: str = "", question: str = "") -> Document:
    practices = chosen(slugs or ("taalhuis",))
    return build_note(practices, Wish(title, question), ORIGIN, SELECTION)


def a_factsheet(slug: str = "taalhuis", **more: int) -> Document:
    (practice,) = chosen((slug,))
    return build_factsheet(practice, ORIGIN, **more)


def words(document: Document) -> list[str]:
    return [line.text for line in document.lines()]


def odt_text(content: bytes) -> str:
    return str(teletype.extractText(opendocument.load(BytesIO(content)).text))


def docx_text(content: bytes) -> str:
    return "\n".join(docx.Document(BytesIO(content)).element.body.itertext())
