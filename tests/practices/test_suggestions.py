from __future__ import annotations

import pytest
from django.urls import reverse

from practices.suggestions import suggest
from tests.factories import MunicipalityFactory, PracticeFactory, RegionFactory, ThemeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.contract]

# The version of the catalogue; the parts of titles.
QUERIES = 2


def lines(typed: str) -> list[tuple[str, str]]:
    return [(line.kind, line.text) for line in suggest(typed)]


@pytest.fixture
def catalogue():
    MunicipalityFactory(name="Werkendam")
    RegionFactory(name="Land van Werk")
    theme = ThemeFactory(name="Toeleiding naar werk")
    PracticeFactory(title="Wijk naar Werk", themes=[theme])
    PracticeFactory(title="Werkcoöperatie")
    PracticeFactory(title="Werkgeheim", concept=True)
    PracticeFactory(title="Iets anders")


def test_suggest_offers_places_terms_and_practices_by_the_beginning_of_a_word(catalogue):
    assert lines("werk") == [
        ("gemeente", "Werkendam"),
        ("regio", "Land van Werk"),
        ("thema", "Toeleiding naar werk"),
        ("praktijk", "Wijk naar Werk"),
        ("praktijk", "Werkcoöperatie"),
    ]


def test_suggest_reads_on_over_several_words(catalogue):
    assert lines("naar we") == [
        ("thema", "Toeleiding naar werk"),
        ("praktijk", "Wijk naar Werk"),
    ]


@pytest.mark.parametrize("typed", ["", "w", " ", "%%", "__", "xq"])
def test_suggest_offers_nothing_for_too_little_or_nonsense(catalogue, typed):
    assert lines(typed) == []


def test_an_unpublished_practice_is_never_suggested(catalogue):
    assert ("praktijk", "Werkgeheim") not in lines("werkge")


def test_suggestions_lead_to_a_page_or_a_filter():
    MunicipalityFactory(name="Venlo", slug="venlo")
    PracticeFactory(title="Venlo werkt", slug="venlo-werkt")
    assert [line.url for line in suggest("ven")] == [
        "/praktijken/?gemeente=venlo",
        "/praktijken/venlo-werkt/",
    ]


def test_the_view_answers_with_json_that_may_be_kept_for_a_minute(client, catalogue):
    response = client.get(reverse("suggestions"), {"q": "coöp"})
    assert response.json() == {"suggesties": []}
    assert response["Cache-Control"] == "public, max-age=60"
    assert "Set-Cookie" not in response


@pytest.mark.parametrize("count", [1, 3, 30])
def test_suggesting_costs_two_queries(count, django_assert_num_queries):
    for number in range(count):
        PracticeFactory(title=f"Werk {number}")
    suggest("werk")
    with django_assert_num_queries(QUERIES):
        suggest("werk")
