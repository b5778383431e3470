"""A question and everything the search has to say about it, asked once for a request."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple, TypeVar

from django.db.models import BigIntegerField, F, IntegerField, QuerySet, Value
from django_cte import CTE, with_cte
from django_cte.raw import raw_cte_sql

from practices import version
from practices.models import Posting, Practice
from practices.search.highlight import Terms
from practices.search.plan import TYPO, WORD_OF_PHRASE, Alternative, Plan, make_plan
from practices.search.statement import Asked, Statement, build_statement, quick_statement

Q = TypeVar("Q", bound=QuerySet)

# Evidence and freshness only break ties.
ORDER = (
    "-is_result",
    "-score",
    "-evidence_level",
    F("confirmed_on").desc(nulls_last=True),
    "pk",
)
# Weaker alternatives find a practice, but marking them would mark half of its text.
MARKED = WORD_OF_PHRASE
_COLUMNS = {
    "practice_id": BigIntegerField(),
    "score": BigIntegerField(),
    "is_result": IntegerField(),
}


class Hit(NamedTuple):
    practice: int
    score: int
    is_result: int


def _joined(queryset: Q, statement: Statement | None) -> Q:
    if statement is None:
        nothing = Value(0, output_field=BigIntegerField())
        return queryset.none().annotate(score=nothing, is_result=nothing)
    hits = CTE(raw_cte_sql(statement.sql, statement.params, _COLUMNS))
    found = with_cte(hits, select=hits.join(queryset, pk=hits.col.practice_id))
    return found.annotate(score=hits.col.score, is_result=hits.col.is_result)


class Answer:
    """Lazy: a caller pays only for what it uses."""

    def __init__(self, text: str, *, correct: bool = True, token: str | None = None) -> None:
        self.text = text
        self._correct = correct
        self.token = version.current() if token is None else token

    @cached_property
    def plan(self) -> Plan:
        return make_plan(self.text, correct=self._correct, token=self.token)

    def scored(self, queryset: Q) -> Q:
        """Those of the practices that answer anything, with `score` and `is_result`."""
        return _joined(queryset, build_statement(self.plan))

    @cached_property
    def _asked(self) -> Asked | None:
        return quick_statement(self.plan, self.token)

    @cached_property
    def hits(self) -> list[Hit]:
        """The published practices that were scored, best first, from one statement."""
        statement = self._asked.statement if self._asked else None
        rows = _joined(Practice.objects.published(), statement).order_by(*ORDER)
        return [Hit(*row) for row in rows.values_list("pk", "score", "is_result")]

    @cached_property
    def results(self) -> list[int]:
        """Those that answer most of the question, best first."""
        scored = [hit.practice for hit in self.hits if hit.is_result]
        return [*scored, *(self._asked.rest if self._asked else ())]

    @cached_property
    def partial(self) -> list[int]:
        """Those that answer less of it, best first."""
        return [hit.practice for hit in self.hits if not hit.is_result]

    @cached_property
    def terms(self) -> Terms:
        """What to mark in a text: everything that answers a part of the question."""
        return frozenset(
            alternative.terms
            for group in self.plan.groups
            for alternative in group.alternatives
            if alternative.weight >= MARKED
        )

    def reasons(self, practices: list[int]) -> dict[int, str]:
        """How a practice was found when it has none of the typed words: "synoniem nugger".

        Costs one query; practices with a typed word are left out.
        """
        wanted = {t for g in self.plan.groups for a in g.alternatives for t in a.terms}
        held: dict[int, set[str]] = {pk: set() for pk in practices}
        postings = Posting.objects.filter(practice__in=practices, term__text__in=wanted)
        for practice, term in postings.values_list("practice", "term__text"):
            held[practice].add(term)
        found = {pk: self._reason(terms) for pk, terms in held.items()}
        return {pk: reason for pk, reason in found.items() if reason}

    def _reason(self, held: set[str]) -> str:
        best: list[Alternative] = []
        for group in self.plan.groups:
            matched = [a for a in group.alternatives if held.issuperset(a.terms)]
            if any(alternative.weight >= TYPO for alternative in matched):
                return ""
            best += sorted(matched, key=lambda a: -a.weight)[:1]
        return best[0].why if best else ""
