"""The public face of the search: nothing outside this package knows how it works.

A search server could stand behind these names one day without touching a caller.
"""

from __future__ import annotations

from typing import TypeVar

from django.db.models import QuerySet

from practices.search.analysis import fold
from practices.search.answer import ORDER, Answer
from practices.search.documents import BODY_FIELDS
from practices.search.highlight import Terms, highlight, passage
from practices.search.index import catch_up, indexing_once, out_of_step, rebuild, reindex
from practices.search.prefix import by_code_point, startswith

__all__ = [
    "BODY_FIELDS",
    "Answer",
    "Terms",
    "by_code_point",
    "by_relevance",
    "catch_up",
    "fold",
    "highlight",
    "indexing_once",
    "matching",
    "out_of_step",
    "passage",
    "rebuild",
    "reindex",
    "startswith",
]

Q = TypeVar("Q", bound=QuerySet)


def matching(queryset: Q, text: str) -> Q:
    """The practices that answer most of a question, as a queryset narrowed by key; no order."""
    results = Answer(text).scored(queryset.model._default_manager.all()).filter(is_result=1)
    return queryset.filter(pk__in=results.values("pk"))


def by_relevance(queryset: Q, text: str) -> Q:
    """All practices that answer something of a question, best first.

    Annotated with `score` and `is_result`; those that answer most of it come first.
    """
    return Answer(text).scored(queryset).order_by(*ORDER)
