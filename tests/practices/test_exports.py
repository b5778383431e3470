import csv
from io import StringIO

import pytest

from practices.enums import State
from practices.exports import COLUMNS
from practices.models import Reference
from tests.factories import MunicipalityFactory, PracticeFactory, SourceFactory, ThemeFactory
from tests.practices import mixed_catalogue


def download(client, query=""):
    response = client.get(f"/praktijken.csv{query}")
    return b"".join(response.streaming_content).decode()


def rows(text):
    """Read back by a strict reader: it refuses quotes in the wrong place."""
    return list(csv.DictReader(StringIO(text, newline=""), strict=True))


def test_columns_are_frozen():
    # Spreadsheets and scripts of others read these by name.
    assert list(COLUMNS) == [
        "naam",
        "titel",
        "soort",
        "samenvatting",
        "aanleiding",
        "doel",
        "aanpak",
        "resultaten",
        "wat niet werkte",
        "nodig",
        "bereik",
        "gemeenten",
        "regio's",
        "thema's",
        "doelgroepen",
        "knelpunten",
        "instrumenten",
        "fase",
        "bewijs",
        "toelichting bewijs",
        "kosten",
        "peildatum",
        "bevestigd op",
        "wat we nog niet weten",
        "bronnen",
        "adres",
    ]


# --- the file -------------------------------------------------------------------------


@pytest.mark.django_db
def test_csv_is_a_download_in_utf8(client):
    response = client.get("/praktijken.csv")

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="praktijken.csv"'
    assert response.streaming


@pytest.mark.django_db
def test_csv_of_nothing_is_a_header(client):
    assert download(client) == ",".join(COLUMNS) + "\r\n"


@pytest.mark.django_db
def test_csv_row_says_what_the_page_says(client):
    practice = PracticeFactory(
        slug="werkplaats",
        title="Werkplaats",
        kind="methode",
        summary="Kort.",
        scope="gemeente",
        reported_phase="loopt",
        evidence_level=3,
        cost_class="laag",
        described_on="2018-06-01",
        confirmed_on=None,
        state=State.PUBLISHED,
    )
    practice.municipalities.set([MunicipalityFactory(name=name) for name in ("Venlo", "Echt")])
    practice.themes.add(ThemeFactory(name="Taal"))
    source = SourceFactory(title="Het onderzoek")
    Reference.objects.create(practice=practice, source=source, place="p. 3")

    (row,) = rows(download(client))

    expected = {
        "naam": "werkplaats",
        "titel": "Werkplaats",
        "soort": "Methode",
        "samenvatting": "Kort.",
        "bereik": "Gemeente",
        "gemeenten": "Echt; Venlo",
        "thema's": "Taal",
        "fase": "Loopt",
        "bewijs": "Gemeten resultaat",
        "kosten": "Laag",
        "peildatum": "2018-06-01",
        "bevestigd op": "",
        "bronnen": "Het onderzoek, p. 3",
        "adres": "http://testserver/praktijken/werkplaats/",
    }
    assert {name: row[name] for name in expected} == expected


@pytest.mark.django_db
def test_csv_keeps_quotes_commas_line_ends_and_accents(client):
    text = 'Zij zei: "ja, graag",\r\nen dat was één;\ttab'
    PracticeFactory(state=State.PUBLISHED, approach=text)

    content = download(client)

    (row,) = rows(content)
    assert row["aanpak"] == text.replace("\r\n", "\n")
    assert '"Zij zei: ""ja, graag"",\nen dat was één;\ttab"' in content
    assert content.endswith("\r\n")


@pytest.mark.django_db
def test_csv_neutralises_formulas_in_every_column_of_text(client):
    formula = "=HYPERLINK(1)"
    practice = PracticeFactory(state=State.PUBLISHED, title=formula, summary=formula)
    practice.municipalities.add(MunicipalityFactory(name="@gemeente"))

    (row,) = rows(download(client))

    assert (row["titel"], row["samenvatting"]) == ("'=HYPERLINK(1)", "'=HYPERLINK(1)")
    assert row["gemeenten"] == "'@gemeente"


@pytest.mark.django_db
def test_csv_holds_all_pages(client, settings):
    mixed_catalogue.load()
    settings.PRACTICES_PER_PAGE = 2

    assert len(rows(download(client, "?pagina=3"))) == 13


@pytest.mark.django_db
def test_csv_is_sent_while_it_is_made(client, django_assert_num_queries):
    PracticeFactory(state=State.PUBLISHED)
    lines = iter(client.get("/praktijken.csv").streaming_content)

    with django_assert_num_queries(0):
        assert next(lines).startswith(b"naam,titel,")


@pytest.mark.django_db
def test_csv_head_has_headers_and_no_body(client):
    PracticeFactory(state=State.PUBLISHED)

    response = client.head("/praktijken.csv")

    assert response.status_code == 200
    assert b"".join(response) == b""
