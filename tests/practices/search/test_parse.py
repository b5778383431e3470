from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.search.parse import MAX_WORDS, parse


def words(text: str) -> list[str]:
    return [token.word.folded for token in parse(text).tokens]


@pytest.mark.parametrize(
    ("text", "tokens", "phrases", "excluded"),
    [
        ("jongeren werk", ["jongeren", "werk"], (), ()),
        ('"vaste contactpersoon" wijk', ["vaste", "contactpersoon", "wijk"], 1, ()),
        ("jongeren -venlo", ["jongeren"], (), (("venlo",),)),
        ('jongeren -"sociale dienst"', ["jongeren"], (), 1),
        ("Noord-Limburg", ["noordlimburg"], (), ()),
        ("re-integratie", ["reintegratie"], (), ()),
        ('een " los teken', ["een", "los", "teken"], (), ()),
        ("- los streepje", ["los", "streepje"], (), ()),
        ("“gewoon doen”", ["gewoon", "doen"], 1, ()),
    ],
)
def test_parse_reads_words_phrases_and_exclusions(text, tokens, phrases, excluded):
    question = parse(text)
    assert words(text) == tokens
    assert (len(question.phrases) if isinstance(phrases, int) else question.phrases) == phrases
    assert (len(question.excluded) if isinstance(excluded, int) else question.excluded) == excluded


def test_parse_gives_offsets_in_the_text():
    question = parse('hulp "bij schulden"')
    assert [question.text[t.start : t.end] for t in question.tokens] == ["hulp", "bij", "schulden"]


def test_parse_stops_at_a_number_of_words():
    assert len(parse("woord " * 200).tokens) == MAX_WORDS


def test_an_empty_question_is_empty():
    assert parse('  "" - ').is_empty


@given(st.text())
def test_parse_takes_any_text(text):
    question = parse(text)
    assert question == parse(text)
    assert all(question.text[t.start : t.end] for t in question.tokens)
