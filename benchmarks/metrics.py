"""How good ranked lists are, given graded answers. Pure functions.

Only the first ten results count. A result shown twice counts once, at its first place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2

DEPTH = 10

Grades = Mapping[str, int]


@dataclass(frozen=True)
class Scores:
    """Averages over a number of queries."""

    queries: int
    ndcg: float
    mrr: float
    recall: float
    zero_hits: float


def top(results: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(results))[:DEPTH]


def ndcg(results: Sequence[str], grades: Grades) -> float:
    """Gain 2^grade - 1, discount log2(rank + 1), divided by that of the ideal order."""
    ideal = _gain(sorted(grades.values(), reverse=True)[:DEPTH])
    return _gain(grades.get(slug, 0) for slug in top(results)) / ideal if ideal else 0.0


def _gain(grades: Iterable[int]) -> float:
    return sum((2**grade - 1) / log2(rank + 1) for rank, grade in enumerate(grades, 1))


def reciprocal_rank(results: Sequence[str], grades: Grades) -> float:
    ranks = (rank for rank, slug in enumerate(top(results), 1) if grades.get(slug, 0) >= 1)
    return next((1 / rank for rank in ranks), 0.0)


def recall(results: Sequence[str], grades: Grades) -> float:
    """Share of the relevant practices that are shown; of more than ten, ten suffice."""
    relevant = {slug for slug, grade in grades.items() if grade >= 1}
    return len(relevant & set(top(results))) / min(DEPTH, len(relevant)) if relevant else 0.0


def average(answers: Sequence[tuple[Sequence[str], Grades]]) -> Scores:
    """The scores of pairs of results and grades; zeros for no pairs."""
    number = len(answers)
    share = 1 / number if number else 0.0
    return Scores(
        queries=number,
        ndcg=share * sum(ndcg(*answer) for answer in answers),
        mrr=share * sum(reciprocal_rank(*answer) for answer in answers),
        recall=share * sum(recall(*answer) for answer in answers),
        zero_hits=share * sum(not results for results, _ in answers),
    )


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share of the values lies; between two values, in between."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    lower = int(place)
    upper = min(lower + 1, len(ordered) - 1)
    return ordered[lower] + (ordered[upper] - ordered[lower]) * (place - lower)
