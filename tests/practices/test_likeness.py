"""`?zoals=`: practices in the order of how much their municipalities are like a chosen one."""

from datetime import date

import pytest
from django.http import QueryDict

from municipalities.models import OldMunicipalitySlug
from practices.enums import Scope
from practices.finder import PracticeFinder
from tests.factories import (
    MunicipalityFactory,
    PracticeFactory,
    RegionFactory,
    ThemeFactory,
    WelfareFigureFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return RegionFactory(name="Noord", slug="noord", parent=RegionFactory())


def place(name, region, recipients=None, **kwargs):
    municipality = MunicipalityFactory(
        name=name, slug=name.lower(), region=region, province=region.parent, **kwargs
    )
    if recipients:
        for year in (2014, 2018):
            WelfareFigureFactory(municipality=municipality, year=year, recipients=recipients)
    return municipality


@pytest.fixture
def places(region):
    """Likeness to Venlo: Weert .95, Vaals .55, Nergens .25 (only its region)."""
    return {
        "venlo": place("Venlo", region, 100),
        "weert": place("Weert", region, 90),
        "vaals": place("Vaals", region, 10),
        "nergens": place("Nergens", region),
    }


def ask(query=""):
    return PracticeFinder(QueryDict(query))


def slugs(query):
    return [practice.slug for practice in ask(query).results]


def done_in(*municipalities, slug, **kwargs):
    return PracticeFactory(slug=slug, title=slug, municipalities=municipalities, **kwargs)


def test_practices_are_in_the_order_of_their_most_similar_municipality(places):
    done_in(places["vaals"], slug="vaals")
    done_in(slug="zonder-plaats")
    done_in(places["vaals"], places["weert"], slug="allebei", confirmed_on=date(2020, 1, 1))
    done_in(places["venlo"], slug="venlo")
    done_in(places["nergens"], slug="nergens")
    done_in(places["weert"], slug="weert", confirmed_on=date(2019, 1, 1))

    assert slugs("zoals=venlo&volgorde=lijkt") == [
        "venlo",
        "allebei",
        "weert",
        "vaals",
        "nergens",
        "zonder-plaats",
    ]


def test_practice_of_a_whole_area_counts_with_the_average_there(places, region):
    far = RegionFactory(name="Ver", slug="ver", parent=RegionFactory())
    place("Emmen", far, 50)
    done_in(places["weert"], slug="weert")
    done_in(places["vaals"], slug="vaals")
    # On average .69 in the region of Venlo, .5 in the far one, .65 everywhere.
    done_in(slug="noord", scope=Scope.REGION, regions=[region])
    done_in(slug="ver", scope=Scope.REGION, regions=[far])
    done_in(slug="landelijk", scope=Scope.COUNTRY)

    assert slugs("zoals=venlo") == ["weert", "noord", "landelijk", "vaals", "ver"]


def test_region_of_a_practice_that_does_not_hold_in_all_of_it_says_nothing(places, region):
    done_in(places["nergens"], slug="nergens")
    done_in(slug="ergens-in-noord", scope=Scope.MUNICIPALITY, regions=[region])

    assert slugs("zoals=venlo") == ["nergens", "ergens-in-noord"]


def test_merged_municipality_stands_for_the_one_of_today(places, region):
    old = place("Arcen", region, successor=places["venlo"], valid_to=date(2010, 1, 1))
    done_in(places["weert"], slug="weert")
    done_in(old, slug="arcen")

    for slug in ("venlo", "arcen"):
        assert slugs(f"zoals={slug}") == ["arcen", "weert"]


def test_old_name_in_the_address_still_works(places):
    OldMunicipalitySlug.objects.create(slug="venloo", municipality=places["venlo"])
    done_in(places["vaals"], slug="vaals", confirmed_on=date(2021, 1, 1))
    done_in(places["weert"], slug="weert")
    finder = ask("zoals=venloo&gemeente=venloo&gemeente=weert")

    assert finder.parameters.urlencode() == (
        "gemeente=venlo&gemeente=weert&volgorde=lijkt&zoals=venlo"
    )


def test_filters_and_search_still_count(places):
    theme = ThemeFactory(slug="taal")
    done_in(places["vaals"], slug="vaals", themes=[theme])
    done_in(places["weert"], slug="weert", themes=[theme])
    done_in(places["venlo"], slug="venlo")

    assert slugs("thema=taal&zoals=venlo") == ["weert", "vaals"]
    assert slugs("q=vaals&zoals=venlo") == ["vaals"]


def test_order_is_no_filter(places):
    done_in(slug="ergens")
    finder = ask("zoals=venlo")

    assert (finder.total, finder.is_filtered, finder.pills) == (1, False, [])


def test_circle_of_successors_does_not_break_the_order(places, region):
    one, other = place("Een", region), place("Twee", region)
    for municipality, successor in ((one, other), (other, one)):
        municipality.successor, municipality.valid_to = successor, date(2019, 1, 1)
        municipality.save()
    done_in(one, slug="een")

    assert slugs("zoals=venlo") == slugs("zoals=een") == ["een"]


# --- the address ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "in_force"),
    [
        ("zoals=venlo", "volgorde=lijkt&zoals=venlo"),
        ("zoals=venlo&volgorde=lijkt", "volgorde=lijkt&zoals=venlo"),
        ("zoals=weert&zoals=venlo", "volgorde=lijkt&zoals=venlo"),
        ("zoals=venlo&volgorde=onzin", "volgorde=lijkt&zoals=venlo"),
        # Another order is chosen: there is nothing to compare.
        ("zoals=venlo&volgorde=titel", "volgorde=titel"),
        ("zoals=atlantis&volgorde=lijkt", ""),
        ("zoals=atlantis", ""),
        ("zoals=&volgorde=lijkt", ""),
        ("volgorde=lijkt", ""),
        ("zoals=%00", ""),
    ],
)
def test_address_says_what_is_in_force(places, query, in_force):
    assert ask(query).parameters.urlencode() == in_force


