"""What is not public leaves through no door.

Every test first sees the practice while it is public, so that it shows what could leak.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from practices.enums import AdoptionState, RelationKind, State
from practices.models import Practice, WantedQuestion
from tests import pdf
from tests.factories import (
    AdoptionFactory,
    BarrierFactory,
    ClaimFactory,
    InstrumentFactory,
    MunicipalityFactory,
    PracticeFactory,
    RegionFactory,
    RelationFactory,
    TargetGroupFactory,
    ThemeFactory,
)
from tests.practices.notes.papers import docx_text, odt_text
from tests.practices.packed import content_of, unpacked

pytestmark = pytest.mark.django_db

HIDDEN = [State.CONCEPT, State.IN_REVIEW, State.ARCHIVED]
SLUG, TITLE = "het-geheim", "Zonnebloemroute"


@pytest.fixture
def practice() -> Practice:
    """In everything that the site shows: places, terms, relations, adoptions, questions."""
    region = RegionFactory(name="Parkstad", slug="parkstad")
    place = MunicipalityFactory(
        name="Heerlen", slug="heerlen", lat="50.88", lon="5.98", region=region
    )
    terms = {
        "themes": [ThemeFactory(name="Taal", slug="taal")],
        "target_groups": [TargetGroupFactory(name="Jongeren", slug="jongeren")],
        "barriers": [BarrierFactory(name="Vervoer", slug="vervoer")],
        "instruments": [InstrumentFactory(name="Coach", slug="coach")],
    }
    practice = PracticeFactory(
        slug=SLUG,
        title=TITLE,
        confirmed_on=timezone.localdate(),
        lat="50.88",
        lon="5.98",
        scope="regio",
        regions=[region],
        municipalities=[place],
        **terms,
    )
    ClaimFactory(practice=practice, statement="Zonnebloempitten geteld")
    neighbour = PracticeFactory(slug="buur", title="Buurpraktijk", **terms)
    RelationFactory(from_practice=practice, to_practice=neighbour, kind=RelationKind.NEXT_STEP)
    RelationFactory(from_practice=neighbour, to_practice=practice, kind=RelationKind.USES)
    AdoptionFactory(practice=practice, municipality=place, state=AdoptionState.STARTED)
    WantedQuestion.objects.create(question="Wie fietst er?", answered_by=practice)
    return practice


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    content = b"".join(response) if response.streaming else response.content
    return content.decode()


def in_page(address: str, *parts: str) -> Callable[[Client], bool]:
    """Whether the page names the practice: by its address, its title or the given parts."""
    signs = parts or (f"/praktijken/{SLUG}/", TITLE)
    return lambda client: any(sign in page(client, address) for sign in signs)


def total(address: str) -> Callable[[Client], bool]:
    """Whether the list has more than one practice: the neighbour is always there."""
    found = re.compile(r"(\d+) praktijk(?:en)? gevonden")
    return lambda client: int(found.search(page(client, address))[1]) == 2


def count_in(address: str, key: str) -> Callable[[Client], bool]:
    """Whether a count in the context of the page says two: the neighbour is one."""
    return lambda client: _count(client.get(address).context, key) == 2


def _count(context: Any, key: str) -> int:
    if key == "theme":
        return context["themes"][0]["count"]
    if key == "total":
        return context["totals"]["practices"]
    if key == "barrier":
        return context["barriers_by_level"][0]["barriers"][0]["count"]
    if key == "facet":
        return context["finder"].facets[0].options[0].count
    raise KeyError(key)


def municipality_count(client: Client) -> bool:
    (group,) = [
        g for g in client.get("/gemeenten/").context["groups"] if str(g["region"]) == "Parkstad"
    ]
    return group["municipalities"][0]["count"] == 1


def on_home_map(client: Client) -> bool:
    return [area.count for area in client.get("/").context["areas"]] == [1]


def geojson(part: Callable[[dict], bool]) -> Callable[[Client], bool]:
    return lambda client: part(json.loads(page(client, "/praktijken.geojson")))


def searched(*arguments: str) -> Callable[[Client], bool]:
    def visible(client: Client) -> bool:
        out = StringIO()
        call_command("search", *arguments, stdout=out)
        return SLUG in out.getvalue()

    return visible


def suggested(client: Client) -> bool:
    return TITLE in page(client, "/suggesties/?q=zonnebl")


def in_file(address: str) -> Callable[[Client], bool]:
    """A note about this practice and its neighbour: whether the practice is in it."""

    def visible(client: Client) -> bool:
        response = client.get(f"{address}?praktijk=buur&praktijk={SLUG}")
        assert response.status_code == 200
        return TITLE in READERS[address](response.content)

    return visible


def packed_in(address: str) -> Callable[[Client], bool]:
    return lambda client: TITLE in unpacked(content_of(client.get(address)))


READERS = {"/notitie.odt": odt_text, "/notitie.docx": docx_text, "/notitie.pdf": pdf.text}
OUTLETS = {
    "list": in_page("/praktijken/"),
    "list in every order": in_page("/praktijken/?volgorde=titel"),
    "list as a fragment": lambda client: (
        f"/praktijken/{SLUG}/"
        in client.get("/praktijken/", headers={"HX-Request": "true"}).content.decode()
    ),
    "list by words": in_page("/praktijken/?q=zonnebloemroute", f"/praktijken/{SLUG}/"),
    "list by the words of a claim": in_page("/praktijken/?q=pitten", f"/praktijken/{SLUG}/"),
    "list by theme": in_page("/praktijken/?thema=taal"),
    "list by municipality": in_page("/praktijken/?gemeente=heerlen"),
    "list by region": in_page("/praktijken/?regio=parkstad"),
    "total": total("/praktijken/"),
    "facet": count_in("/praktijken/", "facet"),
    "detail": lambda client: client.get(f"/praktijken/{SLUG}/").status_code == 200,
    "similar and relations on another page": in_page("/praktijken/buur/"),
    "csv": in_page("/praktijken.csv"),
    "json": in_page("/praktijken.json"),
    "places": in_page("/praktijken-plaatsen.geojson"),
    "ods": packed_in("/praktijken.ods"),
    "xlsx": packed_in("/praktijken.xlsx"),
    "whole catalogue": packed_in("/catalogus.zip"),
    "csv by words": in_page("/praktijken.csv?q=zonnebloemroute", TITLE),
    "feed": in_page("/praktijken.atom"),
    "feed by words": in_page("/praktijken.atom?q=zonnebloemroute", f"/praktijken/{SLUG}/"),
    "linked data": lambda client: (
        client.get(f"/praktijken/{SLUG}/gegevens.jsonld").status_code == 200
    ),
    "place in the catalogue of data": in_page("/catalogus.ttl", "Heerlen"),
    "geojson total": geojson(lambda data: data["total"] == 2),
    "pins": in_page("/praktijken-pins.geojson"),
    "geojson titles": geojson(lambda data: TITLE in json.dumps(data)),
    "geojson region": geojson(lambda data: data["wide"] != []),
    "geojson area": geojson(lambda data: data["features"][0]["properties"].get("count") == 1),
    "map page": in_page("/kaart/"),
    "map page of a region": in_page("/kaart/?regio=parkstad"),
    "map in a frame": lambda client: (
        [area.count for area in client.get("/embed/kaart/").context["areas"]] == [1]
    ),
    "selection": in_page(f"/selectie/?praktijk=buur&praktijk={SLUG}", TITLE),
    "comparison": in_page(f"/vergelijken/?praktijk=buur&praktijk={SLUG}", TITLE),
    "note": in_page(f"/notitie/?praktijk=buur&praktijk={SLUG}", TITLE),
    "note as odt": in_file("/notitie.odt"),
    "note as docx": in_file("/notitie.docx"),
    "note as pdf": in_file("/notitie.pdf"),
    "factsheet": lambda client: client.get(f"/praktijken/{SLUG}/factsheet.pdf").status_code == 200,
    "sitemap": in_page("/sitemap.xml", SLUG),
    "search command": searched("zonnebloemroute"),
    "search command as json": searched("zonnebloemroute", "--json"),
    "search command explained": searched("zonnebloemroute", "--explain"),
    "suggestions while typing": suggested,
    "home newest": in_page("/"),
    "home total": count_in("/", "total"),
    "home theme": count_in("/", "theme"),
    "home barrier": count_in("/", "barrier"),
    "home map": on_home_map,
    "barriers": count_in("/knelpunten/", "barrier"),
    "municipalities": municipality_count,
    "municipality": in_page("/gemeenten/heerlen/"),
    "answered questions": in_page("/gezocht/"),
}


def readable() -> dict[str, Callable[[Client], bool]]:
    """The outlets that this machine can make."""
    papers = set() if pdf.can_be_made() else {"note as pdf", "factsheet"}
    return {name: visible for name, visible in OUTLETS.items() if name not in papers}


def closed(client: Client) -> list[str]:
    """The outlets through which the practice does not leave."""
    return [name for name, visible in readable().items() if not visible(client)]


EVERY = list(readable())


def test_what_is_not_public_leaves_through_no_outlet(practice, client):
    assert closed(client) == [], "the test looks in the wrong place"

    for state in HIDDEN:
        practice.state = state
        practice.save()
        assert closed(client) == EVERY, state

    practice.state = State.PUBLISHED
    practice.save()
    assert closed(client) == []


def test_what_was_never_published_leaves_through_no_outlet(practice, client):
    assert closed(client) == [], "the test looks in the wrong place"
    # Deleted and made anew as a concept, with all that hangs on it.
    links = {
        name: list(getattr(practice, name).all())
        for name in ("themes", "target_groups", "barriers", "instruments")
    }
    places = list(practice.municipalities.all()), list(practice.regions.all())
    practice.delete()
    concept = PracticeFactory(
        concept=True,
        slug=SLUG,
        title=TITLE,
        lat="50.88",
        lon="5.98",
        scope="regio",
        municipalities=places[0],
        regions=places[1],
        **links,
    )
    ClaimFactory(practice=concept, statement="Zonnebloempitten geteld")
    neighbour = Practice.objects.get(slug="buur")
    RelationFactory(from_practice=concept, to_practice=neighbour, kind=RelationKind.NEXT_STEP)
    AdoptionFactory(practice=concept, municipality=places[0][0])

    assert closed(client) == EVERY


@pytest.mark.parametrize("state", HIDDEN)
def test_word_of_a_hidden_practice_is_not_suggested_as_a_correction(state, practice, client):
    assert "zonnebloemroute" in page(client, "/praktijken/?q=zonnebloemroite").lower()

    practice.state = state
    practice.save()

    assert "zonnebloemroute" not in page(client, "/praktijken/?q=zonnebloemroite").lower()


@pytest.mark.parametrize("state", HIDDEN)
def test_editor_sees_a_preview_that_nobody_keeps(state, practice, superuser_client):
    practice.state = state
    practice.save()

    response = superuser_client.get(f"/praktijken/{SLUG}/")

    assert response.status_code == 200
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert "no-store" in response.headers["Cache-Control"]
    assert "private" in response.headers["Cache-Control"]


def test_somebody_without_rights_sees_no_preview(practice, client, django_user_model):
    practice.state = State.CONCEPT
    practice.save()
    client.force_login(django_user_model.objects.create(username="bezoeker"))
    response = client.get(f"/praktijken/{SLUG}/")

    assert (response.status_code, TITLE in response.content.decode()) == (410, False)
