"""Builds sentences from the lists in words/, the same for the same random source."""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

import yaml

WORDS = Path(__file__).parent / "words"
RETRIES = 4
# Between the forms of one word; all are used as often.
FORMS = " | "
_SLOT = re.compile(r"\{(\w+)\}")
# Structural lists are used evenly; words fall off as in a language.
EVEN = frozenset(
    ["title", "brand", "summary", "background", "goal", "approach", "results", "conditions"]
)


@cache
def load(name: str) -> Any:
    return yaml.safe_load((WORDS / f"{name}.yaml").read_text(encoding="utf-8"))


class Choices:
    """A list to draw from: evenly, or the n-th word about 1/n as often (Zipf)."""

    def __init__(self, items: list[str], zipf: bool = True) -> None:
        self.items = items
        weights = [1 / (rank + 3) if zipf else 1.0 for rank in range(len(items))]
        self._cumulative = list(accumulate(weights))

    def draw(self, random: Random) -> str:
        return random.choices(self.items, cum_weights=self._cumulative)[0]


class Grammar:
    """Expands the slots of a pattern. `words` are the lists of one entry's own subject."""

    def __init__(self, random: Random, words: dict[str, Choices]) -> None:
        self.random = random
        self.words = words

    def text(self, symbol: str) -> str:
        """One drawn pattern of a list, with its slots filled in."""
        return self.fill(self._choices(symbol).draw(self.random))

    def fill(self, pattern: str) -> str:
        used: set[str] = set()
        if FORMS in pattern:
            pattern = self.random.choice(pattern.split(FORMS))
        return _SLOT.sub(lambda slot: self._word(slot[1], used), pattern)

    def sentence(self, symbol: str) -> str:
        return capitalised(self.text(symbol))

    def _word(self, name: str, used: set[str]) -> str:
        """A word for a slot; noun2 is another draw for {noun}, {Noun} starts a sentence."""
        symbol = name.lower().removesuffix("2")
        word = self.text(symbol)
        for _ in range(RETRIES):
            if word not in used:
                break
            word = self.text(symbol)
        used.add(word)
        return capitalised(word) if name[0].isupper() else word

    def _choices(self, symbol: str) -> Choices:
        return self.words.get(symbol) or general()[symbol]


@cache
def general() -> dict[str, Choices]:
    lists = {name: Choices(items, name not in EVEN) for name, items in load("grammar").items()}
    return {**lists, "mention": Choices(load("mentions"))}


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
