"""Where a term of a closed list is used: asked before it is changed, merged or deleted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Field, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from practices.editorial.permissions import visible
from practices.models import Barrier, Practice, Term


@dataclass(frozen=True)
class Usage:
    """`other`: of what is not on the site, the practices that the reader of this may see."""

    published: int
    other: int
    children: int

    @property
    def total(self) -> int:
        return self.published + self.other


def list_field(model: type[Term]) -> Any:
    """The field of a practice that holds terms of this list."""
    return next(f for f in Practice._meta.many_to_many if f.related_model is model)


def single_fields(model: type[Term]) -> list[Field]:
    """The fields of a practice that name one term of this list."""
    return [f for f in Practice._meta.concrete_fields if f.related_model is model]


def _names(model: type[Term], term: Any) -> Q:
    condition = Q(**{list_field(model).name: term})
    for field in single_fields(model):
        condition |= Q(**{field.name: term})
    return condition


def practices_with(term: Term) -> QuerySet[Practice]:
    return Practice.objects.filter(_names(type(term), term)).order_by("pk").distinct()


def usage(term: Term, user: Any) -> Usage:
    practices = practices_with(term)
    published = practices.published()  # type: ignore[attr-defined]
    others = visible(user, practices).exclude(pk__in=published.order_by().values("pk"))
    children = term.children.count() if isinstance(term, Barrier) else 0
    return Usage(published.count(), others.count(), children)


def with_use(terms: QuerySet[Any]) -> QuerySet[Any]:
    """Adds `n`, the number of practices, in the query itself.

    Where a term is named in several fields, each adds those that the fields before it did not
    have: a condition with "or" between them would read all practices for each term.
    """
    model = terms.model
    if not single_fields(model):
        return terms.annotate(n=Count("practices"))
    link = list_field(model)
    links, term = link.remote_field.through.objects, link.m2m_reverse_field_name()
    number = _number(links.filter(**{term: OuterRef("pk")}))
    listed = links.filter(**{term: OuterRef(OuterRef("pk"))}).values("practice")
    for place, field in enumerate(single_fields(model)):
        named = Practice.objects.filter(**{field.name: OuterRef("pk")}).order_by()
        for before in single_fields(model)[:place]:
            named = named.exclude(**{before.name: OuterRef("pk")})
        number += _number(named.exclude(pk__in=listed))
    return terms.annotate(n=number)


def _number(rows: QuerySet[Any]) -> Any:
    counted = rows.annotate(all=Value(1)).values("all").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0)
