"""What must hold of the HTML of every type of page in every state."""

from itertools import pairwise

import pytest
from django.test import Client
from tinyhtml5.parser import HTMLParser

from tests import page_types
from tests.outline import Outline
from tests.parelkaart.test_urls import ADDRESSES, NO_PAGES

# The database is only made when a test of the run asks for it.
pytestmark = pytest.mark.django_db

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# In somebody else's page there is nothing to skip.
WITHOUT_HEADER = ("/embed/", *page_types.ERRORS)


@pytest.fixture(scope="module")
def pages(module_db):
    """The HTML by address, or by template for errors. Made once: it is only read."""
    return made(Client())


def made(client):
    found = {f"{url} (empty)": client.get(url) for url in page_types.WITHOUT_CONTENT}
    site = page_types.build()
    addresses = [*site.pages, *page_types.NOTHING, *page_types.WRONG, *page_types.NOT_THERE]
    addresses += page_types.SIGN_IN
    found |= {url: client.get(url) for url in addresses}
    found |= {f"{url} (sent)": client.post(url, {"title": "Zo"}) for url in page_types.FORMS}
    html = {url: response.content.decode() for url, response in found.items()}
    return html | page_types.error_pages()


def test_every_address_of_a_page_is_among_the_types():
    assert {*page_types.FILLED, *page_types.BY_MAIL} == {*ADDRESSES.values()} - NO_PAGES


def test_html_of_every_page_is_well_formed(pages):
    wrong = {name: errors for name, html in pages.items() if (errors := errors_in(html))}

    assert wrong == {}


def errors_in(html):
    parser = HTMLParser()
    parser.parse(html)
    return [(code, str(details)) for _position, code, details in parser.errors]


def test_error_in_html_would_have_been_seen():
    assert [code for code, _ in errors_in("<!doctype html><title>x</title><p><div></p></div>")] == [
        "unexpected-end-tag"
    ]


def test_headings_of_every_page_are_in_order_below_one_first(pages):
    levels = {
        name: [HEADINGS.index(tag) + 1 for tag, _ in Outline(html).tags if tag in HEADINGS]
        for name, html in pages.items()
    }

    assert {name: found for name, found in levels.items() if found.count(1) != 1} == {}
    assert {name: found for name, found in levels.items() if skips(found)} == {}


def skips(levels):
    return any(after > before + 1 for before, after in pairwise(levels))


def test_every_page_has_its_landmarks_and_a_link_to_skip_to_the_main_part(pages):
    whole = {
        name: Outline(html) for name, html in pages.items() if not name.startswith(WITHOUT_HEADER)
    }

    for name, page in whole.items():
        marks = [tag for tag, _ in page.tags if tag in ("header", "main", "footer")]
        # Cards have headers as well.
        assert (name, [*dict.fromkeys(marks)], page.all("a")[0]["href"]) == (
            name,
            ["header", "main", "footer"],
            "#main",
        )
        assert [attrs["id"] for attrs in page.all("main")] == ["main"]


def test_no_id_occurs_twice_and_every_label_points_at_one(pages):
    wrong = {}
    for name, html in pages.items():
        tags = Outline(html).tags
        ids = [attrs["id"] for _, attrs in tags if "id" in attrs]
        named = {
            pointed
            for _, attrs in tags
            for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls")
            for pointed in attrs.get(attribute, "").split()
        }
        if found := [*(twice for twice in set(ids) if ids.count(twice) > 1), *(named - {*ids})]:
            wrong[name] = found

    assert wrong == {}
