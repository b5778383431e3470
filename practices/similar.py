"""Practices like this one: by the words that both share and few others have."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import Any

from django.db.models import BigIntegerField, Case, QuerySet, Sum, Value, When
from django.db.models.functions import Cast

from practices import version
from practices.models import Posting, Practice, SearchTerm

# The terms of a practice that say most about it; more of them change the result little.
MAX_TERMS = 40
# A term that more practices than this have tells nothing apart, and costs most.
MAX_SHARE, ALWAYS = 0.3, 60
MAX_REASONS = 2
# Being filed under the same term says more than using the same word.
KEY_WEIGHT = 2.0
_EXPLAINED = ("target_groups", "themes", "barriers", "instruments")


@dataclass(frozen=True)
class SimilarPractice:
    practice: Any
    reason: str


def similar_to(practice: Practice, limit: int) -> list[SimilarPractice]:
    """Published practices, most alike first; those that share nothing are left out."""
    weights = _telling_terms(practice)
    if not weights:
        return []
    best = list(_best(practice, weights)[:limit])
    practices = Practice.objects.published().for_listing().prefetch_related(*_EXPLAINED)
    found = practices.in_bulk(best)
    return [SimilarPractice(found[pk], _reason(practice, found[pk])) for pk in best if pk in found]


def _best(practice: Practice, weights: dict[int, float]) -> QuerySet[Posting, int]:
    """Keys of practices. Added up by the database: telling terms can be in most of them."""
    branches = (When(term=term, then=Value(round(weight))) for term, weight in weights.items())
    weight = Case(*branches, output_field=BigIntegerField())
    others = Posting.objects.filter(term__in=weights).exclude(practice=practice.pk).order_by()
    alike = others.values("practice").annotate(
        likeness=Sum(weight * Cast("impact", BigIntegerField()))
    )
    return alike.order_by("-likeness", "practice").values_list("practice", flat=True)


def _telling_terms(practice: Practice) -> dict[int, float]:
    """Term -> weight: how much this practice is about it times how rare it is."""
    postings = Posting.objects.filter(practice=practice.pk)
    rows = postings.values_list("term", "term__text", "term__df", "impact")
    total = _of_most_used_term(version.current())
    most = max(ALWAYS, round(total * MAX_SHARE))
    weights = {
        term: impact * log(1 + total / df) * (KEY_WEIGHT if ":" in text else 1.0)
        for term, text, df, impact in rows
        if 1 < df <= most
    }
    return dict(sorted(weights.items(), key=lambda item: -item[1])[:MAX_TERMS])


@lru_cache(maxsize=1)
def _of_most_used_term(token: str) -> int:
    """The practices that have it. Good for one version of the catalogue.

    Without an index: each publication changes the numbers of some 150 terms.
    """
    return max(1, SearchTerm.objects.order_by("-df").values_list("df", flat=True).first() or 1)


def _reason(practice: Practice, other: Practice) -> str:
    """Half a sentence: what both are about."""
    names: list[str] = []
    for relation in _EXPLAINED:
        mine = {term.pk for term in getattr(practice, relation).all()}
        names += [t.name for t in getattr(other, relation).all() if t.pk in mine]
    if not names:
        return "Gebruikt dezelfde bijzondere woorden"
    return f"Ook over {' en '.join(_lowered(name) for name in names[:MAX_REASONS])}"


def _lowered(name: str) -> str:
    """Inside a sentence, unless it is an abbreviation or a name."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
