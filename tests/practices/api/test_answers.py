"""What the API says: the same as the site, whole, in a fixed number of queries."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from practices.enums import AdoptionState, RelationKind
from practices.finder import PracticeFinder
from tests.factories import (
    AdoptionFactory,
    BarrierFactory,
    ClaimFactory,
    ContactFactory,
    InstrumentFactory,
    MunicipalityFactory,
    OldMunicipalitySlugFactory,
    OldSlugFactory,
    ParticipationStepFactory,
    PracticeFactory,
    RecommendationFactory,
    ReferenceFactory,
    RegionFactory,
    RelationFactory,
    TargetGroupFactory,
    ThemeFactory,
    UserFactory,
    WelfareFigureFactory,
)
from tests.practices import mixed_catalogue

pytestmark = pytest.mark.django_db

BASE = "/api/v1"
SECRET = "geheim"
PLACE = "http://testserver"


def read(client, path, status=200):
    response = client.get(f"{BASE}{path}")
    assert response.status_code == status, response.content
    return json.loads(response.content)


# --- the same as the site ---------------------------------------------------------------


QUESTIONS = [
    "",
    "volgorde=titel",
    "volgorde=nieuw",
    "gemeente=schinnen",
    "gemeente=heerlen&thema=taal",
    "regio=zuid-limburg&fase=loopt",
    "bewijs=effectief&bewijs=onderbouwd",
    "q=taalhuis",
    "q=plan&letterlijk=ja",
    "volgorde=lijkt&zoals=heerlen",
    "q=regioplan&gemeente=maastricht",
    "actueel=binnenkort",
]


def test_every_question_gives_the_practices_of_the_site_in_its_order(client):
    mixed_catalogue.load()
    found = {
        question: [
            row["sleutel"] for row in read(client, f"/praktijken?perPagina=100&{question}")[KEY]
        ]
        for question in QUESTIONS
    }

    assert found == {
        question: [row.slug for row in PracticeFinder(QueryDict(question)).results]
        for question in QUESTIONS
    }
    assert len(set(map(tuple, found.values()))) > 8


KEY = "praktijken"


def test_pages_follow_each_other_and_tell_where_they_are(client):
    for title in "ABCDE":
        PracticeFactory(title=title, slug=title.lower())
    address = f"{BASE}/praktijken?volgorde=titel&perPagina=2&pagina="

    pages = [client.get(f"{address}{number}") for number in (1, 2, 3, 4)]

    titles = [[row["titel"] for row in json.loads(page.content)[KEY]] for page in pages]
    assert titles == [["A", "B"], ["C", "D"], ["E"], []]
    told = ("Total-Count", "Current-Page", "Per-Page", "Total-Pages")
    assert [[page[name] for name in told] for page in pages] == [
        ["5", "1", "2", "3"],
        ["5", "2", "2", "3"],
        ["5", "3", "2", "3"],
        ["5", "4", "2", "3"],
    ]
    full = f"{PLACE}{address}"
    assert pages[1]["Link"] == (
        f'<{full}1>; rel="first", <{full}1>; rel="prev", '
        f'<{full}3>; rel="next", <{full}3>; rel="last"'
    )
    assert pages[0]["Link"] == (
        f'<{full}1>; rel="first", <{full}2>; rel="next", <{full}3>; rel="last"'
    )


# --- one thing, whole ---------------------------------------------------------------------


@pytest.fixture
def practice():
    """With everything on it."""
    region = RegionFactory(name="Parkstad", slug="parkstad")
    heerlen = MunicipalityFactory(
        name="Heerlen", slug="heerlen", code="GM0917", region=region, lat="50.88", lon="5.98"
    )
    practice = PracticeFactory(
        title="Taalhuis",
        slug="taalhuis",
        summary="Samen taal leren.",
        partners="ROC\nBibliotheek",
        described_on=date(2018, 8, 1),
        lat="50.88",
        lon="5.98",
        municipalities=[heerlen],
        regions=[region],
        owner=heerlen,
        themes=[ThemeFactory(name="Taal", slug="taal", synonyms="Lezen\nSchrijven")],
        target_groups=[TargetGroupFactory(slug="jongeren")],
        barriers=[BarrierFactory(slug="vervoer")],
        instruments=[InstrumentFactory(slug="coach")],
        recommendations=[RecommendationFactory(slug="werk-samen")],
        steps=[ParticipationStepFactory(slug="vrijwilligerswerk")],
    )
    ClaimFactory(practice=practice, statement="Velen leerden lezen.", value="12.50")
    ReferenceFactory(practice=practice, place="blz. 3")
    RelationFactory(
        from_practice=practice,
        to_practice=PracticeFactory(slug="vervolg", title="Vervolg"),
        kind=RelationKind.NEXT_STEP,
    )
    AdoptionFactory(practice=practice, municipality=heerlen, state=AdoptionState.STARTED)
    return practice


def test_practice_tells_what_is_on_its_page(client, practice):
    told = read(client, "/praktijken/taalhuis")

    parts = {
        "sleutel": "taalhuis",
        "url": f"{PLACE}{BASE}/praktijken/taalhuis",
        "webpagina": f"{PLACE}/praktijken/taalhuis/",
        "partners": ["ROC", "Bibliotheek"],
        "beschrevenOp": "2018-08-01",
        "bevestigdOp": None,
        "actueel": "verouderd",
        "bewijs": "genoemd",
        "eigenaar": {"sleutel": "heerlen", "naam": "Heerlen"},
        "uitvoerders": [{"sleutel": "heerlen", "naam": "Heerlen", "rol": "uitvoerder"}],
        "locatie": {"type": "Point", "coordinates": [5.98, 50.88]},
        "themas": [{"sleutel": "taal", "naam": "Taal"}],
    }
    assert {name: told[name] for name in parts} == parts
    assert told["gewijzigdOp"].endswith("Z")
    assert [(c["bewering"], c["getal"]) for c in told["resultaten"]] == [
        ("Velen leerden lezen.", 12.5)
    ]
    assert [source["vindplaats"] for source in told["bronnen"]] == ["blz. 3"]
    assert [(r["verband"], r["sleutel"]) for r in told["verbanden"]] == [
        ("heeft als volgende stap", "vervolg")
    ]
    assert [(a["gemeente"]["sleutel"], a["stand"]) for a in told["overnames"]] == [
        ("heerlen", "gestart")
    ]


def test_list_tells_the_same_as_the_practice_itself(client, practice):
    (short,) = (r for r in read(client, "/praktijken")[KEY] if r["sleutel"] == "taalhuis")
    whole = read(client, "/praktijken/taalhuis")

    assert {name: whole[name] for name in short} == short


def test_municipality_tells_its_figures_and_the_practices_of_its_filter(client, practice):
    WelfareFigureFactory(
        municipality=practice.owner, year=2017, recipients=4320, source="Onderzoek"
    )

    told = read(client, "/gemeenten/heerlen")

    assert told["identificatie"] == "https://identifier.overheid.nl/tooi/id/gemeente/gm0917"
    assert told["bijstand"] == [
        {"jaar": 2017, "peildatum": None, "mensen": 4320, "bron": "Onderzoek"}
    ]
    assert told["locatie"] == {"type": "Point", "coordinates": [5.98, 50.88]}
    assert told["aantalPraktijken"] == len(read(client, "/praktijken?gemeente=heerlen")[KEY]) == 1
    assert [row["sleutel"] for row in read(client, "/gemeenten")["gemeenten"]] == ["heerlen"]


@pytest.mark.parametrize("boundary", [None, {"type": "Polygon", "coordinates": []}])
def test_boundary_is_there_when_it_is_known(client, boundary):
    MunicipalityFactory(slug="heerlen", boundary=boundary)

    assert read(client, "/gemeenten/heerlen")["grens"] == boundary


def test_regions_hang_together(client):
    limburg = RegionFactory(slug="limburg", name="Limburg", position=1)
    RegionFactory(slug="parkstad", name="Parkstad", parent=limburg, position=2)

    rows = read(client, "/regios")["regios"]

    assert [(row["sleutel"], row["onderdeelVan"]) for row in rows] == [
        ("limburg", None),
        ("parkstad", {"sleutel": "limburg", "naam": "Limburg"}),
    ]


LISTS = {
    "themas": "taal",
    "doelgroepen": "jongeren",
    "knelpunten": "vervoer",
    "instrumenten": "coach",
    "aanbevelingen": "werk-samen",
    "treden": "vrijwilligerswerk",
}


def test_each_vocabulary_counts_its_public_practices(client, practice):
    for relation in ("themes", "target_groups", "barriers", "instruments"):
        terms = getattr(practice, relation).all()
        PracticeFactory(concept=True, **{relation: terms})

    told = {name: read(client, f"/{name}")[name] for name in LISTS}

    assert {
        name: [(row["sleutel"], row["aantalPraktijken"]) for row in rows]
        for name, rows in told.items()
    } == {name: [(key, 1)] for name, key in LISTS.items()}
    assert told["themas"][0]["andereWoorden"] == ["Lezen", "Schrijven"]


def test_figures_and_suggestions_are_those_of_the_site(client, practice):
    figures = read(client, "/kerncijfers")
    suggested = read(client, "/zoeksuggesties?q=taa")["zoeksuggesties"]

    assert (figures["praktijken"], figures["gemeenten"], figures["overnames"]) == (2, 1, 1)
    assert figures["verdelingen"][0]["aantallen"] == [{"naam": "Taal", "aantal": 1}]
    assert [(line["soort"], line["tekst"], line["url"]) for line in suggested] == [
        ("thema", "Taal", f"{PLACE}/praktijken/?thema=taal"),
        ("praktijk", "Taalhuis", f"{PLACE}/praktijken/taalhuis/"),
    ]


def test_old_key_leads_to_the_present_one(client, practice):
    OldSlugFactory(practice=practice, slug="taalcafe")
    OldMunicipalitySlugFactory(municipality=practice.owner, slug="coriovallum")

    led = {
        path: client.get(f"{BASE}{path}")
        for path in ("/praktijken/taalcafe", "/gemeenten/coriovallum")
    }

    assert {path: (r.status_code, r["Location"]) for path, r in led.items()} == {
        "/praktijken/taalcafe": (301, f"{PLACE}{BASE}/praktijken/taalhuis"),
        "/gemeenten/coriovallum": (301, f"{PLACE}{BASE}/gemeenten/heerlen"),
    }
    assert [r["sleutel"] for r in read(client, "/praktijken?gemeente=coriovallum")[KEY]] == [
        "taalhuis"
    ]


@pytest.mark.parametrize("state", ["archived", "concept"])
def test_withdrawn_practice_is_gone_and_another_never_was(client, state):
    PracticeFactory(slug="taalhuis", **{state: True})

    expected = {"archived": (410, "Ingetrokken"), "concept": (404, "Niet gevonden")}
    told = read(client, "/praktijken/taalhuis", expected[state][0])

    assert (told["status"], told["title"]) == expected[state]


# --- what must not leave ------------------------------------------------------------------


EVERYTHING = [
    "/praktijken?perPagina=100",
    f"/praktijken?q={SECRET}",
    "/praktijken/taalhuis",
    "/praktijken/vervolg",
    "/gemeenten",
    "/gemeenten/heerlen",
    "/regios",
    *(f"/{name}" for name in LISTS),
    "/kerncijfers",
    f"/zoeksuggesties?q={SECRET}",
    "/openapi.json",
]


def everything(client):
    return {path: json.dumps(read(client, path)).casefold() for path in EVERYTHING}


@pytest.mark.parametrize("state", ["concept", "in_review", "archived"])
def test_nothing_unpublished_leaves(client, practice, state):
    hidden = PracticeFactory(
        title="Geheim plan",
        slug="geheim-plan",
        municipalities=[practice.owner],
        themes=practice.themes.all(),
        **{state: True},
    )
    RelationFactory(from_practice=practice, to_practice=hidden, kind=RelationKind.RELATED)
    before = everything(client)
    assert [path for path, text in before.items() if SECRET in text] == []
    assert client.get(f"{BASE}/praktijken/geheim-plan").status_code in (404, 410)

    hidden.state = "gepubliceerd"
    hidden.save()

    # So it would have been seen.
    assert [path for path, text in everything(client).items() if SECRET in text] == [
        "/praktijken?perPagina=100",
        f"/praktijken?q={SECRET}",
        "/praktijken/taalhuis",
        f"/zoeksuggesties?q={SECRET}",
    ]
    changed = [path for path, text in everything(client).items() if text != before[path]]
    assert {"/gemeenten/heerlen", "/themas", "/kerncijfers"} <= set(changed)


def test_no_contact_and_no_person_leaves(client, practice):
    ContactFactory(
        practice=practice,
        organisation="Geheim Bureau",
        role="geheim teamleider",
        mailbox="geheim@example.org",
    )
    practice.confirmed_by = UserFactory(
        username="geheim", first_name="Geheim", email="geheim@example.org"
    )
    practice.save()

    assert SECRET in client.get("/praktijken/taalhuis/").content.decode().casefold()
    assert [path for path, text in everything(client).items() if SECRET in text] == []


# --- what it costs --------------------------------------------------------------------------

VERSION = 1
CARDS = 5 + 2
COSTS = {
    "/praktijken": VERSION + CARDS,
    # What a card shows; seven more relations and what lies behind four of them; relations out
    # and in.
    "/praktijken/taalhuis": VERSION + CARDS + 11 + 2,
    "/gemeenten": VERSION,
    "/gemeenten/heerlen": VERSION + 2,
    "/regios": VERSION,
    **{f"/{name}": VERSION + 1 for name in LISTS},
    "/keuzelijsten": VERSION,
    "/kerncijfers": VERSION + 2,
    "/zoeksuggesties?q=taa": VERSION + 1,
}


@pytest.mark.parametrize("more", [0, 2])
def test_number_of_queries_is_fixed(client, practice, more):
    for _ in range(more):
        PracticeFactory(
            title="Taalles",
            municipalities=[practice.owner, MunicipalityFactory()],
            regions=[RegionFactory()],
            themes=[ThemeFactory()],
            barriers=[BarrierFactory(parent=BarrierFactory())],
            instruments=[InstrumentFactory()],
        )
        for made in (ClaimFactory, ReferenceFactory, AdoptionFactory):
            made(practice=practice)
        RelationFactory(from_practice=practice, to_practice=PracticeFactory())
        WelfareFigureFactory(municipality=practice.owner)
    client.get(f"{BASE}/praktijken")  # Loads the snapshot.

    counted = {}
    for path in COSTS:
        with CaptureQueriesContext(connection) as queries:
            read(client, path)
        counted[path] = len(queries)

    assert counted == COSTS
