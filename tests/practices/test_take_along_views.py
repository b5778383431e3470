import pytest

from practices.compare import MOST
from practices.notes import pdf_writer
from practices.shortlist import MAXIMUM
from tests import pdf
from tests.factories import ContactFactory, OldSlugFactory, PracticeFactory
from tests.outline import Outline
from tests.practices.notes.papers import a_rich_practice, docx_text, odt_text

pytestmark = pytest.mark.django_db

PAGES = ("/selectie/", "/vergelijken/", "/notitie/")
FILES = ("/notitie.odt", "/notitie.docx")


@pytest.fixture
def three():
    for slug in ("een", "twee", "drie"):
        practice = PracticeFactory(slug=slug, title=f"Praktijk {slug}", approach=f"Aanpak {slug}.")
        ContactFactory(practice=practice, organisation="Stichting Geheim", role="Geheim")
    return "?praktijk=drie&praktijk=een&praktijk=twee"


def text(response):
    return response.content.decode()


def positions(words, *parts):
    return [words.index(part) for part in parts]


# --- pages --------------------------------------------------------------------------


@pytest.mark.parametrize("url", PAGES)
def test_page_keeps_the_order_and_is_for_no_search_engine(url, three, client):
    page = text(client.get(url + three))

    main = page[page.index("<main") :]
    places = positions(main, "Praktijk drie", "Praktijk een", "Praktijk twee")
    assert places == sorted(places)
    assert Outline(page).meta("robots") == "noindex"


@pytest.mark.parametrize("url", PAGES)
def test_page_without_a_selection_says_how_to_make_one(url, client):
    response = client.get(url)

    assert (response.status_code, "Er staat nog niets in deze selectie" in text(response)) == (
        200,
        True,
    )


@pytest.mark.parametrize("url", PAGES)
def test_page_tells_what_it_left_out(url, three, client):
    PracticeFactory(slug="geheim", title="Nog geheim", concept=True)

    page = text(client.get(f"{url}{three}&praktijk=geheim&praktijk=<script>"))

    assert "2 praktijken bestaan niet of zijn niet openbaar." in page
    assert ("Nog geheim" in page, "<script>" in page) == (False, False)
    assert 'data-slugs="drie een twee"' in page


@pytest.mark.parametrize("url", PAGES)
@pytest.mark.parametrize(
    "query", ["?praktijk=%00", "?praktijk=%ff%fe", "?praktijk[]=a", "?titel=%00&vraag=%ed%a0%80"]
)
def test_nonsense_gives_a_page(url, query, client):
    assert client.get(url + query).status_code == 200


def test_selection_moves_and_removes_by_links(three, client):
    links = [a["href"] for a in Outline(text(client.get(f"/selectie/{three}"))).all("a")]

    assert [link for link in links if link.startswith("/selectie/?")][1:] == [
        "/selectie/?praktijk=een&praktijk=drie&praktijk=twee",
        "/selectie/?praktijk=een&praktijk=twee",
        "/selectie/?praktijk=een&praktijk=drie&praktijk=twee",
        "/selectie/?praktijk=drie&praktijk=twee&praktijk=een",
        "/selectie/?praktijk=drie&praktijk=twee",
        "/selectie/?praktijk=drie&praktijk=twee&praktijk=een",
        "/selectie/?praktijk=drie&praktijk=een",
    ]


def test_maximum_is_the_same_in_the_script(client):
    (link,) = Outline(text(client.get("/over/"))).all("a", id="selection-link")

    assert link["data-maximum"] == str(MAXIMUM)


def test_page_of_a_practice_leads_to_a_selection_without_script(three, client):
    page = Outline(text(client.get("/praktijken/een/")))

    assert page.all("a", href="/selectie/?praktijk=een") != []
    assert [button["data-save"] for button in page.all("button") if "hidden" in button][:1] == [
        "een"
    ]


