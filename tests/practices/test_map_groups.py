"""The list that says the same as the map."""

import pytest
from django.http import QueryDict

from practices.enums import Scope
from practices.finder import PracticeFinder
from practices.map_groups import MOST, build_groups
from tests.factories import MunicipalityFactory, PracticeFactory, RegionFactory

pytestmark = pytest.mark.django_db


def groups(query=""):
    return build_groups(PracticeFinder(QueryDict(query)))


def titles(group):
    return [practice["title"] for practice in group.practices]


def test_practices_stand_under_their_municipality_by_title():
    venlo = MunicipalityFactory(name="Venlo", slug="venlo")
    MunicipalityFactory(name="Weert")
    PracticeFactory(title="zorg", slug="zorg", municipalities=[venlo])
    PracticeFactory(title="Arbeid", slug="arbeid", municipalities=[venlo])

    found = groups()

    (group,) = found.municipalities
    assert (group.anchor, group.name, group.count, group.left_out) == ("in-venlo", "Venlo", 2, 0)
    assert (group.url, group.place_url) == ("/praktijken/?gemeente=venlo", "/gemeenten/venlo/")
    assert group.practices == [
        {"title": "Arbeid", "url": "/praktijken/arbeid/"},
        {"title": "zorg", "url": "/praktijken/zorg/"},
    ]
    assert found.empty == ["Weert"]


def test_wider_areas_and_unknown_places_have_groups_of_their_own():
    limburg = RegionFactory(name="Limburg", slug="limburg")
    PracticeFactory(title="Regionaal", scope=Scope.REGION, regions=[limburg])
    PracticeFactory(title="Landelijk", scope=Scope.COUNTRY)
    PracticeFactory(title="Ergens", scope=Scope.MUNICIPALITY)

    found = groups()

    assert [(group.anchor, group.name, titles(group)) for group in found.wide] == [
        ("overal-limburg", "Limburg", ["Regionaal"]),
        ("overal-nederland", "Heel Nederland", ["Landelijk"]),
    ]
    assert (found.placeless.anchor, titles(found.placeless)) == ("plaats-niet-bekend", ["Ergens"])


def test_group_shows_the_first_and_tells_how_many_are_left():
    venlo = MunicipalityFactory()
    PracticeFactory.create_batch(MOST + 3, municipalities=[venlo])

    (group,) = groups().municipalities

    assert (len(group.practices), group.left_out, group.count) == (MOST, 3, MOST + 3)


def test_region_and_municipality_of_the_same_name_do_not_mix():
    region = RegionFactory(name="Venlo", slug="venlo")
    PracticeFactory(title="Regio", scope=Scope.REGION, regions=[region])
    PracticeFactory(title="Stad", municipalities=[MunicipalityFactory(name="Venlo", slug="venlo")])

    found = groups()

    assert [titles(found.wide[0]), titles(found.municipalities[0])] == [["Regio"], ["Stad"]]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_groups_cost_the_same_number_of_queries_for_any_number(number, django_assert_num_queries):
    for _ in range(number):
        PracticeFactory(municipalities=[MunicipalityFactory()])
    finder = PracticeFinder(QueryDict())

    # the titles
    with django_assert_num_queries(1):
        assert len(build_groups(finder).municipalities) == number
