"""Splits Dutch compounds into their parts. Pure Python, no Django.

A part is a word of general Dutch (wordfreq, frequency of at least one in a million) or of
the hand list in language.py. The list is fixed: adding a practice to the catalogue never
changes how another one is analysed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from math import log10

import wordfreq

from practices.search.language import ATTACHABLE, NEVER_A_PART, WHOLE_WORDS

MIN_COMPOUND = 7
MAX_COMPOUND = 40
MIN_PART = 4
MAX_PARTS = 4
MIN_ZIPF = 3.0
# A word this common has a meaning of its own, whatever it was made of.
LEXICALISED_ZIPF = 4.6
LINKS = ("", "s", "en", "e", "er", "n")

_NEW_PART, _SHORT_PART, _RARE_PART, _LINK = 1.0, 0.5, 0.12, 0.1
_COMMON_ZIPF = 5.0
_PLAIN_WORD = re.compile(r"[a-z]+")


def _without_accents(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


@cache
def frequencies() -> dict[str, float]:
    """Folded word -> Zipf frequency (log10 per billion), for words of MIN_ZIPF and up."""
    found: dict[str, float] = {}
    for word, frequency in wordfreq.get_frequency_dict("nl", "small").items():
        folded = _without_accents(word)
        zipf = log10(frequency) + 9
        if zipf >= MIN_ZIPF and _PLAIN_WORD.fullmatch(folded):
            found[folded] = max(zipf, found.get(folded, 0.0))
    return found


@cache
def _part_costs() -> dict[str, float]:
    """What it costs to use a word as a part: few, long and common parts are cheapest."""
    zipf = frequencies()
    words = {word for word in zipf if len(word) >= MIN_PART} | ATTACHABLE
    return {
        word: _NEW_PART
        + (_SHORT_PART if len(word) <= MIN_PART else 0.0)
        + _RARE_PART * max(0.0, _COMMON_ZIPF - zipf.get(word, _COMMON_ZIPF - 1))
        for word in words - NEVER_A_PART
    }


def split(word: str) -> tuple[str, ...]:
    """The parts of a folded word, without linking letters; () when it is not a compound."""
    if not MIN_COMPOUND <= len(word) <= MAX_COMPOUND or word in WHOLE_WORDS:
        return ()
    if frequencies().get(word, 0.0) > LEXICALISED_ZIPF:
        return ()
    found = _cheapest(word, MAX_PARTS, whole=False)
    return found[1] if found else ()


def ending(word: str) -> str:
    """The longest word of the list that a folded word ends in, or an empty string."""
    costs = _part_costs()
    for start in range(1, len(word) - MIN_PART + 1):
        if word[start:] in costs:
            return word[start:]
    return ""


@lru_cache(maxsize=100_000)
def _cheapest(word: str, most: int, *, whole: bool = True) -> tuple[float, tuple[str, ...]] | None:
    """The cheapest way to read a word as at most so many parts."""
    costs = _part_costs()
    found: tuple[float, tuple[str, ...]] | None = None
    if whole and word in costs:
        found = costs[word], (word,)
    if most == 1:
        return found
    for end in range(3, len(word) - 2):
        for part, link_cost in _heads(word[:end]):
            rest = _cheapest(word[end:], most - 1)
            if rest is None:
                break
            cost = costs[part] + link_cost + rest[0]
            if found is None or cost < found[0]:
                found = cost, (part, *rest[1])
    return found


def _heads(head: str) -> list[tuple[str, float]]:
    """The words that a head can be: itself, or itself without its linking letters."""
    costs = _part_costs()
    return [
        (part, _LINK if link else 0.0)
        for link in LINKS
        if head.endswith(link) and (part := head.removesuffix(link) if link else head) in costs
    ]
