"""The page of components holds all there is in the style sheet, and says what it is."""

import re

import pytest
from django.urls import reverse

from parelkaart.components.views import icon_names
from parelkaart.theme.files import TOKENS
from parelkaart.theme.pairs import SHAPE_PAIRS, TEXT_PAIRS
from tests.outline import Outline

pytestmark = pytest.mark.django_db

CLASS = re.compile(r"\.(-?[_a-zA-Z][\w-]*)")
# What cannot be shown here: the frame of one page, or what a script makes.
ELSEWHERE = {
    "home": {"hero", "hero__inner", "totals", "ways", "link-list--columns"},
    "list": {
        "finder",
        "finder__facets",
        "finder__form",
        "finder__results",
        "result-bar__sort",
        "result-export",
        "result-page",
        "partial",
    },
    "practice": {
        "entry",
        "entry__aside",
        "entry__body",
        "entry__glance",
        "entry__head",
        "photo",
        "relations",
    },
    "text pages": {"prose"},
    "wanted": {"questions"},
    "script": {"htmx-request", "suggestions", "suggestions__kind", "suggestions__option"},
    "contributions": {"contribute"},
    "map for other sites": {"embed"},
}


def styled():
    """The classes that site.css gives a look."""
    css = (TOKENS.parent / "site.css").read_text(encoding="utf-8")
    css = re.sub(r"/\*.*?\*/|@import [^;]*;", "", css, flags=re.DOTALL)
    return {name for prelude in re.findall(r"([^{}]+)\{", css) for name in CLASS.findall(prelude)}


@pytest.fixture
def page(client):
    return Outline(client.get(reverse("components")).content.decode())


def test_each_component_of_the_style_sheet_is_on_the_page(page):
    shown = {name for _, attrs in page.tags for name in attrs.get("class", "").split()}

    elsewhere = set().union(*ELSEWHERE.values())
    assert sorted(styled() - shown - elsewhere) == []
    assert sorted(elsewhere & shown) == []
    assert sorted(elsewhere - styled()) == []


def test_each_icon_is_on_the_page(page):
    used = {attrs["href"].partition("#")[2] for attrs in page.all("use")}

    assert set(icon_names()) <= used
    assert len(icon_names()) > 10


def test_page_prints_each_token_and_the_contrast_of_each_pair(client):
    html = client.get(reverse("components")).content.decode()

    tokens = set(re.findall(r"^\s*(--pk-[\w-]+):", TOKENS.read_text(), re.MULTILINE))
    assert {name for name in tokens if f"<code>{name}</code>" not in html} == set()
    assert html.count('<td class="number">4,5</td>') >= len(TEXT_PAIRS)
    assert "te weinig" not in html
    assert len(TEXT_PAIRS) > len(SHAPE_PAIRS) > 5


def test_page_says_what_is_unreadable_in_a_theme(client, settings, tmp_path):
    (tmp_path / "flets.css").write_text(":root { --utrecht-document-color: #999; }")
    settings.STATICFILES_DIRS = [("theme", str(tmp_path))]
    settings.THEME_CSS = ["theme/flets.css"]

    assert client.get(reverse("components")).content.decode().count("te weinig") == 4


def test_page_is_for_developers_and_not_for_search_engines(client, page):
    assert page.meta("robots") == "noindex"
    assert client.get(reverse("components"))["X-Robots-Tag"] == "noindex"


def test_ids_are_not_used_twice(page):
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]

    assert sorted({name for name in ids if ids.count(name) > 1}) == []


def test_page_needs_no_practice_at_all(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(reverse("components"))
