from datetime import date

import pytest

from municipalities.gazetteer import Gazetteer
from municipalities.mirror import Mirror
from municipalities.models import Municipality
from tests.factories import MunicipalityFactory, RegionFactory, WelfareFigureFactory
from tests.municipalities import shipped

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return RegionFactory(parent=RegionFactory())


def place(name, region, figures=()):
    municipality = MunicipalityFactory(name=name, region=region, province=region.parent)
    for year, recipients in dict(figures).items():
        WelfareFigureFactory(municipality=municipality, year=year, recipients=recipients)
    return municipality


def likeness(one, other):
    return Mirror.load(Gazetteer()).likeness(one.pk, other.pk)


def test_likeness_of_figures_and_region_that_are_the_same_is_one(region):
    one = place("Een", region, {2014: 100, 2018: 80})
    found = likeness(one, place("Twee", region, {2014: 100, 2018: 80}))

    assert (found.score, found.percentage) == (1.0, 100)


def test_likeness_is_half_size_a_quarter_trend_and_a_quarter_region(region):
    one = place("Een", region, {2014: 100, 2018: 100})
    found = likeness(one, place("Twee", region, {2014: 50, 2018: 55}))

    # 55 of 100 people; ten points of growth of the 25 that count as unlike; same region.
    assert found.score == pytest.approx(0.5 * 0.55 + 0.25 * (1 - 10 / 25) + 0.25)
    assert (found.recipients, found.year, found.since, found.change) == (55, 2018, 2014, 10)
    assert found.region == region


def test_likeness_is_the_same_from_both_sides(region):
    one = place("Een", region, {2014: 100, 2018: 90})
    other = place("Twee", RegionFactory(parent=region.parent), {2014: 40, 2018: 50})

    assert likeness(one, other).score == likeness(other, one).score


def test_region_counts_by_what_is_shared(region):
    sub = RegionFactory(parent=region)
    one = place("Een", sub)
    one.province = region.parent
    one.save()
    found = likeness(one, place("Twee", region))

    # Of the region, its part and what lies around them, two of three are shared.
    assert found.score == pytest.approx(0.25 * 2 / 3)
    assert found.region == region


def test_years_that_only_one_of_them_has_are_not_compared(region):
    one = place("Een", region, {2014: 100, 2016: 90})
    found = likeness(one, place("Twee", region, {2016: 90, 2020: 10}))

    assert (found.year, found.recipients, found.since, found.change) == (2016, 90, None, None)
    assert found.score == 0.5 + 0.25


def test_municipality_without_figures_is_like_another_by_region_only(region):
    found = likeness(place("Een", region), place("Twee", region, {2014: 10, 2018: 20}))

    assert (found.score, found.recipients, found.change) == (0.25, None, None)


def test_nobody_on_bijstand_is_no_division_by_zero(region):
    one = place("Een", region, {2014: 0, 2018: 0})
    found = likeness(one, place("Twee", region, {2014: 0, 2018: 0}))

    assert (found.score, found.change) == (0.75, None)


def test_ranked_is_by_likeness_then_by_name_without_itself_and_merged_ones(region):
    here = place("Hier", region, {2018: 100})
    place("Beta", region, {2018: 50})
    place("Alfa", region, {2018: 50})
    place("Gelijk", region, {2018: 100})
    old = place("Vroeger", region, {2018: 100})
    old.successor, old.valid_to = here, date(2019, 1, 1)
    old.save()
    WelfareFigureFactory(municipality=here, year=2019, recipients=200)

    ranked = Mirror.load(Gazetteer()).ranked(here.pk)

    assert [one.municipality.name for one in ranked] == ["Gelijk", "Alfa", "Beta"]


def test_scores_hold_every_municipality_of_today(region):
    here, there = place("Hier", region), place("Daar", region)

    assert Mirror.load(Gazetteer()).scores(here.pk) == {here.pk: 1.0, there.pk: 0.25}


@pytest.mark.parametrize("number", [1, 3, 30])
def test_ranking_costs_one_query(number, region, django_assert_num_queries):
    places = [place(f"Gemeente {n}", region, {2014: n, 2018: n}) for n in range(number)]
    gazetteer = Gazetteer()
    gazetteer.load()

    with django_assert_num_queries(1):
        assert len(Mirror.load(gazetteer).ranked(places[0].pk)) == number - 1


# --- the shipped figures ----------------------------------------------------------------

# Name and points. Frozen: whoever changes the measure sees here what that does.
TABLE = {
    "beekdaelen": [
        ("Brunssum", 75),
        ("Echt-Susteren", 69),
        ("Stein", 64),
        ("Horst aan de Maas", 64),
        ("Landgraaf", 63),
    ],
    "heerlen": [
        ("Maastricht", 78),
        ("Sittard-Geleen", 65),
        ("Kerkrade", 65),
        ("Landgraaf", 62),
        ("Venlo", 61),
    ],
    "meerssen": [
        ("Eijsden-Margraten", 92),
        ("Vaals", 91),
        ("Valkenburg aan de Geul", 82),
        ("Gennep", 75),
        ("Roerdalen", 75),
    ],
    "mook-en-middelaar": [
        ("Bergen", 60),
        ("Nederweert", 58),
        ("Gulpen-Wittem", 57),
        ("Voerendaal", 51),
        ("Gennep", 51),
    ],
    "venray": [
        ("Weert", 56),
        ("Landgraaf", 55),
        ("Brunssum", 52),
        ("Venlo", 47),
        ("Horst aan de Maas", 45),
    ],
}


def test_order_of_the_shipped_municipalities_is_the_fixed_table():
    shipped.load()
    mirror = Mirror.load(Gazetteer())

    found = {
        slug: [
            (one.municipality.name, one.percentage)
            for one in mirror.ranked(Municipality.objects.get(slug=slug).pk)[:5]
        ]
        for slug in TABLE
    }

    assert found == TABLE


def test_new_municipality_is_compared_by_the_summed_figures_of_its_predecessors():
    shipped.load()
    mirror = Mirror.load(Gazetteer())
    today = Municipality.objects.get(slug="beekdaelen")

    # Nuth, Onderbanken and Schinnen: 230 + 150 + 210, 220 + 170 + 190, 160 + 140 + 150.
    assert mirror.series[today.pk] == {2014: 590, 2016: 580, 2018: 450}
    assert not WelfareFigureFactory._meta.model.objects.filter(municipality=today).exists()
