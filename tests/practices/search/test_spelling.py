from __future__ import annotations

import pytest

from practices.search.spelling import Speller, sound_key


@pytest.fixture
def speller() -> Speller:
    frequency = {
        "dagbesteding": 9,
        "statushouders": 4,
        "zelfredzaamheid": 5,
        "schinnen": 1,
        "jongeren": 12,
        "school": 6,
        "werk": 40,
        "wijk": 20,
        "begeleiding": 8,
        "inburgering": 3,
    }
    return Speller(frequency, list(frequency))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dagbestedding", "dagbesteding"),
        ("statushoudres", "statushouders"),
        ("zelfredsaamheid", "zelfredzaamheid"),
        ("schinen", "schinnen"),
        ("jongern", "jongeren"),
        ("begelijding", "begeleiding"),
        ("inburgerring", "inburgering"),
    ],
)
def test_correct_finds_the_word_that_was_meant(speller, typed, meant):
    assert speller.correct(typed) == meant


@pytest.mark.parametrize("typed", ["wik", "2018", "xqzzyvw", "schoon", "bakker"])
def test_correct_leaves_alone_what_may_be_right(speller, typed):
    assert speller.correct(typed) is None


def test_a_more_common_word_wins_from_an_equally_near_one():
    frequency = {"banen": 1, "baren": 30}
    assert Speller(frequency, list(frequency)).correct("baxen") == "baren"


def test_a_slip_to_the_next_key_wins_from_another_letter():
    frequency = {"wijn": 1, "wijk": 1, "wijd": 1}
    # The l is beside the k, not beside the n or the d.
    assert Speller(frequency, list(frequency)).correct("wijl") == "wijk"


@pytest.mark.parametrize(
    ("one", "other"),
    [("begeleiding", "begelijding"), ("school", "sgool"), ("cafe", "kafe"), ("raad", "raat")],
)
def test_words_that_sound_alike_have_one_key(one, other):
    assert sound_key(one)[:4] == sound_key(other)[:4]
