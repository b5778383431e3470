"""Which entry is best mended next (docs/adr/0015).

    score = (1 + months overdue) × log₂(2 + readers of a year) × (1 + parts missing)

Each factor is at least one, so that none hides the others: an entry that nobody read yet
still comes up when it is old and thin.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import log2
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from practices.editorial.permissions import visible
from practices.enums import CostClass
from practices.lifecycle import months_before
from practices.models import Contact, Practice, ViewCount

MONTHS_OF_READERS = 12
# What readers who want to take a practice over miss most, and where it is in the form.
TEXTS = {
    "results": "resultaten",
    "did_not_work": "wat niet werkte",
    "conditions": "wat je ervoor nodig hebt",
    "adaptable_parts": "wat je kunt aanpassen",
    "lead_time": "tijd tot de start",
}


@dataclass(frozen=True)
class Gap:
    text: str
    anchor: str


@dataclass(frozen=True)
class Work:
    pk: int
    title: str
    months_overdue: int
    known_on: date | None
    readers: int
    gaps: tuple[Gap, ...]

    @property
    def score(self) -> float:
        return (1 + self.months_overdue) * log2(2 + self.readers) * (1 + len(self.gaps))


def worklist(user: Any, municipality: int | None = None) -> list[Work]:
    """Highest score first; only what has something to mend. One query, over light rows."""
    today = timezone.localdate()
    practices = visible(user, Practice.objects.published())
    if municipality:
        practices = practices.filter(owner=municipality)
    found = [_work(row, today) for row in _rows(practices, today)]
    mendable = [work for work in found if work.months_overdue or work.gaps]
    return sorted(mendable, key=lambda work: (-work.score, work.title, work.pk))


def _rows(practices: QuerySet, today: date) -> QuerySet:
    since = months_before(today.replace(day=1), MONTHS_OF_READERS)
    views = ViewCount.objects.filter(practice=OuterRef("pk"), month__gte=since)
    total = views.order_by().values("practice").annotate(total=Sum("count")).values("total")
    return (
        practices.with_lifecycle(today)  # type: ignore[attr-defined]
        .annotate(
            readers=Coalesce(Subquery(total), 0),
            has_contact=Exists(Contact.objects.filter(practice=OuterRef("pk"))),
        )
        .order_by()
        .values(
            "pk",
            "title",
            "known_on",
            "published_on",
            "review_months",
            "readers",
            "cost_class",
            "has_contact",
            *TEXTS,
        )
    )


def _work(row: dict[str, Any], today: date) -> Work:
    since = row["known_on"] or row["published_on"] or today
    return Work(
        row["pk"],
        row["title"],
        _months_overdue(since, row["review_months"], today),
        row["known_on"],
        row["readers"],
        tuple(_gaps(row)),
    )


def _months_overdue(since: date, term: int, today: date) -> int:
    """Whole months since the review term ended, begun ones included; none before that."""
    limit = months_before(today, term)
    if since > limit:
        return 0
    return (limit.year - since.year) * 12 + limit.month - since.month + 1


def _gaps(row: dict[str, Any]) -> list[Gap]:
    gaps = [Gap(text, f"id_{name}") for name, text in TEXTS.items() if not row[name].strip()]
    if row["cost_class"] == CostClass.UNKNOWN:
        gaps.append(Gap("kosten", "id_cost_class"))
    if not row["has_contact"]:
        gaps.append(Gap("contact", "contacts-group"))
    return gaps
