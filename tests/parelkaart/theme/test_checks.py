"""THEME_CSS, from the setting to the page."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from parelkaart.theme.checks import check_theme_contrast, check_theme_files

THEMES = Path(__file__).resolve().parents[2] / "fixtures" / "themes"
LINK = re.compile(r'<link rel="stylesheet" href="([^"]+)"(?: media="([^"]+)")?>')


@pytest.fixture(autouse=True)
def folder(settings):
    settings.STATICFILES_DIRS = [("theme", str(THEMES))]


def ids(messages):
    return [message.id for message in messages]


@pytest.mark.parametrize("names", [[], ["theme/blauw.css"], ["theme/rood.light.css"]])
def test_theme_that_is_there_is_accepted(settings, names):
    settings.THEME_CSS = names

    assert (check_theme_files(), check_theme_contrast()) == ([], [])


@pytest.mark.parametrize(
    "name",
    [
        "theme/weg.css",
        "blauw.css",
        "theme/../../secret.css",
        "https://example.org/x.css",
        "//example.org/x.css",
        "parelkaart/icons.svg",
    ],
)
def test_theme_that_is_not_there_is_an_error(settings, name):
    settings.THEME_CSS = [name]

    assert ids(check_theme_files()) == ["parelkaart.E016"]


def test_theme_with_too_little_contrast_is_a_warning(settings, tmp_path):
    (tmp_path / "flets.light.css").write_text(":root { --utrecht-document-color: #999; }")
    settings.STATICFILES_DIRS = [("theme", str(tmp_path))]
    settings.THEME_CSS = ["theme/flets.light.css"]

    assert finders.find("theme/flets.light.css") is not None
    assert ids(check_theme_contrast()) == ["parelkaart.W016"] * 4


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["/over/", "/embed/kaart/"])
def test_theme_comes_before_our_own_tokens(client, settings, url):
    settings.THEME_CSS = ["theme/blauw.css", "theme/rood.light.css"]

    links = LINK.findall(client.get(url).content.decode())

    assert links[:3] == [
        ("/static/theme/blauw.css", "all"),
        ("/static/theme/rood.light.css", "(prefers-color-scheme: light)"),
        ("/static/parelkaart/site.css", ""),
    ]


@pytest.mark.django_db
def test_site_without_a_theme_loads_our_own_style_only(client):
    links = [url for url, _ in LINK.findall(client.get("/over/").content.decode())]

    assert links == ["/static/parelkaart/site.css"]
