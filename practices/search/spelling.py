"""Corrects words that the catalogue does not know against the words that it does know."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from practices.models import WordForm
from practices.search.compounds import frequencies
from practices.search.lexicon import Lexicon

MIN_LENGTH = 4
CANDIDATES = 40

# Letters that sound alike in Dutch, so that people mix them up; applied in order.
_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"sch", "sg"), (r"ch", "g"), (r"ck|c(?![eiy])|q", "k"), (r"c", "s"), (r"ph", "f"),
        (r"th", "t"), (r"x", "ks"), (r"ij|ei|ey|y", "i"), (r"ou|au", "w"), (r"ie", "i"),
        (r"z", "s"), (r"v", "f"), (r"dt|d\b", "t"), (r"b\b", "p"), (r"(.)\1+", r"\1"),
    )
]  # fmt: skip
_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def _neighbours() -> frozenset[tuple[str, str]]:
    places = {char: (x, y) for y, row in enumerate(_KEYBOARD) for x, char in enumerate(row)}
    return frozenset(
        (a, b)
        for a, (ax, ay) in places.items()
        for b, (bx, by) in places.items()
        if a != b and abs(ay - by) <= 1 and abs(ax - bx) <= 1
    )


_ADJACENT = _neighbours()


def sound_key(word: str) -> str:
    """How a folded word sounds, roughly."""
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


@dataclass(frozen=True)
class Speller:
    """`frequency`: folded word -> number of practices; words of the lexicon count as one."""

    frequency: dict[str, int]
    words: list[str]

    def correct(self, word: str) -> str | None:
        """The known word that was most likely meant, or None.

        A correct word of general Dutch is only taken for another one that sounds the same.
        """
        if len(word) < MIN_LENGTH or word.isdigit():
            return None
        allowed = _most_mistakes(word)
        found = process.extract(
            word, self.words, scorer=OSA.distance, score_cutoff=allowed, limit=CANDIDATES
        )
        sound = sound_key(word)
        ranked = sorted(
            (self._strangeness(word, sound, candidate, int(distance)), candidate)
            for candidate, distance, _ in found
        )
        if not ranked:
            return None
        best = ranked[0][1]
        if word in frequencies() and sound_key(best) != sound:
            return None
        return best

    def _strangeness(self, word: str, sound: str, candidate: str, distance: int) -> float:
        """Lower is likelier: few mistakes, the same sound, near keys, a common word."""
        strange = float(distance)
        if sound_key(candidate) == sound:
            strange -= 1.0
        if candidate[0] != word[0]:
            strange += 0.7
        if _is_slip(word, candidate):
            strange -= 0.3
        return strange - 0.1 * min(self.frequency[candidate], 50) ** 0.5


def _most_mistakes(word: str) -> int:
    if len(word) <= 5:
        return 1
    return 2 if len(word) <= 11 else 3


def _is_slip(word: str, candidate: str) -> bool:
    """One key beside the right one."""
    different = [pair for pair in zip(word, candidate, strict=False) if pair[0] != pair[1]]
    return len(word) == len(candidate) and len(different) == 1 and different[0] in _ADJACENT


_cached: tuple[Lexicon | None, Speller] = (None, Speller({}, []))


def speller(known: Lexicon) -> Speller:
    """Kept per process for as long as the lexicon is. At 100,000 practices: about 40,000 words."""
    global _cached  # noqa: PLW0603 - one value per process, replaced as a whole
    if _cached[0] is not known:
        frequency = dict.fromkeys((w for w in known.forms if len(w) >= MIN_LENGTH), 1)
        forms = WordForm.objects.filter(term__df__gt=0)
        frequency.update(forms.values_list("form", "term__df"))
        _cached = known, Speller(frequency, list(frequency))
    return _cached[1]
