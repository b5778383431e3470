"""Dutch text analysis: from running text to index terms. Pure Python, no Django.

The same functions analyse documents and questions, so both ends always agree. Raise
ANALYSER_VERSION whenever the terms for some text change: the index is then out of date
and a system check says so.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

ANALYSER_VERSION = 1
MAX_TERM_LENGTH = 64

# Written inside a word without being a letter: combining marks, soft hyphen, zero-width.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_LETTER = rf"[^\W_]|[\u0300-\u036f{_INVISIBLE}]"
_WORD = re.compile(rf"(?:{_LETTER})+(?:['’‘`´\-‐‑](?:{_LETTER})+)*")
_HYPHENS = re.compile(r"[\-‐‑]")
_APOSTROPHES = re.compile(rf"['’‘`´{_INVISIBLE}]")

# `dutch` in Snowball 3 is another algorithm that strips ge- (gezin becomes zin).
_snowball = snowballstemmer.stemmer("dutch_porter")
_KEEPS_ES = frozenset({"proces", "succes", "adres", "congres", "les", "mes", "zes", "expres"})

STOP_WORDS = frozenset(
    [
        "aan",
        "al",
        "alles",
        "als",
        "altijd",
        "andere",
        "ben",
        "bij",
        "daar",
        "dan",
        "dat",
        "de",
        "der",
        "deze",
        "die",
        "dit",
        "doch",
        "doen",
        "door",
        "dus",
        "een",
        "eens",
        "en",
        "er",
        "ge",
        "geen",
        "geweest",
        "haar",
        "had",
        "heb",
        "hebben",
        "heeft",
        "hem",
        "het",
        "hier",
        "hij",
        "hoe",
        "hun",
        "iemand",
        "iets",
        "ik",
        "in",
        "is",
        "ja",
        "je",
        "kan",
        "kon",
        "kunnen",
        "maar",
        "me",
        "meer",
        "men",
        "met",
        "mij",
        "mijn",
        "moet",
        "na",
        "naar",
        "niet",
        "niets",
        "nog",
        "nu",
        "of",
        "om",
        "omdat",
        "onder",
        "ons",
        "ook",
        "op",
        "over",
        "reeds",
        "te",
        "tegen",
        "toch",
        "toen",
        "tot",
        "u",
        "uit",
        "uw",
        "van",
        "veel",
        "voor",
        "want",
        "waren",
        "was",
        "wat",
        "welke",
        "werd",
        "wezen",
        "wie",
        "wil",
        "worden",
        "wordt",
        "zal",
        "ze",
        "zelf",
        "zich",
        "zij",
        "zijn",
        "zo",
        "zonder",
        "zou",
    ]
)


class Token(NamedTuple):
    """A word of a text: its terms (whole word first) and where it stands in the original."""

    terms: tuple[str, ...]
    folded: str
    start: int
    end: int


def fold(text: str) -> str:
    """Lower case, without accents, apostrophes and invisible characters."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _APOSTROPHES.sub("", plain)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a folded word: Porter's for Dutch, with repairs on both sides.

    Plain Porter does not join bedrijf/bedrijven, gezin/gezinnen or coach/coaches.
    """
    if word.endswith("ies"):
        word = word[:-1]
    elif word.endswith("ches"):
        word = word[:-2]
    elif word.endswith("es") and word not in _KEEPS_ES:
        word = word[:-1]
    stemmed: str = _snowball.stemWord(word)
    if stemmed.endswith(("v", "z")):
        stemmed = stemmed[:-1] + {"v": "f", "z": "s"}[stemmed[-1]]
    if len(stemmed) > 2 and stemmed[-1] == stemmed[-2] and stemmed[-1] not in "aeiou":
        stemmed = stemmed[:-1]
    return stemmed[:MAX_TERM_LENGTH]


@lru_cache(maxsize=50_000)
def _terms(word: str) -> tuple[tuple[str, ...], str]:
    pieces = [piece for piece in _HYPHENS.split(fold(word)) if piece]
    joined = "".join(pieces)
    whole = (joined, *pieces) if len(pieces) > 1 else (joined,)
    return tuple(stem(part) for part in whole if part), joined


def tokenise(text: str) -> list[Token]:
    """The words of a text, in order. A hyphenated word also yields its pieces."""
    tokens = []
    for match in _WORD.finditer(text):
        terms, folded = _terms(match.group())
        if terms:
            tokens.append(Token(terms, folded, match.start(), match.end()))
    return tokens
