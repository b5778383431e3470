"""How many queries each page takes: a number that does not grow with the catalogue.

The first request after a change also loads the snapshot of the catalogue
(practices/snapshot.py); its number has a test of its own. Everything else is counted on
the second request, as most visitors get it.
"""

from __future__ import annotations

import pytest

from practices.search.index import indexing_once
from practices.snapshot import snapshot
from tests.factories import (
    AdoptionFactory,
    BarrierFactory,
    ClaimFactory,
    ContactFactory,
    InstrumentFactory,
    MunicipalityFactory,
    PhotoFactory,
    PracticeFactory,
    ReferenceFactory,
    RegionFactory,
    RelationFactory,
    TargetGroupFactory,
    ThemeFactory,
    WelfareFigureFactory,
)
from tests.practices.packed import content_of

pytestmark = pytest.mark.django_db

# The version of the catalogue.
VERSION = 1
# Twenty cards at most, with their municipalities, regions, themes and target groups.
CARDS = 5
# The practices, the links of seven kinds, the terms of four, the orders, the places (two).
SNAPSHOT = 1 + 6 + 4 + 1 + 2 + VERSION
# And their photos.
LIST = VERSION + CARDS + 1
# The terms of the words, titles that begin with them, the statement; why each card was found.
SEARCH = LIST + 3 + 1
# The practices in the groups under the map, as links.
MAP = VERSION + 1
# A few titles for each municipality.
GEOJSON = VERSION + 1
# The pins and their number.
PINS = VERSION + 2
FEED = VERSION + CARDS
# Barriers, instruments and references with their sources come on top of the cards.
CSV = VERSION + CARDS + 4
# The entry with what a card shows, twelve relations and what lies behind some of them (17),
# relations out and in (2), and the similar entries (2, and 7 for their cards).
DETAIL = VERSION + CARDS + 15 + 2 + 9
MUNICIPALITIES = VERSION
# The municipality, its figures and adoptions, the figures of all others, the cards.
MUNICIPALITY = VERSION + 1 + 2 + 1 + CARDS
# Themes, barriers, the newest, the number of municipalities.
HOME = VERSION + 2 + CARDS + 1
BARRIERS = VERSION + 1
# Municipalities that do something, adoptions.
OVERVIEW = VERSION + 2
# Number and rows of practices and of municipalities, and when the last one changed.
SITEMAP = VERSION + 5
SUGGESTIONS = VERSION + 1
# When the last practice changed.
CATALOGUE = VERSION + 1


@pytest.fixture
def place():
    return MunicipalityFactory(slug="heerlen", name="Heerlen", lat="50.88", lon="5.98")


def fill(number: int, place) -> None:
    """Practices with everything on them, each with terms of its own and terms they share."""
    shared = {
        "themes": ThemeFactory(slug="taal"),
        "target_groups": TargetGroupFactory(),
        "barriers": BarrierFactory(),
        "instruments": InstrumentFactory(),
    }
    with indexing_once():
        practices = [
            PracticeFactory(
                slug=f"praktijk-{n}",
                title=f"Taalhuis {n}",
                lat="50.88",
                lon="5.98",
                municipalities=[place],
                regions=[place.region],
                **{name: [term] for name, term in shared.items()},
            )
            for n in range(number)
        ]
        for _ in range(min(number, 3)):
            _enrich(practices[0], place)


def _enrich(practice, place) -> None:
    """One more of everything that can hang on a practice."""
    practice.themes.add(ThemeFactory())
    practice.target_groups.add(TargetGroupFactory())
    practice.barriers.add(BarrierFactory())
    practice.instruments.add(InstrumentFactory())
    practice.regions.add(RegionFactory())
    practice.municipalities.add(MunicipalityFactory(lat="50.9", lon="5.9"))
    RelationFactory(from_practice=practice)
    RelationFactory(to_practice=practice)
    AdoptionFactory(practice=practice)
    AdoptionFactory(municipality=place)
    ClaimFactory(practice=practice)
    ReferenceFactory(practice=practice)
    ContactFactory(practice=practice)
    PhotoFactory(practice=practice)
    WelfareFigureFactory(municipality=place)


def get(client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200
    return content_of(response)


LISTS = [
    ("/praktijken/", LIST),
    ("/praktijken/?thema=taal&gemeente=heerlen&volgorde=titel", LIST),
    ("/praktijken/?q=taalhuis", SEARCH),
    ("/kaart/", MAP),
    ("/kaart/?thema=taal&gemeente=heerlen", MAP),
    ("/praktijken-pins.geojson", PINS),
    ("/praktijken.geojson", GEOJSON),
    ("/praktijken.geojson?thema=taal&gemeente=heerlen", GEOJSON),
    ("/praktijken.csv", CSV),
    ("/praktijken.ods", CSV),
    ("/praktijken.xlsx", CSV),
    ("/praktijken.json", CSV),
    ("/praktijken-plaatsen.geojson", CSV),
    ("/praktijken.atom", FEED),
    ("/praktijken.atom?thema=taal&gemeente=heerlen", FEED),
]


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("address", "queries"), LISTS)
def test_list(address, queries, number, place, client, django_assert_num_queries):
    fill(number, place)
    get(client, address)

    with django_assert_num_queries(queries):
        get(client, address)


def test_every_list_of_hundreds(place, client, django_assert_num_queries):
    """In one test, because making 300 practices takes longer than asking for all lists."""
    fill(300, place)

    with django_assert_num_queries(SNAPSHOT):
        snapshot()
    with django_assert_num_queries(VERSION):
        snapshot()
    for address, queries in LISTS:
        get(client, address)
        with django_assert_num_queries(queries, info=address):
            get(client, address)


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/praktijken/praktijk-0/", DETAIL),
        ("/gemeenten/", MUNICIPALITIES),
        ("/gemeenten/heerlen/", MUNICIPALITY),
        ("/", HOME),
        ("/knelpunten/", BARRIERS),
        ("/cijfers/", OVERVIEW),
        ("/sitemap.xml", SITEMAP),
        ("/suggesties/?q=taal", SUGGESTIONS),
        ("/catalogus.ttl", CATALOGUE),
        ("/catalogus.jsonld", CATALOGUE),
        ("/praktijken/praktijk-0/gegevens.jsonld", VERSION + CARDS),
    ],
)
def test_page(address, queries, number, place, client, django_assert_num_queries):
    fill(number, place)
    get(client, address)

    with django_assert_num_queries(queries):
        get(client, address)


@pytest.mark.parametrize("number", [1, 3])
def test_snapshot(number, place, django_assert_num_queries):
    fill(number, place)

    with django_assert_num_queries(SNAPSHOT):
        snapshot()
    with django_assert_num_queries(VERSION):
        snapshot()
