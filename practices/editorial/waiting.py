"""What waits for an editor on the first page of the admin: own entries, and what to judge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from practices.editorial.permissions import actor_of, own
from practices.enums import State
from practices.models import Practice, StateChange

SHOWN = 5


@dataclass(frozen=True)
class Pile:
    """The latest few; `state` is what the list is to be filtered on for the others."""

    title: str
    state: State
    practices: Sequence[Practice]
    has_more: bool


def piles(user: Any) -> list[Pile]:
    """One query for each pile; those without anything are left out."""
    actor = actor_of(user)
    found = []
    if actor.is_chief:
        found.append(_pile("Te beoordelen", State.IN_REVIEW, Practice.objects.all()))
    if actor.places:
        mine = Practice.objects.filter(own(actor))
        found.append(_pile("Jouw concepten", State.CONCEPT, mine))
        if not actor.is_chief:
            found.append(_pile("Bij de eindredactie", State.IN_REVIEW, mine))
    return [pile for pile in found if pile.practices]


def _pile(title: str, state: State, practices: QuerySet[Practice]) -> Pile:
    last = StateChange.objects.filter(practice=OuterRef("pk")).values("from_state")[:1]
    rows = practices.filter(state=state).annotate(came_from=Subquery(last)).only("title", "state")
    latest = list(rows.order_by("-modified", "-pk")[: SHOWN + 1])
    return Pile(title, state, latest[:SHOWN], len(latest) > SHOWN)
