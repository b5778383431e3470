"""Measured on the real titles: what is written a little differently has to be found."""

import pytest
from django.conf import settings

from practices.duplicates import MAX_SHOWN, likely_duplicates
from practices.importers import load_catalogue
from practices.models import Practice
from tests.factories import MunicipalityFactory, PracticeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.contract]


def found(title, among=None, **asked):
    among = Practice.objects.all() if among is None else among
    return [(hit.practice.title, hit.reason) for hit in likely_duplicates(title, among, **asked)]


# --- on the real catalogue ---------------------------------------------------------------


def letter_missing(title):
    place = [at for at, char in enumerate(title) if char.isalpha()][len(title) // 3]
    return title[:place] + title[place + 1 :]


def letters_swapped(title):
    place = len(title) // 2
    return title[:place] + title[place + 1 : place + 2] + title[place] + title[place + 2 :]


def reordered(title):
    return " ".join(reversed(title.split()))


def shortened(title):
    words = title.split()
    return " ".join(words[: max(2, len(words) * 2 // 3)])


CHANGES = (letter_missing, letters_swapped, reordered, shortened)


@pytest.fixture(scope="module")
def measured(module_db):
    load_catalogue(settings.CATALOGUE_DIR)
    entries = list(Practice.objects.prefetch_related("municipalities"))
    everything = Practice.objects.all()
    return {
        "titles": [entry.title for entry in entries],
        "changed": {
            change.__name__: {
                entry.title: [title for title, _ in found(change(entry.title), everything)]
                for entry in entries
            }
            for change in CHANGES
        },
        "others": {
            entry.title: hits
            for entry in entries
            if (
                hits := found(
                    entry.title,
                    everything,
                    municipalities=[place.pk for place in entry.municipalities.all()],
                    summary=entry.summary,
                    exclude=entry.pk,
                )
            )
        },
    }


@pytest.mark.parametrize("change", [change.__name__ for change in CHANGES])
def test_each_real_title_is_found_when_it_is_written_differently(measured, change):
    assert len(measured["titles"]) == 63
    # "Programma Zo" begins one title and is also close to another.
    others = {"Programma Zo werkt Limburg"} if change == "shortened" else set()
    wrong = {
        title: hits
        for title, hits in measured["changed"][change].items()
        if hits != [title] and title not in others
    }

    assert wrong == {}
    assert [t for t in others if t not in measured["changed"][change][t]] == []


def test_real_practices_are_not_taken_for_one_another_unless_they_are_close(measured):
    here = "gaat over hetzelfde, zelfde gemeente"

    assert measured["others"] == {
        "Integraal beleidsplan sociaal domein Roermond": [
            ("Casusplatform Roermond", here),
            ("Jongerenpilot Roermond (16-17 jaar)", here),
        ],
        "Pilot arbeidsmatige dagbesteding": [("Werkhuis Venray", here)],
        "Screening op alle leefgebieden Sittard-Geleen": [
            ("Werkplaats Sittard-Geleen", here),
            ("Zelfredzaamheidsmatrix", here),
        ],
    }


# --- by rule ------------------------------------------------------------------------------


def test_reason_says_what_is_alike():
    beek = MunicipalityFactory(name="Beek")
    PracticeFactory(title="Fietsen voor iedereen", municipalities=[beek])

    assert found("fietsen voor iedereen!") == [("Fietsen voor iedereen", "bijna dezelfde titel")]
    assert found("FIETSEN VOOR IEDEREEN", municipalities=[beek.pk]) == [
        ("Fietsen voor iedereen", "dezelfde titel, zelfde gemeente")
    ]
    assert found("Fietsen voor") == [
        ("Fietsen voor iedereen", "dezelfde bijzondere woorden in de titel")
    ]


def test_concept_is_found_by_its_title_for_who_may_know_of_it():
    PracticeFactory(title="Fietsen voor iedereen", concept=True)

    everything = found("Fietsen voor iederen", Practice.objects.all())
    public = found("Fietsen voor iederen", Practice.objects.published())

    assert (everything, public) == ([("Fietsen voor iedereen", "bijna dezelfde titel")], [])


def test_almost_the_same_summary_is_found_under_any_title():
    PracticeFactory(title="Rijdende hulp", summary="Wie geen fiets heeft, krijgt er een te leen.")

    asked = found("Tweewielers", summary="Wie geen fiets heeft, krijgt er één te leen")

    assert asked == [("Rijdende hulp", "bijna dezelfde samenvatting")]
    assert found("Tweewielers", summary="Samen koken in de buurt") == []


def test_search_counts_within_one_municipality_only():
    beek = MunicipalityFactory(name="Beek")
    PracticeFactory(title="Pendelbus", summary="Naar het werk vervoeren.", municipalities=[beek])

    assert found("Vervoer met bussen naar werken in de pendelbus Beek") != []
    assert found("Werkende mensen vervoeren", municipalities=[MunicipalityFactory().pk]) == []
    assert found("Vervoeren naar werkende", municipalities=[beek.pk]) == [
        ("Pendelbus", "gaat over hetzelfde, zelfde gemeente")
    ]


@pytest.mark.parametrize("title", ["", "  ", "abc", "%_'\"\\", "\x00\x00\x00\x00", "🚲🚲🚲🚲🚲"])
def test_odd_titles_find_nothing(title):
    PracticeFactory(title="Fietsen voor iedereen")

    assert found(title, municipalities=[MunicipalityFactory().pk]) == []


def test_common_word_and_the_name_of_a_place_are_no_likeness():
    MunicipalityFactory(name="Roermond")
    for what in ("koken", "klussen", "zingen"):
        PracticeFactory(title=f"Project samen {what} Roermond")

    assert found("Project Roermond bevolking") == []


def test_few_are_shown_and_those_of_the_own_municipality_first():
    beek = MunicipalityFactory(name="Beek")
    for _ in range(MAX_SHOWN + 2):
        PracticeFactory(title="Samen fietsen")
    PracticeFactory(title="Samen fietsen.", municipalities=[beek])

    hits = found("Samen fietsen", municipalities=[beek.pk])

    assert len(hits) == MAX_SHOWN
    assert hits[0] == ("Samen fietsen.", "dezelfde titel, zelfde gemeente")


def test_number_of_queries_does_not_grow_with_the_catalogue(django_assert_num_queries):
    beek = MunicipalityFactory(name="Beek")

    for more in (1, 2):
        for _ in range(more):
            PracticeFactory(title="Samen fietsen", municipalities=[beek])
        # Titles, names of municipalities and of regions, who is in the municipality, the
        # entries themselves with their municipalities. The rest is the search.
        with django_assert_num_queries(6):
            likely_duplicates("Samenfietsen", Practice.objects.all(), [beek.pk])
