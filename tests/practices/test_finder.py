from datetime import date

import pytest
from django.http import QueryDict

from practices.areas import first_titles
from practices.enums import State
from practices.finder import PracticeFinder
from practices.models import Practice
from tests.factories import MunicipalityFactory, PracticeFactory
from tests.practices import mixed_catalogue

pytestmark = pytest.mark.django_db


def ask(query="", **kwargs):
    return PracticeFinder(QueryDict(query), **kwargs)


def placed(finder):
    """With whether it is found only because it covers the place."""
    return [(practice.slug, finder.covers_only(practice.pk)) for practice in finder.results]


def slugs(finder):
    return [practice.slug for practice in finder.results]


# --- what is found ----------------------------------------------------------------


def test_without_a_question_everything_public_is_found(mixed):
    finder = ask()

    assert set(slugs(finder)) == {entry.slug for entry in mixed_catalogue.PUBLIC}
    assert (finder.total, finder.is_filtered, finder.pills) == (13, False, [])


def test_values_of_one_filter_are_alternatives(mixed):
    assert set(slugs(ask("instrument=coach&instrument=cursus"))) == {
        "taalcoach",
        "regioplan",
        "nergens",
    }


def test_filters_restrict_each_other(mixed):
    assert set(slugs(ask("instrument=coach&instrument=cursus&thema=zorg"))) == {
        "taalcoach",
        "nergens",
    }


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("thema=bestaat-niet", 13),
        ("thema=bestaat-niet&thema=schulden", 2),
        ("gemeente=atlantis&gemeente=heerlen", 6),
        ("soort=onzin&soort=pilot", 1),
        ("bewijs=3", 13),
        ("bewijs=effectief&bewijs=bewezen", 1),
        ("fase=LOOPT", 13),
        ("actueel=ooit", 13),
        ("volgorde=willekeurig", 13),
        ("thema=Taal", 13),
    ],
)
def test_unknown_values_are_dropped_one_by_one(query, count, mixed):
    assert ask(query).total == count


def test_dropped_values_are_in_no_link_and_no_pill(mixed):
    finder = ask("thema=bestaat-niet&thema=taal&gemeente=atlantis&volgorde=gek&x=1")

    assert finder.list_url == "/praktijken/?thema=taal"
    assert [pill.label for pill in finder.pills] == ["Taal"]


def test_question_of_only_unknown_values_is_no_question(mixed):
    assert ask("thema=bestaat-niet&utm_source=mail").is_filtered is False


def test_order_alone_is_no_filter(mixed):
    assert ask("volgorde=titel").is_filtered is False


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("thema=schulden&gemeente=venlo&soort=pilot", "0 praktijken gevonden"),
        ("soort=methode", "1 praktijk gevonden"),
        ("thema=schulden", "2 praktijken gevonden"),
    ],
)
def test_count_sentence(query, sentence, mixed):
    assert ask(query).count_sentence == sentence


def test_search_words_and_filters_restrict_each_other(mixed):
    assert slugs(ask("q=taalhuis")) == ["taalhuis"]
    assert slugs(ask("q=taalhuis&gemeente=venlo")) == []


def test_search_words_that_occur_nowhere_find_nothing(mixed):
    finder = ask("q=xyzzyplugh")

    assert (finder.total, slugs(finder), finder.is_filtered) == (0, [], True)


# --- places -------------------------------------------------------------------------


def test_municipality_finds_its_own_then_what_covers_it(mixed):
    finder = ask("gemeente=heerlen&volgorde=titel")

    assert [(card.slug, card.reach_label) for card in finder.page.object_list] == [
        ("parkstadpas", ""),
        ("taalhuis", ""),
        ("taalles", ""),
        ("landelijk", "Geldt voor heel Nederland"),
        ("limburgplan", "Geldt voor heel Limburg"),
        ("regioplan", "Geldt voor heel Zuid-limburg"),
    ]


