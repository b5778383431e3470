"""What the map draws from: counts, pins and boundaries."""

import json

import pytest
from django.http import QueryDict

from practices.bbox import BoundingBox
from practices.enums import Scope
from practices.finder import PracticeFinder
from practices.geojson import MAX_PINS, area_collection, boundary_document, pin_collection
from practices.models import Practice
from practices.version import current
from tests.factories import MunicipalityFactory, PracticeFactory, RegionFactory

pytestmark = pytest.mark.django_db

SQUARE = {"type": "MultiPolygon", "coordinates": [[[[6, 51], [6.1, 51], [6.1, 51.1], [6, 51]]]]}


def areas(query=""):
    return area_collection(PracticeFinder(QueryDict(query)))


def pins(query="", box=None):
    return pin_collection(PracticeFinder(QueryDict(query)), box)


def properties(collection):
    return {feature["id"]: feature["properties"] for feature in collection["features"]}


def test_area_has_its_seat_its_counts_and_first_titles():
    venlo = MunicipalityFactory(name="Venlo", slug="venlo", code="GM0983", lat="51.37", lon="6.17")
    for title in ("Delta", "Alfa", "Charlie", "Bravo"):
        PracticeFactory(title=title, municipalities=[venlo])

    assert areas("gemeente=venlo")["features"] == [
        {
            "type": "Feature",
            "id": "venlo",
            "geometry": {"type": "Point", "coordinates": [6.17, 51.37]},
            "properties": {
                "kind": "gemeente",
                "code": "GM0983",
                "name": "Venlo",
                "slug": "venlo",
                "count": 4,
                "available": 4,
                "url": "/praktijken/?gemeente=venlo",
                "titles": ["Alfa", "Charlie", "Delta"],
                "selected": True,
            },
        }
    ]


def test_area_without_a_seat_is_there_without_a_geometry():
    MunicipalityFactory(slug="nergens")

    (feature,) = areas()["features"]

    assert (feature["id"], feature["geometry"]) == ("nergens", None)


def test_area_counts_what_would_be_there_if_no_municipality_were_chosen():
    venlo, weert = MunicipalityFactory(slug="venlo"), MunicipalityFactory(slug="weert")
    PracticeFactory(municipalities=[venlo])
    PracticeFactory.create_batch(2, municipalities=[weert])

    found = properties(areas("gemeente=venlo"))

    counts = {slug: (row["count"], row["available"]) for slug, row in found.items()}
    assert counts == {"venlo": (1, 1), "weert": (0, 2)}
    assert [slug for slug, row in found.items() if row.get("selected")] == ["venlo"]


@pytest.mark.parametrize("chosen", ["schinnen", "beekdaelen"])
def test_area_of_today_is_chosen_with_any_of_its_names(chosen):
    beekdaelen = MunicipalityFactory(slug="beekdaelen")
    schinnen = MunicipalityFactory(slug="schinnen", valid_to="2019-01-01", successor=beekdaelen)
    PracticeFactory(municipalities=[schinnen])

    (row,) = properties(areas(f"gemeente={chosen}")).values()

    assert (row["slug"], row["count"], row["merged"], row["selected"]) == (
        "beekdaelen",
        1,
        ["schinnen"],
        True,
    )


def test_practices_of_a_wider_area_and_without_a_place_are_told_apart():
    limburg = RegionFactory(name="Limburg", slug="limburg")
    PracticeFactory(scope=Scope.REGION, regions=[limburg])
    PracticeFactory(scope=Scope.COUNTRY)
    PracticeFactory(scope=Scope.MUNICIPALITY)

    collection = areas()

    assert (collection["total"], collection["wide"], collection["placeless"]) == (
        3,
        [
            {"name": "Limburg", "count": 1, "url": "/praktijken/?regio=limburg"},
            {"name": "Heel Nederland", "count": 1, "url": "/praktijken/"},
        ],
        1,
    )