def test_unknown_municipality_leaves_the_ordinary_order(places):
    done_in(slug="oud", confirmed_on=date(2019, 1, 1))
    done_in(slug="nieuw", confirmed_on=date(2020, 1, 1))

    assert slugs("zoals=atlantis&volgorde=lijkt") == ["nieuw", "oud"]


def test_form_sends_the_question_along_and_the_link_takes_the_order_away(places):
    ThemeFactory(slug="taal")
    form = ask("thema=taal&q=werk&zoals=venlo&pagina=3").like_form

    assert form.fields == [("q", "werk"), ("thema", "taal"), ("volgorde", "lijkt")]
    assert form.remove_url == "/praktijken/?q=werk&thema=taal"


def test_list_offers_municipalities_of_today_and_a_merged_one_by_request(places, region):
    place("Arcen", region, successor=places["venlo"], valid_to=date(2010, 1, 1))

    assert ask().like_form.options == [
        ("nergens", "Nergens", False),
        ("vaals", "Vaals", False),
        ("venlo", "Venlo", False),
        ("weert", "Weert", False),
    ]
    assert ("arcen", "Arcen", True) in ask("zoals=arcen").like_form.options


def test_order_can_be_chosen_only_with_a_municipality(places):
    assert "lijkt" not in [option.value for option in ask().sort_options]
    assert [(o.label, o.selected) for o in ask("zoals=venlo").sort_options][-1] == (
        "Zoals Venlo",
        True,
    )


def test_page_explains_the_order(client, places):
    done_in(places["weert"], slug="weert")
    done_in(places["vaals"], slug="vaals")

    html = client.get("/praktijken/?zoals=venlo").content.decode()
    assert "staan eerst: in aantal mensen met bijstand" in html
    assert '<input type="hidden" name="zoals" value="venlo" form="finder-form">' in html
    assert "staan eerst" not in client.get("/praktijken/").content.decode()


def test_export_has_the_order_of_the_screen(client, places):
    done_in(places["vaals"], slug="vaals", confirmed_on=date(2020, 1, 1))
    done_in(places["weert"], slug="weert")

    lines = b"".join(client.get("/praktijken.csv?zoals=venlo")).decode()
    assert lines.index("/praktijken/weert/") < lines.index("/praktijken/vaals/")


@pytest.mark.parametrize("number", [1, 3, 30])
def test_order_costs_one_query_more(number, places, django_assert_num_queries):
    for n in range(number):
        done_in(places["weert"], slug=f"praktijk-{n}")
        place(f"Gemeente-{n}", places["weert"].region, 10)
    ask().results  # noqa: B018 - loads the snapshot

    with django_assert_num_queries(2):  # the version of the catalogue and the figures
        found = len(ask("zoals=venlo").results)
    assert found == number