def test_merged_municipality_comes_before_its_family_and_what_is_wider(mixed):
    finder = ask("gemeente=schinnen&volgorde=titel")

    assert placed(finder) == [
        ("cooperatie", False),
        ("buurtbus", False),
        ("dorpshuis", False),
        ("landelijk", True),
        ("limburgplan", True),
        ("parkstadpas", True),
        ("regioplan", True),
    ]


def test_municipality_of_today_finds_what_its_predecessors_did(mixed):
    finder = ask("gemeente=beekdaelen&volgorde=titel")

    assert placed(finder) == [
        ("dorpshuis", False),
        ("buurtbus", False),
        ("cooperatie", False),
        ("landelijk", True),
        ("limburgplan", True),
        ("parkstadpas", True),
        ("regioplan", True),
    ]


def test_municipality_in_the_labour_market_region_of_another_province(mixed):
    # Mook en Middelaar: in Limburg, but its labour market region is in Gelderland.
    assert slugs(ask("gemeente=mook-en-middelaar&volgorde=titel")) == [
        "landelijk",
        "limburgplan",
        "nijmegenplan",
    ]


def test_link_to_a_region_does_not_cover_it_without_a_regional_scope(mixed):
    assert "noordproef" not in slugs(ask("gemeente=venlo"))
    assert "noordproef" in slugs(ask("regio=noord-limburg"))


def test_region_finds_what_is_in_its_parts_then_what_covers_it(mixed):
    finder = ask("regio=zuid-limburg&volgorde=titel")

    assert placed(finder) == [
        ("buurtbus", False),
        ("cooperatie", False),
        ("dorpshuis", False),
        ("parkstadpas", False),
        ("regioplan", False),
        ("taalcoach", False),
        ("taalhuis", False),
        ("taalles", False),
        ("landelijk", True),
        ("limburgplan", True),
    ]


def test_two_municipalities_are_alternatives(mixed):
    finder = ask("gemeente=venlo&gemeente=maastricht&volgorde=titel")

    assert placed(finder) == [
        ("taalcoach", False),
        ("taalles", False),
        ("landelijk", True),
        ("limburgplan", True),
        ("regioplan", True),
    ]


def test_municipality_and_region_restrict_each_other_and_the_municipality_ranks(mixed):
    finder = ask("gemeente=heerlen&regio=noord-limburg&volgorde=titel")

    assert placed(finder) == [
        ("taalles", False),
        ("landelijk", True),
        ("limburgplan", True),
    ]


def test_own_practices_come_first_in_every_order(mixed):
    for order in ("titel", "nieuw", "bevestigd"):
        found = placed(ask(f"gemeente=schinnen&volgorde={order}"))
        assert found[0] == ("cooperatie", False), order
        assert [wider for _, wider in found] == [False] * 3 + [True] * 4, order


def test_without_a_place_nothing_is_marked_as_wider(mixed):
    labels = {card.reach_label for card in ask().page.object_list}

    assert labels == {""}


# --- order ----------------------------------------------------------------------------


def stored(slug, **fields):
    return PracticeFactory(slug=slug, state=State.PUBLISHED, **fields)


def test_default_order_is_last_confirmed_then_last_described_then_title():
    stored("c", title="C", confirmed_on=date(2024, 1, 1), described_on=None)
    stored("b", title="b", confirmed_on=None, described_on=date(2018, 6, 1))
    stored("a", title="A", confirmed_on=None, described_on=date(2018, 6, 1))
    stored("z", title="Z", confirmed_on=date(2025, 1, 1), described_on=date(2018, 1, 1))
    stored("n", title="N", confirmed_on=None, described_on=None)

    assert slugs(ask()) == ["z", "c", "a", "b", "n"]
    assert slugs(ask("volgorde=bevestigd")) == slugs(ask())
    assert ask().sort == "bevestigd"


def test_newest_first():
    for day, slug in ((2, "twee"), (9, "negen"), (5, "vijf")):
        stored(slug, published_on=date(2024, 1, day))

    assert slugs(ask("volgorde=nieuw")) == ["negen", "vijf", "twee"]


