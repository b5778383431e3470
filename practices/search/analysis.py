"""Dutch text analysis: from running text to index terms. Pure Python, no Django.

The same functions analyse documents and questions, so both ends always agree. Raise
ANALYSER_VERSION whenever the terms for some text change: the index is then out of date
and a system check says so.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from threading import Lock
from typing import NamedTuple

import snowballstemmer

from practices.search.compounds import split
from practices.search.language import KEEPS_ES

ANALYSER_VERSION = 2
MAX_TERM_LENGTH = 64

# Written inside a word without being a letter: combining marks, soft hyphen, zero-width.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_LETTER = rf"[^\W_]|[\u0300-\u036f{_INVISIBLE}]"
_WORD = re.compile(
    # w.w. and b.v. are one word; so are leer-werkplek and nug'er.
    rf"(?<!\w)(?:[^\W\d_]\.){{2,}}(?!\w)|(?:{_LETTER})+(?:['’‘`´\-‐‑](?:{_LETTER})+)*"
)
_HYPHENS = re.compile(r"[\-‐‑]")
_IGNORED = re.compile(rf"[.'’‘`´{_INVISIBLE}]")

# `dutch` in Snowball 3 is another algorithm that strips ge- (gezin becomes zin).
_snowball = snowballstemmer.stemmer("dutch_porter")
# The stemmer keeps the word it works on in itself, and a server runs several threads.
_snowball_lock = Lock()
_REWRITTEN_ENDINGS = (("ies", 1), ("ches", 2), ("es", 1))
_UNVOICED = {"v": "f", "z": "s"}


class Word(NamedTuple):
    """What a written word stands for in the index.

    `parts` are the stems that it yields on top of its own: the pieces of a hyphenated
    word, the parts of a compound, and neighbouring parts joined.
    """

    stem: str
    parts: tuple[str, ...]
    folded: str

    @property
    def terms(self) -> tuple[str, ...]:
        return (self.stem, *self.parts)


class Token(NamedTuple):
    """A word and where it stands in the original text."""

    word: Word
    start: int
    end: int


def fold(text: str) -> str:
    """Lower case, without accents, apostrophes, dots and invisible characters."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _IGNORED.sub("", plain)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of a folded word: Porter's for Dutch, with repairs on both sides.

    Plain Porter does not join bedrijf/bedrijven, gezin/gezinnen or coach/coaches.
    """
    if word not in KEEPS_ES:
        for ending, surplus in _REWRITTEN_ENDINGS:
            if word.endswith(ending):
                word = word[:-surplus]
                break
    with _snowball_lock:
        stemmed: str = _snowball.stemWord(word)
    if stemmed[-1:] in _UNVOICED:
        stemmed = stemmed[:-1] + _UNVOICED[stemmed[-1]]
    if len(stemmed) > 2 and stemmed[-1] == stemmed[-2] and stemmed[-1] not in "aeiou":
        stemmed = stemmed[:-1]
    return stemmed[:MAX_TERM_LENGTH]


def _compound_parts(word: str) -> list[str]:
    """All words inside a compound: its parts, theirs in turn, and neighbours joined."""
    parts = split(word)
    found: list[str] = []
    for part in parts:
        found += [part, *_compound_parts(part)]
    if len(parts) > 2:
        found += ["".join(parts[i : i + 2]) for i in range(len(parts) - 1)]
    return found


@lru_cache(maxsize=100_000)
def analyse(written: str) -> Word:
    """A single word, as it was written."""
    pieces = [piece for piece in _HYPHENS.split(fold(written)) if piece]
    joined = "".join(pieces)
    whole = stem(joined)
    inside = list(pieces) if len(pieces) > 1 else []
    for piece in pieces:
        inside += _compound_parts(piece)
    parts = dict.fromkeys(stem(part) for part in inside)
    parts.pop(whole, None)
    return Word(whole, tuple(parts), joined)


def tokenise(text: str) -> list[Token]:
    """The words of a text, in order."""
    return [
        Token(word, match.start(), match.end())
        for match in _WORD.finditer(text)
        if (word := analyse(match.group())).stem
    ]


def stems(text: str) -> tuple[str, ...]:
    """The stems of the words of a short text, such as a synonym."""
    return tuple(token.word.stem for token in tokenise(text))
