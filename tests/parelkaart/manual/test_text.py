"""What the manual says is held next to what there is to click on."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from PIL import Image

from parelkaart.manual.text import FILE, PICTURES, manual
from practices import photos
from practices.editorial.privacy import FEWEST
from practices.editorial.reminders import PERIOD, UNANSWERED
from practices.models.practice import SUMMARY_LENGTH
from practices.spreadsheets import tables
from tests.outline import Outline
from tests.parelkaart.manual.labels import ROOT, known, plain

MEGABYTE = 1024 * 1024
HELP = re.compile(r'"admin/_help.html" with about="([\w-]+)"')


@pytest.fixture(scope="module")
def text():
    return FILE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page():
    return Outline(str(manual().body))


def told(pattern, text):
    return {plain(found) for found in re.findall(pattern, text, re.DOTALL)}


def test_what_is_bold_is_on_a_button_or_a_link(text):
    buttons = told(r"\*\*(.+?)\*\*", text)

    assert sorted(buttons - known()) == []
    assert len(buttons) > 40


def test_what_is_quoted_is_the_name_of_something(text):
    names = told(r"‘(.+?)’", text)

    assert sorted(names - known()) == []
    assert len(names) > 50


def test_an_invented_button_would_be_seen():
    assert {"Opslaan", "Klopt nog", "Afgehandeld…", "Gebruiker toevoegen"} < known()
    assert known() & {"Bewaren", "Klopt", "Opslaa", "Afmeldt"} == set()


def test_every_link_leads_to_a_chapter_or_a_heading(page):
    anchors = {attrs["id"] for _, attrs in page.tags if "id" in attrs}
    links = {attrs["href"].removeprefix("#") for attrs in page.all("a")}

    assert links - anchors == set()
    assert {chapter["id"] for chapter in manual().chapters} < anchors


def test_every_link_to_help_leads_to_a_chapter():
    chapters = {chapter["id"] for chapter in manual().chapters}
    asked = {
        about
        for path in ROOT.glob("templates/**/*.html")
        for about in HELP.findall(path.read_text(encoding="utf-8"))
    }

    assert asked - chapters == set()
    assert {"bijhouden", "downloaden-en-importeren", "ter-beoordeling-indienen"} < asked


def test_every_picture_is_there_with_a_description_and_no_other(page):
    shown = {attrs["src"] for attrs in page.all("img")}

    assert shown == {f"beelden/{path.name}" for path in PICTURES.iterdir()}
    assert [attrs["src"] for attrs in page.all("img") if len(attrs["alt"]) < 20] == []
    assert [attrs["src"] for attrs in page.all("img") if "width" not in attrs] == []


def test_pictures_are_few_and_small():
    sizes = {path.name: path.stat().st_size for path in PICTURES.iterdir()}
    kinds = set()
    for name in sizes:
        with Image.open(PICTURES / name) as picture:
            kinds.add((picture.format, picture.mode))

    assert {name: size for name, size in sizes.items() if size > 80_000} == {}
    assert (kinds, 0 < len(sizes) <= 8) == ({("PNG", "P")}, True)


def test_numbers_are_those_of_the_code(text):
    sentences = " ".join(text.split())
    days = timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT).days
    rows = f"{tables.MAX_ROWS:,}".replace(",", ".")

    missing = [
        sentence
        for sentence in (
            f"is {days} dagen geldig",
            f"hoogstens {SUMMARY_LENGTH} tekens",
            f"hoogstens {photos.MAX_BYTES // MEGABYTE} MB.",
            f"minder dan {FEWEST} mensen",
            f"één keer per {PERIOD.days} dagen",
            f"hoogstens {tables.MAX_BYTES // MEGABYTE} MB en {rows} rijen",
        )
        if sentence not in sentences
    ]

    assert missing == []
    assert (UNANSWERED, "Blijven twee mails zonder antwoord" in sentences) == (2, True)
