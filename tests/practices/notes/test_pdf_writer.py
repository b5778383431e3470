from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from practices.notes import pdf_writer
from practices.notes.document import Document, Heading, Line, Paragraph
from practices.notes.factsheet import LENGTHS
from tests import pdf
from tests.practices.notes.papers import a_factsheet, a_note, a_rich_practice

pytestmark = [pytest.mark.django_db, pdf.needs_pdf]


def test_pdf_is_tagged_titled_and_dutch():
    a_rich_practice()

    content = pdf_writer.as_pdf(a_note(title="Naar werk"))

    catalog = pdf.catalog(content)
    assert catalog["/Lang"] == "nl"
    assert catalog["/MarkInfo"]["/Marked"] is not False
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.reader(content).metadata.title == "Naar werk"
    assert pdf.tags(content) >= {"/H1", "/H2", "/H3", "/P", "/L", "/LI", "/Table", "/TH", "/TD"}
    assert b"pdfuaid" in pdf.reader(content).trailer["/Root"]["/Metadata"].get_data()


def test_own_letters_are_in_it():
    a_rich_practice()

    (page, *_) = pdf.reader(pdf_writer.as_pdf(a_note())).pages

    fonts = {str(font.get_object()["/BaseFont"]) for font in page["/Resources"]["/Font"].values()}
    assert {name.rpartition("+")[2] for name in fonts} == {"Document", "Document-Bold"}


@pytest.fixture
def other_machine():
    """Its address, and what it was asked for."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="{url}/x.png">',
        '<link rel="stylesheet" href="{url}/x.css">',
        '<style>@import url("{url}/x.css");</style>',
        '<style>p {{ background: url("{url}/x.png") }}</style>',
        '<object data="{url}/x.svg"></object>',
    ],
)
def test_layout_asks_no_other_machine_even_where_markup_would_get_in(markup, other_machine):
    """Entries cannot bring in markup; here it is in the page that is laid out."""
    url, asked = other_machine
    page = f"<html lang=nl><title>x</title><p>tekst</p>{markup.format(url=url)}</html>"

    pages = pdf_writer._lay_out(page).pages

    assert (len(pages), asked) == (1, [])
    pdf_writer._weasyprint().HTML(string=page).render()
    assert len(asked) == 1, "the markup is no trap"


def test_file_of_the_machine_does_not_get_into_a_pdf(tmp_path):
    secret = tmp_path / "geheim.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text y="9">geheim</text></svg>')
    page = f'<html lang=nl><title>x</title><p>tekst<img src="{secret.as_uri()}" alt="x"></html>'

    said = pdf.text(pdf_writer._write(pdf_writer._lay_out(page)))

    unguarded = pdf.text(pdf_writer._weasyprint().HTML(string=page).write_pdf())
    assert ("geheim" in said, "geheim" in unguarded) == (False, True)


def test_hostile_text_of_an_entry_is_printed_as_text():
    a_rich_practice(approach='<img src="http://127.0.0.1:9/x.png"><img src="file:///etc/passwd">')

    said = pdf.text(pdf_writer.as_pdf(a_note()))

    assert '<imgsrc="http://127.0.0.1:9/x.png"><imgsrc="file:///etc/passwd">' in said
    assert "root:x:0" not in said


def test_factsheet_is_one_page_however_long_the_entry():
    text = "Een zin van een paar woorden. " * 200
    a_rich_practice(approach=text, conditions=text, did_not_work=text, results=text, cost_note=text)

    content = pdf_writer.as_one_page(a_factsheet(longest=longest) for longest in LENGTHS)

    assert len(pdf.reader(content).pages) == 1
    assert "…" in pdf.text(content)


def test_short_factsheet_is_not_cut():
    a_rich_practice()

    content = pdf_writer.as_one_page(a_factsheet(longest=longest) for longest in LENGTHS)

    said = pdf.text(content)
    assert len(pdf.reader(content).pages) == 1
    assert "…" not in said
    assert "Nietgemeten.Bewijs:genoemd." in said
    assert "eheim" not in said


def test_long_word_stays_on_the_paper():
    word = "w" * 400
    document = Document("x", "x", (Heading(1, Line("x")), Paragraph(Line(word))))

    assert word in pdf.text(pdf_writer.as_pdf(document))


def test_styles_and_fonts_are_where_they_are_expected():
    assert len(pdf_writer._styles()) == len(pdf_writer.STYLESHEETS)
    assert [Path(path).is_file() for path in pdf_writer.FONTS.values()] == [True, True]
