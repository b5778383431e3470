"""The one SQL statement of the search, the same on SQLite and PostgreSQL.

All arithmetic is on integers, so both databases arrive at the same scores and order. Sums
are cast: on PostgreSQL they are numeric, and dividing those would round instead of cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from pyroaring import FrozenBitMap

from practices.keysets import keys_sql
from practices.models import SearchTerm, TitlePart
from practices.search.coverage import FEW, worth_scoring
from practices.search.plan import Plan
from practices.search.prefix import by_code_point, startswith
from practices.search.weighing import Weighed, weigh

# How much of the question a practice must answer to be a result rather than "gedeeltelijk",
# in per cent of what the practice does that answers most of it.
RESULT_SHARE = 60
# What a partial answer keeps of its score, per mille; the rest grows with the share.
KEPT = 300
# What further alternatives add to the best one of a group, per mille: a practice about
# something has its name, its synonyms and its keywords; one that mentions it has one.
ALSO = 400
MAX_TITLES = 50
MIN_TITLE = 3
TITLE_BONUS, WHOLE_TITLE_BONUS = 2_000_000, 6_000_000


class Statement(NamedTuple):
    """SQL that yields `practice_id, score, is_result` (1 or 0), in no order."""

    sql: str
    params: list[object]


_SINGLE = """
    SELECT posting.practice_id, single.grp, single.cover,
        single.weight * posting.impact AS score
    FROM single JOIN practices_posting posting ON posting.term_id = single.term{within}"""
_JOINT = """
    SELECT posting.practice_id, joint.grp, MIN(joint.cover) AS cover,
        CAST(SUM(joint.weight * posting.impact) AS bigint) AS score
    FROM joint JOIN practices_posting posting ON posting.term_id = joint.term{within}
    GROUP BY posting.practice_id, joint.grp, joint.alternative
    HAVING COUNT(*) = MIN(joint.size)"""
_WITHIN = """
        AND posting.practice_id IN (SELECT practice_id FROM worth)"""
_ANSWER = """
best AS (
    SELECT practice_id, grp, MAX(cover) AS cover,
        MAX(score) + (CAST(SUM(score) AS bigint) - MAX(score)) * {also} / 1000 AS score
    FROM earned GROUP BY practice_id, grp
),
found AS (
    SELECT best.practice_id, CAST(SUM(best.score) AS bigint) AS score,
        CAST(SUM(best.cover * need.need) AS bigint) AS cover
    FROM best JOIN need ON need.grp = best.grp GROUP BY best.practice_id
),
kept AS (SELECT practice_id, score, cover FROM found WHERE 1 = 1{conditions})
SELECT kept.practice_id,
    kept.score * ({kept} + {grows} * kept.cover / {whole}) / 1000
        + COALESCE(title.bonus, 0) AS score,
    CASE WHEN kept.cover * 100 >= {share} * (SELECT MAX(cover) FROM kept) THEN 1 ELSE 0 END
        AS is_result
