"""Which entry is best mended next (docs/adr/0015).

    score = (1 + months overdue) × log₂(2 + readers of a year) × (1 + parts missing)

Each factor is at least one, so that none hides the others: an entry that nobody read yet
still comes up when it is old and thin.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import log2
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Trim
from django.db.models.lookups import Exact
from django.utils import timezone

from practices.editorial.permissions import actor_of, own
from practices.editorial.readiness import COVERS_ALL
from practices.enums import CostClass
from practices.lifecycle import months_before
from practices.links.dead import dead_links_by_practice
from practices.models import Claim, Contact, Practice, Reference, ViewCount

MONTHS_OF_READERS = 12


@dataclass(frozen=True)
class Gap:
    """`anchor` is its place in the form; `fields` can be filled in on the list itself."""

    text: str
    anchor: str
    fields: tuple[str, ...] = ()


# What readers who want to take a practice over miss most, and what any entry needs
# (readiness.py), in the order of the form.
TEXTS = {
    name: Gap(text, f"id_{name}", (name,))
    for name, text in (
        ("approach", "aanpak"),
        ("results", "resultaten"),
        ("did_not_work", "wat niet werkte"),
        ("conditions", "wat je ervoor nodig hebt"),
        ("adaptable_parts", "wat je kunt aanpassen"),
        ("lead_time", "tijd tot de start"),
    )
}
COSTS = Gap("kosten", "id_cost_class", ("cost_class", "cost_note"))
CONTACT = Gap("contact", "contacts-group")
THEME = Gap("thema", "id_themes")
PLACE = Gap("plaats", "municipality_links-group")
OWNER = Gap("eigenaar", "id_owner")
SOURCE = Gap("bron", "references-group")


@dataclass(frozen=True)
class Work:
    pk: int
    title: str
    slug: str
    months_overdue: int
    known_on: date | None
    readers: int
    gaps: tuple[Gap, ...]
    dead_links: tuple[str, ...] = ()

    @property
    def missing(self) -> int:
        return len(self.gaps) + len(self.dead_links)

    @property
    def score(self) -> float:
        return (1 + self.months_overdue) * log2(2 + self.readers) * (1 + self.missing)

    @property
    def fields(self) -> list[str]:
        return [name for gap in self.gaps for name in gap.fields]

    @property
    def lacks_contact(self) -> bool:
        return CONTACT in self.gaps


def changeable(user: Any) -> QuerySet[Practice]:
    """Published entries that the user may change: fewer than he or she may see."""
    actor = actor_of(user)
    practices = Practice.objects.published()
    return practices if actor.is_chief else practices.filter(own(actor))


def worklist(user: Any, municipality: int | None = None) -> list[Work]:
    """Highest score first; only what has something to mend.

    Two queries, of which one for dead links (three when there are any), over light rows.
    """
    today = timezone.localdate()
    practices = changeable(user)
    if municipality:
        practices = practices.filter(owner=municipality)
    found = _works(practices, today)
    mendable = [work for work in found if work.months_overdue or work.missing]
    return sorted(mendable, key=lambda work: (-work.score, work.title, work.pk))


def work_on(practice: Practice) -> Work:
    """Of one entry."""
    rows = Practice.objects.filter(pk=practice.pk)
    return _works(rows, timezone.localdate())[0]


def _works(practices: QuerySet, today: date) -> list[Work]:
    dead = dead_links_by_practice()
    return [
        _work(row, today, tuple(check.url for check in dead.get(row["pk"], ())))
        for row in _rows(practices, today)
    ]


def _rows(practices: QuerySet, today: date) -> QuerySet:
    """Of the texts only whether they are empty: they are long, and there are many."""
    since = months_before(today.replace(day=1), MONTHS_OF_READERS)
    views = ViewCount.objects.filter(practice=OuterRef("pk"), month__gte=since)
    total = views.order_by().values("practice").annotate(total=Sum("count")).values("total")
    lacks = {f"lacks_{name}": Exact(Trim(name), Value("")) for name in TEXTS}
    return (
        practices.with_lifecycle(today)  # type: ignore[attr-defined]
        .annotate(
            readers=Coalesce(Subquery(total), 0),
            has_contact=_has(Contact),
            has_theme=_has(Practice.themes.through),
            has_place=Q(scope__in=COVERS_ALL)
            | _has(Practice.municipalities.through)
            | _has(Practice.regions.through),
            has_source=_has(Claim) | _has(Reference),
            **lacks,
        )
        .order_by()
        .values(
            "pk",
            "title",
            "slug",
            "known_on",
            "published_on",
            "review_months",
            "readers",
            "owner",
            "cost_class",
            "has_contact",
            "has_theme",
            "has_place",
            "has_source",
            *lacks,
        )
    )


def _has(rows: Any) -> Exists:
    return Exists(rows._default_manager.filter(practice=OuterRef("pk")))


def _work(row: dict[str, Any], today: date, dead_links: tuple[str, ...]) -> Work:
    since = row["known_on"] or row["published_on"] or today
    return Work(
        row["pk"],
        row["title"],
        row["slug"],
        _months_overdue(since, row["review_months"], today),
        row["known_on"],
        row["readers"],
        tuple(_gaps(row)),
        dead_links,
    )


def _months_overdue(since: date, term: int, today: date) -> int:
    """Whole months since the review term ended, begun ones included; none before that."""
    limit = months_before(today, term)
    if since > limit:
        return 0
    return (limit.year - since.year) * 12 + limit.month - since.month + 1


def _gaps(row: dict[str, Any]) -> Iterator[Gap]:
    yield from (gap for name, gap in TEXTS.items() if row[f"lacks_{name}"])
    if row["cost_class"] == CostClass.UNKNOWN:
        yield COSTS
    for gap, present in (
        (THEME, row["has_theme"]),
        (PLACE, row["has_place"]),
        (OWNER, row["owner"]),
        (SOURCE, row["has_source"]),
        (CONTACT, row["has_contact"]),
    ):
        if not present:
            yield gap
