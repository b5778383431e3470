from __future__ import annotations

import pytest

from practices.search.compounds import split


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("dagbesteding", ("dag", "besteding")),
        ("arbeidsmarktregio", ("arbeidsmarkt", "regio")),
        ("loonkostensubsidie", ("loon", "kosten", "subsidie")),
        ("gebiedsteams", ("gebied", "teams")),
        ("kleinbedrijf", ("klein", "bedrijf")),
        ("schuldhulpmaatje", ("schuldhulp", "maatje")),
        ("jongerenpilot", ("jongeren", "pilot")),
        ("zelfredzaamheidsmatrix", ("zelfredzaamheid", "matrix")),
    ],
)
def test_split_finds_the_parts(word, parts):
    assert split(word) == parts


@pytest.mark.parametrize(
    "word",
    [
        "belangrijk",
        "gesprekken",
        "kerkrade",
        "roermond",
        "parkstad",
        "eigenschappen",
        "teleurstellingen",
        "samenleving",
        "universiteit",
        "werk",
        "xqzvbnmlkj",
        "a" * 60,
    ],
)
def test_split_leaves_other_words_whole(word):
    assert split(word) == ()
