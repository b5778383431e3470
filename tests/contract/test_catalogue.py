"""The same questions give the same answers, in the same order, on both databases."""

import pytest
from django.http import QueryDict

from practices.finder import PracticeFinder
from practices.models import Practice
from practices.search import fold

pytestmark = pytest.mark.django_db


def ask(query):
    return PracticeFinder(QueryDict(query))


ORDERED = {
    "": (
        "cooperatie nergens taalhuis parkstadpas buurtbus dorpshuis landelijk limburgplan "
        "nijmegenplan noordproef regioplan taalcoach taalles"
    ),
    "volgorde=titel": (
        "buurtbus cooperatie dorpshuis landelijk limburgplan nergens nijmegenplan noordproef "
        "parkstadpas regioplan taalcoach taalhuis taalles"
    ),
    "volgorde=nieuw": (
        "nergens noordproef nijmegenplan landelijk limburgplan parkstadpas regioplan dorpshuis "
        "buurtbus cooperatie taalles taalcoach taalhuis"
    ),
    "gemeente=schinnen": (
        "cooperatie buurtbus dorpshuis parkstadpas landelijk limburgplan regioplan"
    ),
    "gemeente=heerlen&thema=taal": "taalhuis taalles limburgplan",
    "regio=zuid-limburg&fase=loopt": (
        "cooperatie taalhuis parkstadpas regioplan taalcoach taalles landelijk limburgplan"
    ),
    "bewijs=effectief&bewijs=onderbouwd": "landelijk taalcoach",
    "q=taalhuis": "taalhuis",
    "q=regioplan&gemeente=maastricht": "regioplan",
    "actueel=binnenkort": "parkstadpas",
}


@pytest.mark.parametrize("query", ORDERED)
def test_order_is_the_same_on_both_databases(query, mixed):
    assert [practice.slug for practice in ask(query).results] == ORDERED[query].split()


def test_titles_with_accents_are_in_the_same_place_on_both_databases(mixed):
    for slug, title in (
        ("taalles", "Écht"),
        ("buurtbus", "éénmalig"),
        ("landelijk", "Zo\u00ebven"),
    ):
        practice = Practice.objects.get(slug=slug)
        practice.title = title
        practice.save()

    titles = [practice.title for practice in ask("volgorde=titel").results]

    # As in a Dutch dictionary: an É stands with the E, capitals with small letters.
    assert titles == sorted(titles, key=fold)
    assert [t for t in titles if not t.isascii()] == ["Écht", "éénmalig", "Zo\u00ebven"]


FACETS = {
    "": {
        "thema": "taal 4, zorg 4, schulden 2",
        "doelgroep": "jongeren 1, ouderen 3",
        "knelpunt": "geld 2, vervoer 2",
        "instrument": "coach 2, cursus 2",
        "regio": (
            "limburg 11, gelderland 2, zuid-limburg 10, noord-limburg 4, rijk-van-nijmegen 2, "
            "parkstad 8"
        ),
        "gemeente": (
            "beekdaelen 7, heerlen 6, maastricht 4, mook-en-middelaar 3, nuth 7, schinnen 7, "
            "venlo 3"
        ),
        "soort": "initiatief 9, pilot 1, programma 2, methode 1, samenwerking 0",
        "fase": "gepland 1, pilot 1, loopt 9, afgerond 1, onbekend 1",
        "bewijs": (
            "genoemd 10, praktijkervaring 1, gemeten-resultaat 0, onderbouwd 1, "
            "aanwijzingen-voor-effect 0, effectief 1"
        ),
        "actueel": "actueel 3, binnenkort 1, verouderd 9",
    },
    "thema=taal&gemeente=heerlen": {
        "thema": "taal 3, zorg 0, schulden 2",
        "gemeente": (
            "beekdaelen 1, heerlen 3, maastricht 2, mook-en-middelaar 1, nuth 1, schinnen 1, "
            "venlo 2"
        ),
        "soort": "initiatief 1, pilot 1, programma 1, methode 0, samenwerking 0",
    },
}


@pytest.mark.parametrize("query", FACETS)
def test_counts_are_the_same_on_both_databases(query, mixed):
    shown = {
        facet.parameter: ", ".join(f"{o.value} {o.count}" for o in facet.options)
        for facet in ask(query).facets
    }

    assert {parameter: shown[parameter] for parameter in FACETS[query]} == FACETS[query]


def test_areas_are_the_same_on_both_databases(mixed):
    finder = ask("fase=loopt")

    assert [(area.name, area.count) for area in finder.areas] == [
        ("Beekdaelen", 1),
        ("Heerlen", 3),
        ("Maastricht", 1),
        ("Mook-en-middelaar", 0),
        ("Venlo", 1),
    ]
    assert [(area.name, area.count) for area in finder.wide_areas] == [
        ("Limburg", 1),
        ("Zuid-limburg", 1),
        ("Parkstad", 1),
        ("Heel Nederland", 1),
    ]
    assert finder.placeless == 1