def test_comparison_shows_only_differences_when_asked(three, client):
    everything = text(client.get(f"/vergelijken/{three}"))
    only = text(client.get(f"/vergelijken/{three}&alleen=verschillen"))

    marks = [page.count(">gelijk<") for page in (everything, only)]
    assert marks[0] > 0
    assert marks[1] == 0
    assert everything.count(">verschilt<") == only.count(">verschilt<") == 2


def test_comparison_of_too_many_asks_to_choose(client):
    slugs = [PracticeFactory().slug for _ in range(MOST + 1)]
    query = "&".join(f"praktijk={slug}" for slug in slugs)

    page = text(client.get(f"/vergelijken/?{query}"))

    outline = Outline(page)
    boxes = outline.all("input", type="checkbox")
    assert "U kunt twee tot vier praktijken vergelijken" in page
    assert ([box["value"] for box in boxes], outline.all("table")) == (slugs, [])
    assert sum("checked" in box for box in boxes) == MOST


def test_comparison_of_one_says_that_two_are_needed(three, client):
    assert "zijn twee praktijken nodig" in text(client.get("/vergelijken/?praktijk=een"))


def test_note_takes_title_and_question_and_keeps_its_warning(three, client):
    page = text(client.get(f"/notitie/{three}&titel=<b>X</b>&vraag=Wat%20helpt?"))

    assert "&lt;b&gt;X&lt;/b&gt;" in page
    assert "<b>X" not in page
    assert "Wat helpt?" in page
    assert "3 van de 3 praktijken zijn niet gemeten." in page
    assert "/notitie.odt?praktijk=drie&amp;praktijk=een&amp;praktijk=twee&amp;titel=" in page


# --- files --------------------------------------------------------------------------


READERS = {"/notitie.odt": odt_text, "/notitie.docx": docx_text, "/notitie.pdf": pdf.text}
WITH_PDF = [*FILES, pytest.param("/notitie.pdf", marks=pdf.needs_pdf)]


@pytest.mark.parametrize("url", WITH_PDF)
def test_file_has_the_note_and_no_contact(url, three, client):
    response = client.get(f"{url}{three}&titel=Besluit")

    said = READERS[url](response.content)
    places = positions(pdf.squeezed(said), "Besluit", "Aanpakdrie.", "Aanpakeen.", "Aanpaktwee.")
    assert places == sorted(places)
    assert "3vande3praktijkenzijnnietgemeten." in pdf.squeezed(said)
    assert "eheim" not in said
    kind = url.rpartition(".")[2]
    assert response["Content-Disposition"] == f'attachment; filename="notitie.{kind}"'
    assert response["X-Robots-Tag"] == "noindex"
    # It could have leaked: it is on the page of the practice.
    assert "Stichting Geheim" in text(client.get("/praktijken/een/"))


@pytest.mark.parametrize("url", [*FILES, "/notitie.pdf"])
@pytest.mark.parametrize("query", ["", "?praktijk=bestaat-niet", "?praktijk=%00", "?titel=X"])
def test_file_about_nothing_is_not_there(url, query, client):
    assert client.get(url + query).status_code == 404


@pytest.mark.parametrize("url", WITH_PDF)
def test_file_with_hostile_words_is_made(url, three, client):
    query = f"{three}&titel=%00%0b%3Cscript%3E&vraag=%ef%bf%be%1b%5b0m"

    assert client.get(url + query).status_code == 200


@pytest.mark.parametrize("url", [*PAGES, *FILES, "/notitie.pdf", "/praktijken/een/factsheet.pdf"])
def test_taking_along_only_reads(url, three, client):
    assert client.post(url + three).status_code == 405


@pdf.needs_pdf
def test_factsheet_is_a_pdf_of_one_page_under_its_own_name(three, client):
    response = client.get("/praktijken/een/factsheet.pdf")

    assert response["Content-Disposition"] == 'attachment; filename="een.pdf"'
    assert len(pdf.reader(response.content).pages) == 1
    assert pdf.reader(response.content).metadata.title == "Factsheet: Praktijk een"


