"""The page, the PDF, the ODT and the DOCX say the same."""

from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn
from lxml import html
from odf import opendocument, table, teletype, text

from practices.notes.docx_writer import as_docx
from practices.notes.html_writer import as_html
from practices.notes.odt_writer import as_odt
from practices.notes.pdf_writer import as_pdf
from tests import pdf
from tests.practices.notes.papers import a_note, a_rich_practice, words

pytestmark = pytest.mark.django_db

HOSTILE = "<b>vet</b> & 'zo' \x01\ufffe<script>alert(1)</script>"


@pytest.fixture
def note():
    a_rich_practice("een", title="Een <b>huis</b>", approach=HOSTILE)
    a_rich_practice("twee", title="Tweede")
    return a_note("een", "twee", title="Naar werk", question="Wat helpt?\n\nEn wat niet?")


def in_html(document):
    tree = html.fromstring(as_html(document))
    elements = tree.iter("h1", "h2", "h3", "p", "li", "caption", "th", "td")
    return [" ".join(element.text_content().split()) for element in elements]


def in_odt(document):
    body = opendocument.load(BytesIO(as_odt(document))).text
    found = [teletype.extractText(element) for element in everything(body, ("text:h", "text:p"))]
    return [line for line in found if line]


def everything(element, names):
    if element.tagName in names:
        yield element
    for child in element.childNodes:
        if child.nodeType == child.ELEMENT_NODE:
            yield from everything(child, names)


def in_docx(document):
    body = docx.Document(BytesIO(as_docx(document))).element.body
    paragraphs = ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p"))]
    return [line for line in paragraphs if line]


@pytest.mark.parametrize("read", [in_html, in_odt, in_docx])
def test_writer_says_every_line_in_order_and_nothing_else(read, note):
    assert read(note) == words(note)


@pdf.needs_pdf
def test_pdf_says_every_line(note):
    said = pdf.text(as_pdf(note))

    assert [line for line in words(note) if pdf.squeezed(line) not in said] == []


def test_what_somebody_wrote_is_text_and_never_markup(note):
    tree = html.fromstring(as_html(note))

    assert [tree.findall(f".//{tag}") for tag in ("script", "b")] == [[], []]
    assert "<script>alert(1)</script>" in tree.text_content()


def test_odt_is_dutch_titled_with_headings_headed_tables_and_protected_cautions(note):
    file = opendocument.load(BytesIO(as_odt(note)))
    levels = [int(h.getAttribute("outlinelevel")) for h in file.text.getElementsByType(text.H)]
    tables = file.text.getElementsByType(table.Table)
    sections = file.text.getElementsByType(text.Section)
    told = file.metaxml()

    assert "<dc:title>Naar werk</dc:title>" in told
    assert "<dc:language>nl-NL</dc:language>" in told
    assert [part in file.stylesxml() for part in ('fo:language="nl"', 'fo:country="NL"')] == [
        True,
        True,
    ]
    assert levels[:3] == [1, 2, 2]
    assert [len(t.getElementsByType(table.TableHeaderRows)) for t in tables] == [1, 1, 1]
    assert [section.getAttribute("protected") for section in sections] == ["true"] * 3
    assert "2 van de 2 praktijken" in teletype.extractText(sections[0])


def test_docx_is_dutch_titled_with_headings_headed_tables_and_locked_cautions(note):
    file = docx.Document(BytesIO(as_docx(note)))
    body = file.element.body
    locked = list(body.iter(qn("w:sdt")))

    assert (file.core_properties.title, file.core_properties.language) == ("Naar werk", "nl-NL")
    assert {lang.get(qn("w:val")) for lang in file.styles.element.iter(qn("w:lang"))} == {"nl-NL"}
    assert [p.style.name for p in file.paragraphs if p.style.name.startswith("Heading")][:2] == [
        "Heading 1",
        "Heading 2",
    ]
    assert len(file.tables) == len(list(body.iter(qn("w:tblHeader")))) == 3
    assert [lock.get(qn("w:val")) for control in locked for lock in control.iter(qn("w:lock"))] == [
        "sdtContentLocked"
    ] * 3
    assert "2 van de 2" in "".join(t.text for t in locked[0].iter(qn("w:t")))
