"""Which dead links an entry, a source or a list refers to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from practices.enums import LinkState
from practices.models import Claim, LinkCheck, Practice, Reference


def dead_links() -> QuerySet[LinkCheck]:
    return LinkCheck.objects.filter(state=LinkState.DEAD)


def with_dead_link() -> QuerySet[Practice]:
    """Entries of any state that name a source whose link works no more."""
    urls = dead_links().values("url")
    in_references = Reference.objects.filter(source__url__in=urls).values("practice")
    in_claims = Claim.objects.filter(source__url__in=urls).values("practice")
    return Practice.objects.filter(Q(pk__in=in_references) | Q(pk__in=in_claims))


def dead_since(field: str) -> Subquery:
    """For a list: since when the link in a field of the row works no more, or None."""
    return Subquery(dead_links().filter(url=OuterRef(field)).values("first_failed_at")[:1])


def dead_links_by_practice() -> dict[int, list[LinkCheck]]:
    """By the key of an entry of any state. Three queries; one when no link is dead."""
    return _by_practice(Reference.objects.all(), Claim.objects.all())


def dead_links_in(practice: Practice) -> list[LinkCheck]:
    rows = (way.objects.filter(practice=practice) for way in (Reference, Claim))
    return _by_practice(*rows).get(practice.pk, [])


def _by_practice(*ways: QuerySet) -> dict[int, list[LinkCheck]]:
    dead = {check.url: check for check in dead_links()}
    named: dict[int, set[str]] = {}
    for rows in ways if dead else ():
        found = rows.filter(source__url__in=dead_links().values("url")).order_by()
        for practice, url in found.values_list("practice", "source__url"):
            named.setdefault(practice, set()).add(url)
    return {
        practice: [dead[url] for url in sorted(urls & dead.keys())]
        for practice, urls in named.items()
    }


def mark_dead(sources: Iterable[Any]) -> None:
    """Gives each source `dead_since`, for a page. One query; none without an address."""
    given = list(sources)
    urls = {source.url for source in given if source.url}
    rows = dead_links().filter(url__in=urls).values_list("url", "first_failed_at") if urls else ()
    since: dict[str, datetime | None] = dict(rows)
    for source in given:
        source.dead_since = since.get(source.url)