def test_factsheet_of_an_old_name_leads_to_the_present_one(three, client):
    OldSlugFactory(slug="oud", practice=PracticeFactory(slug="nieuw"))
    OldSlugFactory(slug="weg", practice=PracticeFactory(concept=True))

    moved = client.get("/praktijken/oud/factsheet.pdf")
    statuses = [
        client.get(f"/praktijken/{slug}/factsheet.pdf").status_code for slug in ("weg", "nergens")
    ]

    assert (moved.status_code, moved["Location"]) == (301, "/praktijken/nieuw/factsheet.pdf")
    assert statuses == [404, 404]


# --- where the library is missing -----------------------------------------------------


@pytest.fixture
def without_pdf(monkeypatch):
    """As on a machine without Pango: the library cannot be loaded."""
    monkeypatch.setattr(pdf_writer, "_weasyprint", lambda: None)


def test_without_the_library_the_address_says_how_to_print(without_pdf, three, client):
    note = client.get(f"/notitie.pdf{three}&titel=Besluit")
    sheet = client.get("/praktijken/een/factsheet.pdf")

    assert (note.status_code, sheet.status_code) == (503, 503)
    assert "Opslaan als PDF" in text(note)
    (back,) = [a for a in Outline(text(note)).all("a") if "titel=Besluit" in a["href"]]
    assert client.get(back["href"]).status_code == 200
    assert Outline(text(sheet)).all("a", href="/praktijken/een/") != []


def test_without_the_library_the_buttons_say_so(without_pdf, three, client):
    note, detail = text(client.get(f"/notitie/{three}")), text(client.get("/praktijken/een/"))

    assert "Een PDF maken kan hier nu niet." in note
    assert ("/notitie.pdf" in note, "/notitie.odt" in note) == (False, True)
    assert "factsheet.pdf" not in detail


@pdf.needs_pdf
def test_with_the_library_the_buttons_are_there(three, client):
    assert "/notitie.pdf" in text(client.get(f"/notitie/{three}"))
    assert "factsheet.pdf" in text(client.get("/praktijken/een/"))


@pdf.needs_pdf
def test_when_too_many_ask_at_once_one_is_told_to_print(three, client, monkeypatch):
    monkeypatch.setattr(pdf_writer, "_WAIT_SECONDS", 0.01)
    for _ in range(2):
        assert pdf_writer._turns.acquire(timeout=1)
    try:
        busy = client.get("/praktijken/een/factsheet.pdf").status_code
    finally:
        for _ in range(2):
            pdf_writer._turns.release()

    assert (busy, client.get("/praktijken/een/factsheet.pdf").status_code) == (503, 200)


# --- queries --------------------------------------------------------------------------

# The names, and the practices with four relations of a card.
SELECTION = 1 + 5
# References and claims, each with their sources, come on top.
TAKEAWAY = SELECTION + 4


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("url", "queries"),
    [
        ("/selectie/", SELECTION),
        ("/vergelijken/", TAKEAWAY),
        ("/notitie/", TAKEAWAY),
        ("/notitie.odt", TAKEAWAY),
        ("/notitie.docx", TAKEAWAY),
        pytest.param("/notitie.pdf", TAKEAWAY, marks=pdf.needs_pdf),
    ],
)
def test_number_of_queries(url, queries, number, client, django_assert_num_queries):
    slugs = [f"praktijk-{n}" for n in range(number)]
    for slug in slugs:
        a_rich_practice(slug)
    query = "&".join(f"praktijk={slug}" for slug in slugs)

    with django_assert_num_queries(queries):
        assert client.get(f"{url}?{query}").status_code == 200


@pdf.needs_pdf
def test_number_of_queries_of_a_factsheet(three, client, django_assert_num_queries):
    with django_assert_num_queries(TAKEAWAY - 3):
        client.get("/praktijken/een/factsheet.pdf")