def test_long_title_is_cut():
    PracticeFactory(title="Een lange titel " * 7, municipalities=[MunicipalityFactory()])

    (row,) = properties(areas()).values()

    assert [len(title) for title in row["titles"]] == [70]


@pytest.mark.parametrize("state", ["concept", "in_review", "archived"])
def test_unpublished_practice_is_on_no_map(state):
    venlo = MunicipalityFactory(slug="venlo")
    practice = PracticeFactory(municipalities=[venlo], lat="51.37", lon="6.17", **{state: True})

    hidden = properties(areas())["venlo"], pins()
    Practice.objects.get(pk=practice.pk)
    PracticeFactory(slug="open", title="Open", municipalities=[venlo], lat="51.37", lon="6.17")
    shown = properties(areas())["venlo"], pins()

    assert (hidden[0]["count"], hidden[0]["titles"], hidden[1]["features"]) == (0, [], [])
    assert (shown[0]["count"], shown[0]["titles"]) == (1, ["Open"])
    assert [pin["id"] for pin in shown[1]["features"]] == ["open"]


# --- pins -----------------------------------------------------------------------------


def test_pin_is_a_practice_with_an_exact_place():
    PracticeFactory(
        slug="werkhuis",
        title="Werkhuis",
        location_name="Raadhuisstraat 1",
        lat="51.52",
        lon="5.97",
        municipalities=[MunicipalityFactory(lat="51.5", lon="5.9")],
    )
    PracticeFactory(slug="zonder-adres")

    assert pins() == {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": "werkhuis",
                "geometry": {"type": "Point", "coordinates": [5.97, 51.52]},
                "properties": {
                    "kind": "plek",
                    "title": "Werkhuis",
                    "place": "Raadhuisstraat 1",
                    "url": "/praktijken/werkhuis/",
                },
            }
        ],
        "left_out": 0,
    }


def test_pins_are_those_inside_the_box_and_of_the_filter():
    venlo = MunicipalityFactory(slug="venlo")
    PracticeFactory(slug="binnen", lat="51.37", lon="6.17", municipalities=[venlo])
    PracticeFactory(slug="buiten", lat="50.85", lon="5.69", municipalities=[venlo])
    PracticeFactory(slug="elders", lat="51.37", lon="6.17")

    box = BoundingBox(6, 51, 7, 52)

    assert [pin["id"] for pin in pins("gemeente=venlo", box)["features"]] == ["binnen"]
    assert [pin["id"] for pin in pins("", box)["features"]] == ["binnen", "elders"]
    assert [pin["id"] for pin in pins()["features"]] == ["binnen", "buiten", "elders"]


def test_pins_are_limited_and_tell_how_many_were_left_out():
    PracticeFactory.create_batch(MAX_PINS + 2, lat="51.37", lon="6.17")

    collection = pins()

    assert (len(collection["features"]), collection["left_out"]) == (MAX_PINS, 2)


# --- boundaries -----------------------------------------------------------------------


def test_boundaries_are_those_of_todays_municipalities():
    beekdaelen = MunicipalityFactory(slug="beekdaelen", boundary=SQUARE)
    MunicipalityFactory(
        slug="schinnen", boundary=SQUARE, valid_to="2019-01-01", successor=beekdaelen
    )
    MunicipalityFactory(slug="zonder")

    _, content = boundary_document(current())

    assert json.loads(content) == {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "id": "beekdaelen", "geometry": SQUARE, "properties": {}}],
    }


def test_fingerprint_of_boundaries_changes_with_a_boundary_only():
    venlo = MunicipalityFactory(boundary=SQUARE)
    first, _ = boundary_document(current())
    PracticeFactory(municipalities=[venlo])
    after_practice, _ = boundary_document(current())
    MunicipalityFactory(boundary=SQUARE)
    after_boundary, _ = boundary_document(current())

    assert first == after_practice
    assert first != after_boundary


def test_no_boundaries_have_no_fingerprint():
    MunicipalityFactory()

    assert boundary_document(current())[0] == ""
