"""From a question to one SQL statement, the same on SQLite and PostgreSQL.

Every word of the question becomes a group of terms. A practice earns the best term of
each group; practices that match the most groups are the result. All arithmetic in the
statement is on integers, so both databases arrive at the same order.
"""

from __future__ import annotations

from math import log
from typing import NamedTuple

from django.db.models import Count

from practices.models import IndexedPractice, Posting
from practices.search.analysis import STOP_WORDS, tokenise

MAX_WORDS = 20
WHOLE, PIECE = 1.0, 0.6


class WeightedTerm(NamedTuple):
    group: int
    term: str
    weight: int


class Statement(NamedTuple):
    """SQL that yields `practice_id, score`."""

    sql: str
    params: list[object]


_SQL = """
WITH question(grp, term, weight) AS (VALUES {rows}),
best AS (
    SELECT posting.practice_id, question.grp, MAX(question.weight * posting.impact) AS score
    FROM question JOIN practices_posting posting ON posting.term = question.term
    GROUP BY posting.practice_id, question.grp
),
hits AS (
    SELECT practice_id, SUM(score) AS score, COUNT(*) AS matched FROM best GROUP BY practice_id
)
SELECT {columns} FROM hits WHERE matched = (SELECT MAX(matched) FROM hits)
"""
# PostgreSQL cannot guess the type of a parameter in VALUES.
_ROW = "(CAST(%s AS integer), CAST(%s AS varchar(64)), CAST(%s AS integer))"


def word_groups(text: str) -> list[tuple[str, ...]]:
    """The words that count, each as its terms; stop words only when nothing else is left."""
    tokens = tokenise(text)
    meaningful = [token for token in tokens if token.folded not in STOP_WORDS]
    return list(dict.fromkeys(token.terms for token in meaningful or tokens))[:MAX_WORDS]


def weighted_terms(groups: list[tuple[str, ...]]) -> list[WeightedTerm]:
    """Rare terms weigh more. Costs two queries."""
    total = IndexedPractice.objects.count()
    wanted = {term for group in groups for term in group}
    counted = Posting.objects.filter(term__in=wanted).values("term").annotate(n=Count("pk"))
    frequency = dict(counted.values_list("term", "n"))
    return [
        WeightedTerm(number, term, _weight(WHOLE if whole else PIECE, frequency[term], total))
        for number, group in enumerate(groups)
        for whole, term in zip([True] + [False] * len(group), group, strict=False)
        if term in frequency
    ]


def _weight(part: float, frequency: int, total: int) -> int:
    rarity = log(1 + (total - frequency + 0.5) / (frequency + 0.5))
    return max(1, round(1000 * part * rarity))


def statement(text: str, columns: str) -> Statement | None:
    """The statement for a question, or None when no word of it is in the catalogue."""
    terms = weighted_terms(word_groups(text))
    if not terms:
        return None
    sql = _SQL.format(rows=", ".join([_ROW] * len(terms)), columns=columns)
    return Statement(sql, [value for term in terms for value in term])
