from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.search.analysis import analyse, fold, stem, stems, tokenise


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Coöperatie", "cooperatie"),
        ("coo\u0308peratie", "cooperatie"),
        ("café's", "cafes"),
        ("NUG’er", "nuger"),
        ("ĳsland", "ijsland"),
        ("ﬁets", "fiets"),
        ("ＭＫＢ", "mkb"),
        ("werk\u00adcoach", "werkcoach"),
        ("w.w.", "ww"),
    ],
)
def test_fold_brings_spellings_together(written, folded):
    assert fold(written) == folded


@pytest.mark.parametrize(
    "words",
    [
        ("bedrijf", "bedrijven"),
        ("gezin", "gezinnen"),
        ("coach", "coaches", "coachen"),
        ("subsidie", "subsidies"),
        ("huis", "huizen"),
        ("positief", "positieve"),
        ("coöperatie", "coöperaties"),
        ("werkgever", "werkgevers"),
        ("statushouder", "statushouders"),
    ],
)
def test_stem_joins_the_forms_of_a_word(words):
    assert len({stem(fold(word)) for word in words}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("gezin", "zin"), ("begeleiding", "beleid"), ("gezondheid", "zon"), ("gemeente", "meent")],
)
def test_stem_keeps_words_apart_that_only_look_alike(one, other):
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("written", "stem_", "parts"),
    [
        ("werkcoöperatie", "werkcooperatie", ("werk", "cooperatie")),
        ("leer-werkplek", "leerwerkplek", ("ler", "werkplek", "werk", "plek")),
        ("re-integratie", "reintegratie", ("re", "integratie")),
        ("buurtbeheerbedrijf", "buurtbeheerbedrijf", None),
        ("gezin", "gezin", ()),
    ],
)
def test_analyse_gives_the_whole_and_its_parts(written, stem_, parts):
    word = analyse(written)
    assert word.stem == stem_
    if parts is not None:
        assert word.parts == parts


def test_analyse_joins_neighbouring_parts_of_a_long_compound():
    assert {"buurtbeher", "beheerbedrijf"} <= set(analyse("buurtbeheerbedrijf").parts)


def test_a_word_written_with_and_without_hyphen_has_one_stem():
    assert analyse("leer-werkplek").stem == analyse("leerwerkplek").stem


def test_tokenise_gives_the_places_in_the_original_text():
    text = "In Sittard-Geleen: 12 coöperaties (w.w.)."
    assert [text[token.start : token.end] for token in tokenise(text)] == [
        "In",
        "Sittard-Geleen",
        "12",
        "coöperaties",
        "w.w.",
    ]


def test_stems_of_a_phrase_are_in_order():
    assert stems("Midden- en kleinbedrijf") == ("mid", "en", "kleinbedrijf")


@given(st.text())
def test_tokenise_takes_any_text_and_stays_inside_it(text):
    tokens = tokenise(text)
    assert tokens == tokenise(text)
    assert all(0 <= token.start < token.end <= len(text) for token in tokens)
    assert all(a.end <= b.start for a, b in pairwise(tokens))
    assert all(term.strip() == term and term for token in tokens for term in token.word.terms)


@given(st.text(alphabet=st.characters(categories=["Ll", "Lu", "Nd", "Mn"]), max_size=30))
def test_analysis_of_a_folded_word_is_the_same(word):
    folded = fold(word)
    if fold(folded) == folded:
        assert [t.word for t in tokenise(folded)] == [t.word for t in tokenise(fold(folded))]


def test_analysis_needs_no_django():
    code = "import sys; import practices.search.compounds as c; print('django' in sys.modules)"
    package = "import types; p = types.ModuleType('practices.search')"
    path = "p.__path__ = ['practices/search']; import sys; sys.modules['practices.search'] = p"
    lines = [package, path, "import practices.search.analysis", code]
    found = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], capture_output=True, check=False, text=True
    )
    assert (found.stdout.strip(), found.stderr) == ("False", "")
