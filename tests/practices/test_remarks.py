from __future__ import annotations

import pytest
from django.http import QueryDict

from practices.finder import PracticeFinder
from practices.models import MissedQuery
from tests.factories import MunicipalityFactory, PracticeFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def remarks(query: str):
    return PracticeFinder(QueryDict(query)).remarks


@pytest.fixture
def catalogue():
    venlo = MunicipalityFactory(name="Venlo", slug="venlo")
    weert = MunicipalityFactory(name="Weert", slug="weert")
    theme = ThemeFactory(name="Zorg", slug="zorg")
    PracticeFactory(title="Dagbesteding in de wijk", municipalities=[venlo], themes=[theme])
    PracticeFactory(title="Schulden", municipalities=[weert])
    PracticeFactory(title="Zorgmaatje", municipalities=[weert], themes=[theme])


def test_a_corrected_word_is_said_with_a_way_back(catalogue):
    spelling = remarks("q=dagbestdeing").spelling
    assert (spelling.typed, spelling.used) == ("dagbestdeing", "dagbesteding")
    assert spelling.literal_url == "/praktijken/?q=dagbestdeing&letterlijk=ja"


def test_words_are_left_alone_when_that_was_asked(catalogue):
    finder = PracticeFinder(QueryDict("q=dagbestdeing&letterlijk=ja"))
    assert finder.remarks.spelling is None
    assert finder.total == 0


def test_a_place_in_the_question_is_offered_as_a_filter(catalogue):
    offers = remarks("q=dagbesteding in Venlo").place_offers
    assert [(offer.name, offer.url) for offer in offers] == [
        ("Venlo", "/praktijken/?q=dagbesteding+in&gemeente=venlo")
    ]


def test_a_place_that_is_chosen_already_is_not_offered(catalogue):
    assert remarks("q=dagbesteding Venlo&gemeente=venlo").place_offers == []


def test_ways_out_name_what_to_drop_and_what_that_gives(catalogue):
    ways = remarks("q=schulden&thema=zorg&gemeente=venlo").ways_out
    assert [(way.label, way.count, way.url) for way in ways] == [
        ("zonder zoekwoorden", 1, "/praktijken/?thema=zorg&gemeente=venlo"),
    ]
    ways = remarks("q=schulden&thema=zorg").ways_out
    assert [(way.label, way.count) for way in ways] == [
        ("zonder zoekwoorden", 2),
        ("zonder thema", 1),
    ]


def test_a_question_without_an_answer_is_counted_by_its_words_only(client, catalogue):
    for text in ("Xqzzy  vraag", "xqzzy vraag", "dagbesteding", "jan@example.org", "123456782"):
        client.get("/praktijken/", {"q": text})
    assert list(MissedQuery.objects.values_list("text", "count")) == [("xqzzy vraag", 2)]


def test_the_page_says_what_was_made_of_the_question(client, catalogue):
    page = client.get("/praktijken/", {"q": "dagbestdeing Venlo"}).content.decode()
    assert "<strong>dagbesteding</strong>" in page
    assert "Alleen wat geldt in Venlo" in page


def test_partial_answers_come_under_a_heading_of_their_own(client, catalogue):
    page = client.get("/praktijken/", {"q": "schulden zorgmaatje dagbesteding"}).content.decode()
    finder = PracticeFinder(QueryDict("q=schulden dagbesteding wijk"))
    assert [p.title for p in finder.results] == ["Dagbesteding in de wijk"]
    assert [p.title for p in finder.partial] == ["Schulden"]
    assert ("partial-heading" in page) == bool(
        PracticeFinder(QueryDict("q=schulden zorgmaatje dagbesteding")).partial
    )


def test_a_card_says_by_which_other_word_it_was_found(client):
    theme = ThemeFactory(name="Schuldhulp", synonyms="deurwaarder")
    PracticeFactory(title="Hulp", themes=[theme])
    page = client.get("/praktijken/", {"q": "deurwaarder"}).content.decode()
    assert "Gevonden via: thema Schuldhulp" in page


def test_a_question_without_an_answer_is_pointed_to_terms_that_look_like_it(client):
    near = ThemeFactory(name="Statushouders en inburgering", slug="statushouders")
    far = ThemeFactory(name="Zorg", slug="zorg")
    PracticeFactory(title="Eén", themes=[near, far])
    ThemeFactory(name="Statushouder zonder praktijk", slug="leeg")
    terms = remarks("q=statuushoudurs&letterlijk=ja").nearest_terms
    assert [(term.name, term.url) for term in terms] == [
        ("Statushouders en inburgering", "/praktijken/?thema=statushouders")
    ]
    page = client.get("/praktijken/?q=statuushoudurs&letterlijk=ja").content.decode()
    assert "Bedoelde u" in page
    assert remarks("q=xqzzy").nearest_terms == []