def test_title_order_ignores_capitals():
    for title in ("beta", "Alfa", "Gamma", "alfa 2"):
        stored(title.lower().replace(" ", "-"), title=title)

    assert slugs(ask("volgorde=titel")) == ["alfa", "alfa-2", "beta", "gamma"]


@pytest.mark.parametrize("order", ["titel", "nieuw", "bevestigd"])
def test_order_of_equals_is_fixed(order):
    same = {"title": "Gelijk", "published_on": date(2024, 1, 1), "confirmed_on": None}
    pks = [stored(f"gelijk-{number}", **same).pk for number in range(5)]

    assert [p.pk for p in ask(f"volgorde={order}").results] == pks


def test_relevance_is_the_order_of_a_search():
    stored("in-tekst", title="Iets anders", summary="Ook een werkplaats.")
    stored("in-titel", title="Werkplaats", summary="Kort.")

    assert slugs(ask("q=werkplaats")) == ["in-titel", "in-tekst"]
    assert slugs(ask("q=werkplaats&volgorde=relevantie")) == ["in-titel", "in-tekst"]
    assert slugs(ask("q=werkplaats&volgorde=titel")) == ["in-tekst", "in-titel"]


def test_relevance_without_a_search_is_the_default_order(mixed):
    assert ask("volgorde=relevantie").sort == "bevestigd"
    assert slugs(ask("volgorde=relevantie")) == slugs(ask())


def test_sort_options_offer_relevance_only_for_a_search(mixed):
    assert [(o.value, o.selected) for o in ask("volgorde=titel").sort_options] == [
        ("bevestigd", False),
        ("nieuw", False),
        ("titel", True),
    ]
    assert [(o.value, o.label, o.selected) for o in ask("q=taal").sort_options] == [
        ("relevantie", "Best passend", True),
        ("bevestigd", "Laatst bevestigd", False),
        ("nieuw", "Nieuwste eerst", False),
        ("titel", "Titel (A-Z)", False),
    ]


# --- pages ------------------------------------------------------------------------------


@pytest.fixture
def pages_of_five(settings):
    settings.PRACTICES_PER_PAGE = 5


@pytest.mark.parametrize(
    ("asked", "number", "size"),
    [
        ("", 1, 5),
        ("1", 1, 5),
        ("3", 3, 3),
        ("4", 3, 3),
        ("9999999", 3, 3),
        ("9" * 5_000, 3, 3),
        ("0", 1, 5),
        ("-1", 1, 5),
        ("twee", 1, 5),
        ("2; DROP TABLE", 1, 5),
        ("%00", 1, 5),
    ],
)
def test_page_that_does_not_exist_gives_the_nearest(asked, number, size, mixed, pages_of_five):
    page = ask(f"pagina={asked}").page

    assert (page.number, len(page.object_list)) == (number, size)


def test_pages_together_are_the_whole_list_in_order(mixed, pages_of_five):
    shown = [card.slug for n in (1, 2, 3) for card in ask(f"pagina={n}").page.object_list]

    assert shown == slugs(ask())


def test_page_of_an_empty_list(pages_of_five):
    page = ask("pagina=3").page

    assert (page.number, list(page.object_list), page.paginator.num_pages) == (1, [], 1)


def test_page_links_keep_the_filters(mixed, pages_of_five):
    links = ask("pagina=2&fase=loopt").page_links

    assert links["previous_url"] == "/praktijken/?fase=loopt"
    assert links["next_url"] is None
    assert [(link.number, link.url, link.current) for link in links["numbers"]] == [
        (1, "/praktijken/?fase=loopt", False),
        (2, "/praktijken/?fase=loopt&pagina=2", True),
    ]


def test_page_links_of_many_pages_leave_some_out(settings):
    settings.PRACTICES_PER_PAGE = 1
    for number in range(12):
        stored(f"p-{number}")

    assert [link.number for link in ask("pagina=6").page_links["numbers"]] == [
        *(1, None, 4, 5, 6, 7, 8, None, 12)
    ]


