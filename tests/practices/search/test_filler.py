import pytest

from practices.search.filler import FILLER, _region


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Limburg", {"limburg", "limburgs", "limburgse"}),
        ("Noord-Brabant", {"brabant", "brabants", "brabantse"}),
        ("", set()),
    ],
)
def test_name_of_the_region_and_what_is_from_there(name, words):
    assert _region(name) == words


def test_words_of_this_site_are_passed_over_with_the_others():
    assert {"limburgse", "praktijken"} <= FILLER
