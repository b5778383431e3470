from pathlib import PurePosixPath

import pytest

from parelkaart.mirror.addresses import COPIED, address_of, file_of, question_of
from tests.parelkaart.test_urls import ADDRESSES

# What needs the site itself: it asks something, keeps something, or is not for readers.
NOT_COPIED = {
    "components",
    "open_search",
    "suggestions",
    "api:suggested",
    "factsheet",
    "selection",
    "comparison",
    "note",
    "note_pdf",
    "note_odt",
    "note_docx",
    "send_proposal",
    "send_correction",
    "contribution_sent",
    "confirm_contribution",
    "reminder",
    "reminder_preference",
    "reminder_one_click",
    "health",
    "health_alive",
    "health_ready",
}


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/", "index.html"),
        ("/praktijken/", "praktijken/index.html"),
        ("/praktijken/taal-op-de-werkvloer/", "praktijken/taal-op-de-werkvloer/index.html"),
        ("/praktijken/taal/beeld.png", "praktijken/taal/beeld.png"),
        ("/praktijken/thema/taal/", "praktijken/thema/taal/index.html"),
        ("/praktijken/thema/taal/pagina/2/", "praktijken/thema/taal/pagina/2/index.html"),
        ("/praktijken/pagina/12/", "praktijken/pagina/12/index.html"),
        ("/witte-vlekken/per-regio/", "witte-vlekken/per-regio/index.html"),
        ("/sitemap.xml", "sitemap.xml"),
        ("/.well-known/security.txt", ".well-known/security.txt"),
        ("/api/v1/praktijken", "api/v1/praktijken.json"),
        ("/api/v1/praktijken.json", "api/v1/praktijken.json"),
        ("/api/v1/praktijken/taal", "api/v1/praktijken/taal.json"),
        ("/api/v1/openapi.json", "api/v1/openapi.json"),
        ("/static/parelkaart/site.0a1b.css", "static/parelkaart/site.0a1b.css"),
        ("/media/praktijken/foto.jpg", "media/praktijken/foto.jpg"),
    ],
)
def test_address_is_a_file(path, file):
    assert file_of(path) == PurePosixPath(file)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "praktijken/",
        "/beheer/",
        "/inloggen/",
        "/account/",
        "/selectie/",
        "/praktijk-voorstellen/",
        "/praktijken/taal/meld-een-fout/",
        "/praktijken/taal/factsheet.pdf",
        "/praktijken/kleur/rood/",
        "/praktijken/pagina/0/",
        "/suggesties/",
        "/api/v1/zoeksuggesties",
        "/_healthz/",
        "/static/",
        "/static/../geheim",
        "/static/.git/config",
        "/static//etc/passwd",
        "/media/../parelkaart.sqlite3",
        "/media/..\\parelkaart.sqlite3",
        "/praktijken/taal\0/",
        "/praktijken/%2e%2e/",
        "/praktijken\n/",
        f"/praktijken/{'a' * 500}/",
    ],
)
def test_address_is_in_no_copy(path):
    assert file_of(path) is None


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("thema=taal", "/praktijken/thema/taal/"),
        ("pagina=3", "/praktijken/pagina/3/"),
        ("thema=taal&pagina=3", "/praktijken/thema/taal/pagina/3/"),
        ("pagina=3&thema=taal", "/praktijken/thema/taal/pagina/3/"),
        ("thema=taal&thema=werk", None),
        ("thema=taal&regio=parkstad", None),
        ("thema=..", None),
        ("thema=", None),
        ("q=taal", None),
        ("zoals=venlo", None),
    ],
)
def test_list_with_one_filter_has_an_address_of_its_own(query, address):
    assert address_of("/praktijken/", query) == address


def test_question_without_an_answer_gives_the_whole_list():
    assert file_of("/praktijken/", "q=taal") == PurePosixPath("praktijken/index.html")
    assert file_of("/kaart/", "thema=taal") == PurePosixPath("kaart/index.html")
    assert file_of("/beheer/", "thema=taal") is None


def test_white_spots_are_there_per_region_too():
    assert address_of("/witte-vlekken/", "per=regio") == "/witte-vlekken/per-regio/"
    assert address_of("/witte-vlekken/", "per=thema") is None


def test_every_address_of_the_site_is_copied_or_not_on_purpose():
    names = {
        f"api:{name}" if address.startswith("api/v1/") and name != "api_description" else name
        for address, name in ADDRESSES.items()
    }

    assert set() == COPIED & NOT_COPIED
    assert names == COPIED | NOT_COPIED


@pytest.mark.parametrize(
    "question",
    [
        "/praktijken/?thema=taal",
        "/praktijken/?thema=taal&pagina=2",
        "/praktijken/?pagina=12",
        "/witte-vlekken/?per=regio",
    ],
)
def test_address_of_the_copy_leads_to_the_site_and_back(question):
    path, _, query = question.partition("?")
    address = address_of(path, query)

    assert question_of(address) == question


@pytest.mark.parametrize("path", ["/", "/praktijken/", "/praktijken/taal/", "/praktijken/x/y/z/"])
def test_other_addresses_are_of_no_question(path):
    assert question_of(path) is None


@pytest.mark.django_db
def test_reader_who_still_has_the_copy_open_comes_to_the_site(client):
    response = client.get("/praktijken/thema/taal/pagina/2/")

    assert (response.status_code, response["Location"]) == (
        302,
        "/praktijken/?thema=taal&pagina=2",
    )
