"""From alternatives in words to numbers: term keys, weights by rarity, shares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import sqrt
from typing import NamedTuple

from practices.search.plan import ANSWERS, EXACT, Alternative, Group
from practices.search.rarity import Rarity

ANSWERED, TOUCHED = 1000, 400
# Words that answer together say more than one of them, but less than their sum.
TOGETHER = 1.25
SCALE = 1000
# A word that names nothing of this field counts for this much of one that does.
NO_SUBJECT = 0.3


class Single(NamedTuple):
    """A term that answers a group; `cover`: how far it does, per mille."""

    group: int
    term: int
    weight: int
    cover: int


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


def weigh(groups: Sequence[Group], rarity: Rarity) -> Weighed:
    """Only what the catalogue has."""
    weighed = Weighed([], [], [])
    for number, group in enumerate(groups):
        usable = group.usable(rarity)
        if not usable:
            continue
        ceiling = _ceiling(group, rarity)
        share = 1.0 if group.is_subject else NO_SUBJECT
        weighed.needs.append(Need(number, _need(usable, rarity, ceiling, share)))
        single: dict[int, Single] = {}
        for index, alternative in enumerate(usable):
            rows = list(_rows(alternative, rarity, ceiling, share))
            cover = ANSWERED if alternative.weight >= ANSWERS else TOUCHED
            if len(rows) > 1:
                weighed.joint.extend(
                    Joint(number, index, term, weight, cover, len(rows)) for term, weight in rows
                )
            elif rows[0][0] not in single or rows[0][1] > single[rows[0][0]].weight:
                # The same term by way of two alternatives counts once, as the better one.
                single[rows[0][0]] = Single(number, *rows[0], cover)
        weighed.single.extend(single.values())
    return weighed


def _ceiling(group: Group, rarity: Rarity) -> float:
    """No synonym counts as rarer than what was typed: an exact hit stays above it."""
    typed = [rarity.of(term) for term in group.stems if term in rarity]
    if len(typed) < len(group.stems):
        return float("inf")
    return sum(typed)


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