# --- pills and links ----------------------------------------------------------------------


def test_pills_say_what_is_chosen_and_how_to_take_it_back(mixed):
    finder = ask(
        "pagina=2&volgorde=titel&q=taal&thema=taal&thema=zorg&gemeente=heerlen&bewijs=effectief"
    )

    rest = "&volgorde=titel"
    assert [(pill.facet_label, pill.label, pill.remove_url) for pill in finder.pills] == [
        (
            "Zoekwoorden",
            "taal",
            f"/praktijken/?thema=taal&thema=zorg&gemeente=heerlen&bewijs=effectief{rest}",
        ),
        (
            "Thema",
            "Taal",
            f"/praktijken/?q=taal&thema=zorg&gemeente=heerlen&bewijs=effectief{rest}",
        ),
        (
            "Thema",
            "Zorg",
            f"/praktijken/?q=taal&thema=taal&gemeente=heerlen&bewijs=effectief{rest}",
        ),
        (
            "Gemeente",
            "Heerlen",
            f"/praktijken/?q=taal&thema=taal&thema=zorg&bewijs=effectief{rest}",
        ),
        (
            "Bewijs",
            "Effectief",
            f"/praktijken/?q=taal&thema=taal&thema=zorg&gemeente=heerlen{rest}",
        ),
    ]


def test_pill_links_stay_on_the_page_they_are_on(mixed):
    finder = ask("thema=taal&soort=pilot", path="/kaart/")

    assert [pill.remove_url for pill in finder.pills] == [
        "/kaart/?soort=pilot",
        "/kaart/?thema=taal",
    ]
    assert finder.clear_url == "/kaart/"


def test_search_words_are_encoded_in_links(mixed):
    finder = ask("q=%26thema%3Dtaal+%3Cb%3E&soort=pilot")

    assert finder.text == "&thema=taal <b>"
    assert finder.list_url == "/praktijken/?q=%26thema%3Dtaal+%3Cb%3E&soort=pilot"
    assert [pill.remove_url for pill in finder.pills] == [
        "/praktijken/?soort=pilot",
        "/praktijken/?q=%26thema%3Dtaal+%3Cb%3E",
    ]


def test_urls_of_other_formats_keep_filters_and_order_but_not_the_page(mixed):
    finder = ask("volgorde=titel&pagina=2&soort=pilot&q=taal&q=les", path="/kaart/")

    query = "?q=les&soort=pilot&volgorde=titel"
    assert [finder.list_url, finder.map_url, finder.geojson_url] == [
        f"/praktijken/{query}",
        f"/kaart/{query}",
        f"/praktijken.geojson{query}",
    ]
    assert finder.download_urls == [
        ("CSV", f"/praktijken.csv{query}"),
        ("ODS", f"/praktijken.ods{query}"),
        ("XLSX", f"/praktijken.xlsx{query}"),
        ("JSON", f"/praktijken.json{query}"),
        ("GeoJSON", f"/praktijken-plaatsen.geojson{query}"),
    ]


def test_links_lead_back_to_the_same_answer(mixed):
    finder = ask("fase=loopt&gemeente=heerlen&thema=taal&thema=taal&volgorde=titel")

    again = ask(finder.list_url.partition("?")[2])

    assert (slugs(again), again.list_url) == (slugs(finder), finder.list_url)


# --- areas of the map -----------------------------------------------------------------------


def counted(areas):
    return {area.name: area.count for area in areas}


def test_areas_are_the_municipalities_of_today_with_those_merged_into_them(mixed):
    assert counted(ask().areas) == {
        "Beekdaelen": 3,
        "Heerlen": 3,
        "Maastricht": 1,
        "Mook-en-middelaar": 0,
        "Venlo": 1,
    }


def test_areas_without_any_merger():
    venlo = MunicipalityFactory(name="Venlo")
    stored("p").municipalities.add(venlo)

    assert counted(ask().areas) == {"Venlo": 1}


