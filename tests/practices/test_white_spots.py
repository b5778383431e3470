"""The table of themes and places: what it counts, what it links to, what it leaves empty."""

from datetime import date
from html import unescape

import pytest
from django.http import QueryDict

from practices.enums import Scope
from practices.finder import PracticeFinder
from practices.white_spots import white_spots
from tests.factories import MunicipalityFactory, PracticeFactory, RegionFactory, ThemeFactory
from tests.outline import Outline

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return RegionFactory(name="Noord", slug="noord", parent=RegionFactory(name="Limburg"))


@pytest.fixture
def theme():
    return ThemeFactory(name="Armoede", slug="armoede")


def place(name, region, **kwargs):
    return MunicipalityFactory(
        name=name, slug=name.lower(), region=region, province=region.parent, **kwargs
    )


def table(query=""):
    return white_spots(QueryDict(query))


def counts(query=""):
    """Place -> (own, wider) of the only theme."""
    rows = [row for group in table(query).groups for row in group.rows]
    return {row.place: [(cell.own, cell.wider) for cell in row.cells] for row in rows}


def test_cells_count_what_is_done_there_and_what_only_holds_there(region, theme):
    venlo, weert = place("Venlo", region), place("Weert", region)
    PracticeFactory(municipalities=[venlo], themes=[theme])
    PracticeFactory(municipalities=[venlo, weert], themes=[theme])
    PracticeFactory(scope=Scope.REGION, regions=[region], themes=[theme])
    PracticeFactory(scope=Scope.COUNTRY, themes=[theme])
    PracticeFactory(municipalities=[venlo])
    PracticeFactory(themes=[theme])

    assert counts() == {"Venlo": [(2, 2)], "Weert": [(1, 2)]}


def test_regional_practice_of_a_municipality_is_counted_once(region, theme):
    venlo = place("Venlo", region)
    PracticeFactory(municipalities=[venlo], scope=Scope.REGION, regions=[region], themes=[theme])

    assert counts() == {"Venlo": [(1, 0)]}


def test_merged_municipality_is_counted_with_the_one_of_today(region, theme):
    today = place("Beekdaelen", region)
    old = place("Schinnen", region, successor=today, valid_to=date(2019, 1, 1))
    PracticeFactory(municipalities=[old], themes=[theme])

    assert counts() == {"Beekdaelen": [(1, 0)]}


def test_unpublished_practice_leaves_its_cell_white(region, theme):
    hidden = PracticeFactory(concept=True, municipalities=[place("Venlo", region)], themes=[theme])
    assert counts() == {"Venlo": [(0, 0)]}

    # It would count if it were public.
    hidden.state = "gepubliceerd"
    hidden.save()
    assert counts() == {"Venlo": [(1, 0)]}


def test_per_region_counts_its_municipalities_and_what_covers_it(region, theme):
    sub = RegionFactory(name="Maasdal", slug="maasdal", parent=region)
    RegionFactory(name="Leeg", slug="leeg")
    PracticeFactory(municipalities=[place("Venlo", sub)], themes=[theme])
    PracticeFactory(scope=Scope.REGION, regions=[region], themes=[theme])

    assert counts("per=regio") == {
        "Limburg": [(2, 0)],
        "Noord": [(2, 0)],
        "Maasdal": [(1, 1)],
    }


def test_rows_stand_under_their_region_in_its_order(region, theme):
    south = RegionFactory(name="Zuid", position=1, parent=region.parent)
    region.position = 2
    region.save()
    for name, where in (("Weert", region), ("Vaals", south), ("Beesel", region)):
        place(name, where)

    assert [(g.name, [row.place for row in g.rows]) for g in table().groups] == [
        ("Zuid", ["Vaals"]),
        ("Noord", ["Beesel", "Weert"]),
    ]


@pytest.mark.parametrize("query", ["", "per=regio"])
def test_each_cell_leads_to_a_list_of_just_as_many(query, region, theme):
    venlo, weert = place("Venlo", region), place("Weert", region)
    place("Arcen", region, successor=venlo, valid_to=date(2010, 1, 1))
    other = ThemeFactory(name="Taal", slug="taal")
    for municipalities in ([venlo], [weert], [venlo, weert]):
        PracticeFactory(municipalities=municipalities, themes=[theme])
    PracticeFactory(scope=Scope.REGION, regions=[region], themes=[theme, other])
    PracticeFactory(scope=Scope.COUNTRY, themes=[other])

    cells = [c for g in table(query).groups for row in g.rows for c in row.cells]
    found = [PracticeFinder(QueryDict(c.url.partition("?")[2])).total for c in cells]

    assert found == [cell.own + cell.wider for cell in cells]
    assert any(cell.own for cell in cells)
    assert any(cell.wider for cell in cells)


def test_themes_tell_how_many_places_have_nothing_of_their_own(region, theme):
    venlo = place("Venlo", region)
    place("Weert", region)
    ThemeFactory(name="Taal", slug="taal")
    PracticeFactory(municipalities=[venlo], themes=[theme])

    found = table()

    assert [(t.name, t.places_without) for t in found.themes] == [("Armoede", 1), ("Taal", 2)]
    assert (found.cells, found.white) == (4, 3)


# --- the page ------------------------------------------------------------------------------


def html(client, query=""):
    response = client.get(f"/witte-vlekken/{query}")
    assert response.status_code == 200
    return unescape(response.content.decode())


def test_page_names_each_cell_in_words(client, region, theme):
    venlo = place("Venlo", region)
    place("Weert", region)
    PracticeFactory(municipalities=[venlo], themes=[theme])
    assert "Armoede in Venlo: 1 praktijk<" in html(client)
    assert '<span class="visually-hidden">niets bekend</span>' in html(client)

    PracticeFactory(municipalities=[venlo], themes=[theme])
    PracticeFactory(scope=Scope.REGION, regions=[region], themes=[theme])
    page = html(client)
    assert "Armoede in Venlo: 2 praktijken, en 1 voor een groter gebied<" in page
    assert "Armoede in Weert: geen eigen praktijken, en 1 voor een groter gebied<" in page
    assert ">niets bekend<" not in page


def test_page_is_a_table_that_a_screen_reader_can_follow(client, region, theme):
    place("Venlo", region)
    outline = Outline(html(client))

    assert len(outline.all("caption")) == 1
    assert [th["scope"] for th in outline.all("th")] == ["col", "col", "rowgroup", "row", "row"]
    (frame,) = outline.all("div", role="region")
    assert (frame["tabindex"], frame["aria-labelledby"]) == ("0", "white-spots-caption")
    assert outline.inline == []


@pytest.mark.parametrize("query", ["?per=onzin", "?per=%00", "?per=", f"?per={'x' * 10_000}"])
def test_unknown_division_is_the_ordinary_one(client, region, theme, query):
    place("Venlo", region)

    assert '<a href="/witte-vlekken/" aria-current="true">Per gemeente</a>' in html(client, query)


def test_empty_catalogue_is_a_page_too(client):
    assert "Er zijn nog geen thema’s of gemeenten om te tellen." in html(client)


@pytest.mark.parametrize("query", ["", "?per=regio"])
@pytest.mark.parametrize("number", [1, 3, 30])
def test_page_takes_one_query(number, query, client, region, django_assert_num_queries):
    for n in range(number):
        PracticeFactory(municipalities=[place(f"Gemeente-{n}", region)], themes=[ThemeFactory()])
    html(client, query)

    with django_assert_num_queries(1):  # the version of the catalogue
        html(client, query)
