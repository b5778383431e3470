"""From alternatives in words to numbers: term keys, weights by rarity, shares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log, sqrt
from typing import NamedTuple

from practices.models import SearchTerm
from practices.search.plan import ANSWERS, EXACT, TYPO, Alternative, Group

ANSWERED, TOUCHED = 1000, 400
# An exact hit in the running text stays above a synonym in a keyword.
BASE = 250
# Words that answer together say more than one of them, but less than their sum.
TOGETHER = 1.25
SCALE = 1000
# Even a word of every practice says something of the question.
FLOOR = 0.5
# A word that names nothing of this field counts for this much of one that does.
NO_SUBJECT = 0.3


class Single(NamedTuple):
    """A term that answers a group.

    `cover`: how far it does, per mille; `base`: the part of its worth, per mille, that it
    has wherever it stands in the text.
    """

    group: int
    term: int
    weight: int
    cover: int
    base: int


class Joint(NamedTuple):
    """One of `size` terms that answer a group only together."""

    group: int
    alternative: int
    term: int
    weight: int
    cover: int
    size: int


class Need(NamedTuple):
    """How much of the question a group is."""

    group: int
    need: int


class Weighed(NamedTuple):
    single: list[Single]
    joint: list[Joint]
    needs: list[Need]


class Rarity:
    """Inverse document frequency, from one query for all terms of a question."""

    def __init__(self, terms: set[str], documents: int) -> None:
        rows = SearchTerm.objects.filter(text__in=terms, df__gt=0)
        self._rows = {text: (pk, df) for text, pk, df in rows.values_list("text", "pk", "df")}
        self._documents = max(1, documents)

    def __contains__(self, term: str) -> bool:
        return term in self._rows

    def key(self, term: str) -> int:
        return self._rows[term][0]

    def of(self, term: str) -> float:
        df = self._rows[term][1]
        return FLOOR + log(1 + max(0.0, self._documents - df + 0.5) / (df + 0.5))


def weigh(groups: Sequence[Group], documents: int) -> Weighed:
    """Only what the catalogue has; costs one query."""
    terms = {term for g in groups for a in g.alternatives for term in a.terms}
    rarity = Rarity(terms, documents)
    weighed = Weighed([], [], [])
    for number, group in enumerate(groups):
        usable = [a for a in group.alternatives if all(term in rarity for term in a.terms)]
        if not usable:
            continue
        ceiling = _ceiling(group, rarity)
        share = 1.0 if group.is_subject else NO_SUBJECT
        weighed.needs.append(Need(number, _need(usable, rarity, ceiling, share)))
        for index, alternative in enumerate(usable):
            rows = list(_rows(alternative, rarity, ceiling, share))
            cover = ANSWERED if alternative.weight >= ANSWERS else TOUCHED
            if len(rows) == 1:
                base = BASE if alternative.weight >= TYPO else 0
                weighed.single.append(Single(number, *rows[0], cover, base))
            else:
                weighed.joint.extend(
                    Joint(number, index, term, weight, cover, len(rows)) for term, weight in rows
                )
    return weighed


def _ceiling(group: Group, rarity: Rarity) -> float:
    """No synonym counts as rarer than the word as typed: an exact hit stays above it."""
    typed = [rarity.of(term) for term in group.stems if term in rarity]
    if len(typed) < len(group.stems):
        return float("inf")
    return max(typed)


def _need(usable: list[Alternative], rarity: Rarity, ceiling: float, share: float) -> int:
    best = max(usable, key=lambda a: a.weight)
    rarest = max(rarity.of(term) for term in best.terms)
    return max(1, round(SCALE * min(ceiling, rarest) * share))


def _rows(
    alternative: Alternative, rarity: Rarity, ceiling: float, share: float
) -> Iterator[tuple[int, int]]:
    terms = dict.fromkeys(alternative.terms)
    together = 1.0 if len(terms) == 1 else TOGETHER / sqrt(len(terms))
    for term in terms:
        worth = SCALE * min(ceiling, rarity.of(term)) * together * share
        worth = worth * alternative.weight / EXACT
        yield rarity.key(term), max(1, round(worth))