def test_areas_follow_the_filters(mixed):
    areas = ask("thema=zorg").areas

    assert counted(areas) == {
        "Beekdaelen": 2,
        "Heerlen": 0,
        "Maastricht": 1,
        "Mook-en-middelaar": 0,
        "Venlo": 0,
    }


def test_practice_of_two_merged_municipalities_counts_once_in_todays(mixed):
    practice = Practice.objects.get(slug="cooperatie")
    for entry in ("nuth", "beekdaelen"):
        practice.municipalities.add(mixed_catalogue.Municipality.objects.get(slug=entry))

    assert counted(ask().areas)["Beekdaelen"] == 3


def test_area_links_to_the_list_with_the_filters_kept(mixed):
    areas = {
        area.name: area.url
        for area in ask("q=taal&thema=taal&gemeente=venlo", path="/kaart/").areas
    }

    assert areas["Heerlen"] == "/praktijken/?q=taal&thema=taal&gemeente=heerlen"


def test_wide_areas_are_regions_covered_and_the_country(mixed):
    finder = ask("volgorde=titel")

    assert [(area.name, area.count, area.url) for area in finder.wide_areas] == [
        ("Limburg", 1, "/praktijken/?regio=limburg&volgorde=titel"),
        ("Zuid-limburg", 1, "/praktijken/?regio=zuid-limburg&volgorde=titel"),
        ("Rijk-van-nijmegen", 1, "/praktijken/?regio=rijk-van-nijmegen&volgorde=titel"),
        ("Parkstad", 1, "/praktijken/?regio=parkstad&volgorde=titel"),
        ("Heel Nederland", 1, "/praktijken/?volgorde=titel"),
    ]


def test_wide_areas_follow_the_filters(mixed):
    assert counted(ask("thema=schulden").wide_areas) == {"Zuid-limburg": 1, "Heel Nederland": 1}


def test_placeless_are_those_without_municipality_that_cover_nothing(mixed):
    assert ask().placeless == 2  # nergens and noordproef
    assert ask("thema=zorg").placeless == 1


def test_every_practice_is_somewhere_on_the_map_page(mixed):
    finder = ask()
    on_map = sum(area.count for area in finder.areas + finder.wide_areas) + finder.placeless

    # taalles is done in two municipalities; parkstadpas is in Heerlen and covers Parkstad.
    assert on_map == finder.total + 2


def test_first_titles_are_of_the_municipality_of_today(mixed):
    municipalities = dict(mixed_catalogue.Municipality.objects.values_list("slug", "pk"))

    titles = first_titles(ask().areas, limit=2)

    assert set(titles) == {
        municipalities[m] for m in ("beekdaelen", "heerlen", "maastricht", "venlo")
    }
    assert titles[municipalities["beekdaelen"]] == ["Buurtbus", "Cooperatie"]
    assert len(titles[municipalities["heerlen"]]) == 2


# --- cards --------------------------------------------------------------------------------


def test_card_marks_the_words_that_were_found_and_escapes_the_rest():
    stored("p", title="Werkplaats <b>&</b> meer", summary="Een werkplaats.")

    (card,) = ask("q=werkplaats").page.object_list

    assert card.title_html == "<mark>Werkplaats</mark> &lt;b&gt;&amp;&lt;/b&gt; meer"
    assert card.summary_html == "Een <mark>werkplaats</mark>."


def test_finder_without_a_path_needs_no_request(mixed):
    assert ask().path == "/praktijken/"


def test_municipality_with_a_circle_of_successors_does_not_hang():
    one = MunicipalityFactory(slug="een", valid_to=date(2019, 1, 1))
    two = MunicipalityFactory(slug="twee", valid_to=date(2019, 1, 1), successor=one)
    type(one).objects.filter(pk=one.pk).update(successor=two)

    finder = ask("gemeente=een")

    assert (finder.total, finder.areas) == (0, [])
