"""The public face of the search: nothing outside this package knows how it works.

A search server could stand behind these functions one day without touching a caller.
"""

from __future__ import annotations

from typing import TypeVar

from django.db.models import BigIntegerField, F, QuerySet
from django.db.models.expressions import RawSQL
from django_cte import CTE, with_cte
from django_cte.raw import raw_cte_sql

from practices.search.highlight import highlight
from practices.search.index import indexing_once, out_of_step, rebuild
from practices.search.query import statement

__all__ = ["by_relevance", "highlight", "indexing_once", "matching", "out_of_step", "rebuild"]

Q = TypeVar("Q", bound=QuerySet)


def matching(queryset: Q, text: str) -> Q:
    """The practices that the search finds, as a queryset narrowed by key."""
    found = statement(text, "practice_id")
    if found is None:
        return queryset.none()
    return queryset.filter(pk__in=RawSQL(found.sql, found.params))


def by_relevance(queryset: Q, text: str) -> Q:
    """The practices that the search finds, best first, annotated with `score`.

    Evidence and freshness only break ties.
    """
    found = statement(text, "practice_id, score")
    if found is None:
        return queryset.none()
    hits = CTE(
        raw_cte_sql(
            found.sql,
            found.params,
            {"practice_id": BigIntegerField(), "score": BigIntegerField()},
        )
    )
    ranked = with_cte(hits, select=hits.join(queryset, pk=hits.col.practice_id))
    return ranked.annotate(score=hits.col.score).order_by(
        "-score", "-evidence_level", F("confirmed_on").desc(nulls_last=True), "pk"
    )