FROM kept LEFT JOIN title ON title.practice_id = kept.practice_id"""
_EVERYTHING = """
SELECT found.practice_id, 0 AS score, 1 AS is_result
FROM practices_indexedpractice found WHERE 1 = 1{conditions}"""
_WITHOUT = """
    AND NOT EXISTS (SELECT 1 FROM practices_posting without
        WHERE without.practice_id = found.practice_id AND without.term_id = %s)"""
_PHRASE = """
    AND {negation} EXISTS (SELECT 1 FROM practices_indexedpractice entry
        WHERE entry.practice_id = found.practice_id AND entry.stream LIKE %s)"""


class Asked(NamedTuple):
    """`rest`: results that are not worth scoring; they come after those of the statement."""

    statement: Statement
    rest: FrozenBitMap


def build_statement(plan: Plan) -> Statement | None:
    """Scores everything; None when nothing of the question is in the catalogue."""
    asked = _asked(plan, token=None)
    return asked.statement if asked else None


def quick_statement(plan: Plan, token: str) -> Asked | None:
    """The same results in a large catalogue, without scoring what is far from the top."""
    return _asked(plan, token)


def _asked(plan: Plan, token: str | None) -> Asked | None:
    conditions, condition_params = _conditions(plan)
    weighed = weigh(plan.groups, plan.rarity)
    if weighed.needs:
        # Conditions decide what is a result, so with them everything is scored.
        is_large = token is not None and plan.rarity.documents > FEW and not conditions
        worth = worth_scoring(weighed, token or "", RESULT_SHARE) if is_large else None
        scored, rest = worth or (None, FrozenBitMap())
        statement = _ranked(plan, weighed, scored, (conditions, condition_params))
        return Asked(statement, rest)
    if plan.question.excluded and not plan.groups:
        everything = Statement(_EVERYTHING.format(conditions=conditions), condition_params)
        return Asked(everything, FrozenBitMap())
    return None


def _ranked(
    plan: Plan,
    weighed: Weighed,
    worth: FrozenBitMap | None,
    conditions: tuple[str, list[object]],
) -> Statement:
    tables: list[tuple[str, Sequence[tuple[int, ...]]]] = [
        ("need(grp, need)", weighed.needs),
        ("single(grp, term, weight, cover)", weighed.single),
        ("joint(grp, alternative, term, weight, cover, size)", weighed.joint),
        ("title(practice_id, bonus)", _titles(plan.title) or [(0, 0)]),
    ]
    filled = [(name, rows) for name, rows in tables if rows]
    parts = [f"{name} AS (VALUES {_values(rows)})" for name, rows in filled]
    params: list[object] = list(
        chain.from_iterable(chain.from_iterable(rows for _, rows in filled))
    )
    if worth is not None:
        keys, parameter = keys_sql(worth)
        parts.append(f"worth(practice_id) AS ({keys})")
        params.append(parameter)
    within = "" if worth is None else _WITHIN
    sources = [sql for sql, rows in ((_SINGLE, weighed.single), (_JOINT, weighed.joint)) if rows]
    earned = "\n    UNION ALL".join(sql.format(within=within) for sql in sources)
    parts.append(f"earned AS ({earned}\n)")
    answer = _ANSWER.format(
        conditions=conditions[0],
        also=ALSO,
        kept=KEPT,
        grows=1000 - KEPT,
        whole=1000 * sum(need.need for need in weighed.needs),
        share=RESULT_SHARE,
    )
    return Statement(f"WITH {', '.join(parts)},{answer}", [*params, *conditions[1]])


def _values(rows: Sequence[tuple[int, ...]]) -> str:
    # PostgreSQL cannot guess the type of a parameter in VALUES.
    row = f"({', '.join(['CAST(%s AS bigint)'] * len(rows[0]))})"
    return ", ".join([row] * len(rows))


def _titles(typed: str) -> list[tuple[int, int]]:
    """Practices whose title begins with what was typed, or is just that."""
    if len(typed) < MIN_TITLE:
        return []
    parts = TitlePart.objects.filter(startswith("text", typed), is_whole=True)
    parts = parts.order_by(by_code_point("text"), "practice")
    return sorted(
        (practice, WHOLE_TITLE_BONUS if text == typed else TITLE_BONUS)
        for practice, text in parts.values_list("practice", "text")[:MAX_TITLES]
    )


def _conditions(plan: Plan) -> tuple[str, list[object]]:
    """What a practice must or must not hold, whatever its score."""
    sql: list[str] = []
    params: list[object] = []
    for phrase in plan.question.phrases:
        sql.append(_PHRASE.format(negation=""))
        params.append(_like(phrase))
    for words in plan.question.excluded:
        if len(words) == 1:
            # Also inside a compound: what the word would find is what it excludes.
            sql.append(_WITHOUT)
            params.append(_term_key(words[0]))
        else:
            sql.append(_PHRASE.format(negation="NOT"))
            params.append(_like(words))
    return "".join(sql), params


def _like(stems: Iterable[str]) -> str:
    """Stems hold letters and digits only, so nothing in them is special to LIKE."""
    return f"% {' '.join(stems)} %"


def _term_key(text: str) -> int:
    return SearchTerm.objects.filter(text=text).values_list("pk", flat=True).first() or 0
