"""Practices like this one: those that share the most words of the vocabularies."""

from __future__ import annotations

from functools import reduce
from operator import add

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from practices.models import Practice
from practices.querysets import PracticeQuerySet

# What a practice is for says more than the means it uses.
_WEIGHTS = {"themes": 2, "target_groups": 2, "barriers": 2, "instruments": 1}


def similar_to(practice: Practice) -> PracticeQuerySet:
    """Published practices, most alike first; those that share nothing are left out."""
    alike = Practice.objects.published().exclude(pk=practice.pk)
    likeness = reduce(add, (_shared(practice, name) * weight for name, weight in _WEIGHTS.items()))
    return (
        alike.annotate(likeness=likeness)
        .filter(likeness__gt=0)
        .order_by("-likeness", "-evidence_level", "title", "pk")
    )


def _shared(practice: Practice, name: str) -> Coalesce:
    """How many terms of one vocabulary both have. A subquery: joins would multiply."""
    field = Practice._meta.get_field(name)
    term = field.m2m_reverse_field_name()
    links = field.remote_field.through.objects.filter(
        practice=OuterRef("pk"), **{f"{term}__in": getattr(practice, name).values("pk")}
    )
    counted = links.order_by().values("practice").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)
