import random

import pytest
from django.http import QueryDict
from django.utils.http import urlencode

from practices.finder import PracticeFinder
from practices.querystrings import PARAMETERS, with_only
from tests.practices import mixed_catalogue
from tests.practices.mixed_catalogue import OPTIONS

pytestmark = pytest.mark.django_db


def ask(query=""):
    return PracticeFinder(QueryDict(query))


def facet(finder, parameter):
    return next(facet for facet in finder.facets if facet.parameter == parameter)


def shown(finder, parameter):
    return {option.value: option.count for option in facet(finder, parameter).options}


def random_questions(number):
    """Questions of up to three filters with up to three values, the same on every run."""
    chance = random.Random(20181)
    questions = [{}]
    for _ in range(number):
        question = {
            parameter: chance.sample(OPTIONS[parameter], chance.choice([1, 1, 2]))
            for parameter in chance.sample(sorted(OPTIONS), chance.choice([1, 2, 2, 3]))
        }
        if chance.random() < 0.2:
            question["q"] = [chance.choice(["taalhuis", "regioplan", "cooperatie"])]
        questions.append(question)
    return questions


def test_facets_are_these_in_this_order(mixed):
    assert [(facet.parameter, facet.label) for facet in ask().facets] == [
        ("thema", "Thema"),
        ("doelgroep", "Doelgroep"),
        ("knelpunt", "Knelpunt"),
        ("instrument", "Instrument"),
        ("regio", "Regio"),
        ("gemeente", "Gemeente"),
        ("soort", "Soort praktijk"),
        ("fase", "Fase"),
        ("bewijs", "Bewijs"),
        ("actueel", "Actueel"),
    ]


def test_every_facet_is_a_public_parameter(mixed):
    assert {facet.parameter for facet in ask().facets} < set(PARAMETERS)


def test_options_are_all_values_in_their_own_order(mixed):
    finder = ask()

    for parameter in OPTIONS:
        assert list(shown(finder, parameter)) == OPTIONS[parameter]


def test_counts_without_a_question(mixed):
    finder = ask()

    assert shown(finder, "thema") == {"taal": 4, "zorg": 4, "schulden": 2}
    assert shown(finder, "doelgroep") == {"jongeren": 1, "ouderen": 3}
    assert shown(finder, "actueel") == {"actueel": 3, "binnenkort": 1, "verouderd": 9}
    assert shown(finder, "fase") == {
        "gepland": 1,
        "pilot": 1,
        "loopt": 9,
        "afgerond": 1,
        "onbekend": 1,
    }


@pytest.mark.parametrize(
    "question", random_questions(40), ids=lambda question: urlencode(question, True)
)
def test_total_and_counts_equal_the_naive_reference(question, mixed):
    finder = ask(urlencode(question, doseq=True))

    assert {practice.slug for practice in finder.results} == mixed_catalogue.found(question)
    assert finder.total == len(mixed_catalogue.found(question))
    for parameter in OPTIONS:
        assert shown(finder, parameter) == mixed_catalogue.counts(question, parameter), parameter


@pytest.mark.parametrize(
    "query",
    [
        "",
        "thema=taal",
        "gemeente=heerlen&thema=zorg&thema=taal",
        "regio=parkstad&actueel=verouderd",
        "q=taalhuis",
    ],
)
def test_count_of_an_enabled_option_is_what_choosing_it_gives(query, mixed):
    finder = ask(query)

    tried = 0
    for facet in finder.facets:
        for option in facet.options:
            if option.disabled:
                continue
            instead = with_only(finder.parameters, facet.parameter, option.value)
            assert PracticeFinder(instead).total == option.count, (facet.label, option)
            tried += 1
    assert tried > 5


def test_choosing_another_option_of_a_facet_only_adds(mixed):
    one, both = ask("thema=schulden"), ask("thema=schulden&thema=taal")

    assert (one.total, shown(one, "thema")["taal"]) == (2, 4)
    assert both.total == 6
    assert shown(both, "thema") == shown(one, "thema")


def test_option_without_result_is_disabled_but_stays(mixed):
    options = {o.value: o for o in facet(ask("thema=schulden"), "doelgroep").options}

    assert {value: (o.count, o.disabled) for value, o in options.items()} == {
        "jongeren": (0, True),
        "ouderen": (0, True),
    }


def test_selected_option_without_result_can_be_taken_back(mixed):
    options = facet(ask("thema=schulden&doelgroep=jongeren"), "doelgroep").options

    assert [(o.value, o.count, o.selected, o.disabled) for o in options] == [
        ("jongeren", 0, True, False),
        ("ouderen", 0, False, True),
    ]


def test_facet_is_open_when_used_and_the_first_always(mixed):
    finder = ask("soort=pilot&soort=methode")

    assert [f.parameter for f in finder.facets if f.is_open] == ["thema", "soort"]
    assert facet(finder, "soort").selected_count == 2


def test_practice_with_two_chosen_terms_counts_once(mixed):
    finder = ask("doelgroep=jongeren&doelgroep=ouderen&gemeente=venlo")

    assert finder.total == 1
    assert shown(finder, "thema") == {"taal": 1, "zorg": 0, "schulden": 0}


def test_number_of_queries_does_not_depend_on_the_question(mixed, django_assert_max_num_queries):
    # An upper bound only: the exact numbers per page are in test_query_counts.py.
    with django_assert_max_num_queries(40):
        assert ask("thema=taal&gemeente=heerlen&regio=limburg&soort=pilot").facets
