"""The pictures of the manual: that each can be made, and on request that they are.

WRITE_MANUAL_PICTURES=1 writes docs/handleiding/beelden/ anew, for when pages have changed.
"""

import os
import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.auth.models import User
from django.utils.timezone import localdate
from PIL import Image

from parelkaart.manual.text import FILE, PICTURES, SCALE
from practices.editorial import history
from practices.enums import Evidence, Proof, VersionAction
from practices.models import Practice, Suggestion
from tests.admin_forms import add_url, change_url, list_url
from tests.browser.admin_judged import is_judged
from tests.factories import (
    ClaimFactory,
    MunicipalityFactory,
    PracticeFactory,
    SourceFactory,
    SuggestionFactory,
    ThemeFactory,
)
from tests.practices.editorial.entries import a_ready_entry
from tests.practices.editorial.people import beheerder, redacteur
from tests.practices.spreadsheets.sheets import a_file

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WRITE = os.environ.get("WRITE_MANUAL_PICTURES") == "1"
MARGIN, TALLEST = 12, 675
COLOURS = 48
SUMMARY = "Wie thuiszit, leert op een echte werkplek een vak en spreekt er Nederlands."


@pytest.fixture
def anna():
    """A redacteur, with something to see on each page."""
    heerlen = MunicipalityFactory(name="Heerlen", slug="heerlen")
    anna = redacteur(heerlen, first_name="Anna", last_name="Jansen")
    entry = a_ready_entry(
        owner=heerlen,
        title="Werkplaats De Brug",
        slug="werkplaats-de-brug",
        summary=SUMMARY,
        themes=[ThemeFactory(name="Leren op het werk", slug="leren")],
        goal="Elk jaar vinden 20 mensen werk.",
        results="Twaalf mensen vonden een baan.",
        evidence_level=Evidence.MEASURED,
        described_on=localdate() - timedelta(days=600),
    )
    source = SourceFactory(title="Jaarverslag van de werkplaats")
    claim = {"statement": "Deelnemers hebben betaald werk", "proof": Proof.COUNT, "period": "2025"}
    ClaimFactory(practice=entry, source=source, value=12, unit="mensen", denominator=40, **claim)
    history.found(entry)
    entry.goal = "Elk jaar vinden 30 mensen betaald werk."
    entry.save()
    history.record(entry, VersionAction.CHANGED, anna)
    PracticeFactory(title="Taal in de wijk", slug="taal-in-de-wijk", owner=heerlen, concept=True)
    SuggestionFactory(
        title="Fietsen naar het werk",
        municipality=heerlen,
        text="",
        summary="Mensen zonder auto krijgen een fiets om op hun werk te komen.",
        approach="De gemeente knapt oude fietsen op in een leerwerkplaats.",
        sender_name="Een lezer",
        sender_email="lezer@example.org",
    )
    return anna


def form(page):
    page.goto(add_url(Practice))
    page.locator("#id_title").press_sequentially("Koken in de buurt")
    page.locator("#id_kind").select_option("initiatief")
    page.locator("#id_summary").fill("Buurtgenoten koken samen en leren elkaar kennen.")
    return page.locator("#practice_form fieldset").first


def result(page):
    page.goto(change_url(Practice.objects.get(slug="werkplaats-de-brug")))
    return page.locator("#claims-0")


def state(page):
    page.goto(change_url(Practice.objects.get(slug="taal-in-de-wijk")))
    return page.locator(".steps")


def work_list(page):
    page.goto(f"{list_url(Practice)}werklijst/")
    return page.locator(".worklist-items")


def changes(page):
    entry = Practice.objects.get(slug="werkplaats-de-brug")
    page.goto(change_url(entry).replace("/change/", "/history/"))
    return page.locator(".history-list")


def suggestion(page):
    page.goto(change_url(Suggestion.objects.get()))
    return page.locator("#suggestion_form")


def an_import(page):
    page.goto(f"{list_url(Practice)}importeren/")
    rows = [
        {
            "adres": "werkplaats-de-brug",
            "titel": "Werkplaats De Brug",
            "doel": "Meer betaald werk.",
        },
        {"adres": "samen-fietsen", "titel": "Samen fietsen", "soort": "pilot"},
    ]
    rows[0] |= {"soort": "initiatief", "samenvatting": SUMMARY}
    rows[1] |= {"samenvatting": "Nieuwkomers leren fietsen.", "doel": "", "eigenaar": "heerlen"}
    rows[0]["eigenaar"] = "heerlen"
    file = {"name": "praktijken.csv", "mimeType": "text/csv", "buffer": a_file(*rows)}
    page.get_by_label("Bestand:").set_input_files(file)
    page.get_by_role("button", name="Controleren").click()
    page.locator("#confirm_form").wait_for()
    return page.locator("#content-main")


def invitation(page):
    page.goto(add_url(User))
    page.locator("#id_first_name").fill("Bram")
    page.locator("#id_last_name").fill("Peters")
    page.locator("#id_email").fill("b.peters@example.org")
    page.locator("#id_role_0").check()
    return page.locator("#content-main")


SCENES = {
    "formulier": form,
    "resultaat": result,
    "stand": state,
    "werklijst": work_list,
    "geschiedenis": changes,
    "voorstel": suggestion,
    "import": an_import,
    "uitnodigen": invitation,
}


def test_each_picture_of_the_manual_can_be_made(open_as, anna):
    named = re.findall(r"\(beelden/([\w-]+)\.png\)", FILE.read_text(encoding="utf-8"))
    options = {"viewport": {"width": 860, "height": 900}, "device_scale_factor": SCALE}
    people = {invitation: beheerder()}
    ours = open_as(anna, **options)

    for name, scene in SCENES.items():
        page = open_as(people[scene], **options) if scene in people else ours
        part = scene(page)
        assert (name, part.is_visible()) == (name, True)
        if WRITE:
            write(name, page, part)

    assert sorted(named) == sorted(SCENES)


def write(name, page, part):
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    box = part.bounding_box()
    clip = {
        "x": box["x"] - MARGIN,
        "y": box["y"] - MARGIN,
        "width": box["width"] + 2 * MARGIN,
        "height": min(box["height"] + 2 * MARGIN, TALLEST),
    }
    shot = Image.open(BytesIO(page.screenshot(clip=clip, full_page=True))).convert("RGB")
    small = shot.quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(PICTURES / f"{name}.png", optimize=True)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_manual_fits_and_axe_finds_nothing(width, scheme, open_as, axe, anna):
    size = {"width": width, "height": 900}
    page = open_as(anna, color_scheme=scheme, viewport=size, bypass_csp=True)
    page.goto("/beheer/handleiding/#bijhouden")

    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    top = page.locator("#bijhouden").bounding_box()["y"]
    assert (wide, 0 <= top < 100) == (False, True)
    assert [line for line in axe(page).violations if not is_judged(line)] == []
