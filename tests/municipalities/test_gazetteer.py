from datetime import date

import pytest
from django.http import QueryDict

from municipalities.gazetteer import Gazetteer
from municipalities.models import Municipality, Region
from practices.finder import PracticeFinder
from tests.factories import MunicipalityFactory, PracticeFactory
from tests.practices import mixed_catalogue

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(mixed):
    return Gazetteer()


def municipality(slug):
    return Municipality.objects.get(slug=slug)


def slugs(model, pks):
    return sorted(model.objects.filter(pk__in=pks).values_list("slug", flat=True))


@pytest.mark.parametrize(
    ("slug", "family"),
    [
        ("heerlen", ["heerlen"]),
        ("beekdaelen", ["beekdaelen", "nuth", "schinnen"]),
        ("schinnen", ["beekdaelen", "nuth", "schinnen"]),
    ],
)
def test_family_is_all_that_is_now_one_municipality(slug, family, places):
    assert slugs(Municipality, places.family(municipality(slug))) == family


@pytest.mark.parametrize(
    ("slug", "regions"),
    [
        ("heerlen", ["limburg", "parkstad", "zuid-limburg"]),
        ("maastricht", ["limburg", "zuid-limburg"]),
        ("mook-en-middelaar", ["gelderland", "limburg", "rijk-van-nijmegen"]),
    ],
)
def test_covering_is_every_region_it_lies_in(slug, regions, places):
    assert slugs(Region, places.covering(municipality(slug))) == regions


def test_within_a_region_are_its_parts_and_itself(places):
    limburg = Region.objects.get(slug="limburg")

    assert slugs(Region, places.within(limburg)) == [
        "limburg",
        "noord-limburg",
        "parkstad",
        "zuid-limburg",
    ]


def test_members_of_a_region_are_those_of_its_parts_or_its_province(places):
    reach = places.reach_of_region(Region.objects.get(slug="limburg"))

    assert len(reach.municipalities) == len(mixed_catalogue.MUNICIPALITIES)


def test_circles_of_regions_and_of_successors_are_walked_once():
    one, two = MunicipalityFactory(), MunicipalityFactory(valid_to=date(2019, 1, 1))
    Municipality.objects.filter(pk=one.pk).update(successor=two, valid_to=date(2018, 1, 1))
    Municipality.objects.filter(pk=two.pk).update(successor=one)
    Region.objects.filter(pk=one.region_id).update(parent=two.region_id)
    Region.objects.filter(pk=two.region_id).update(parent=one.region_id)

    places = Gazetteer()

    assert {places.current_pk[one.pk], places.current_pk[two.pk]} <= {one.pk, two.pk}
    assert places.around(one.region_id) == {one.region_id, two.region_id}


def options(parameter):
    facets = {facet.parameter: facet for facet in PracticeFinder(QueryDict()).facets}
    return [option.label for option in facets[parameter].options]


def test_facet_follows_what_happens_to_municipalities_and_regions():
    PracticeFactory()
    venlo = MunicipalityFactory(name="Venlo")
    assert options("gemeente") == ["Venlo"]

    venlo.name = "Groot-Venlo"
    venlo.save()
    assert options("gemeente") == ["Groot-Venlo"]

    venlo.delete()
    assert options("gemeente") == []
