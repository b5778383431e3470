"""Who is asked whether an entry is still true.

The redacteuren of its owner, or without an owner of the municipalities that carry it out.
Where nobody of them can be asked, it is for the eindredactie: an entry that nobody is
asked about grows old unseen.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from municipalities.enums import MembershipRole
from municipalities.models import Membership
from practices.editorial.permissions import PUBLISH_PERMISSION, mergers, places_around
from practices.models import Practice

_MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"


def reachable(users: QuerySet) -> QuerySet:
    """Who works here, has an address, and did not turn the reminders off."""
    working = users.filter(is_active=True, is_staff=True).exclude(email="")
    return working.exclude(digest_preference__wants_digests=False)


def chiefs() -> list[Any]:
    """The eindredactie, by a fixed order. Costs a query."""
    allowed = get_user_model().objects.with_perm(PUBLISH_PERMISSION, backend=_MODEL_BACKEND)
    return list(reachable(allowed).order_by("pk"))


class Owners:
    """Everybody who can be asked, read at once: four queries for any number of entries."""

    def __init__(self) -> None:
        self.chiefs = chiefs()
        people = {user.pk: user for user in reachable(get_user_model().objects.all())}
        rows = Membership.objects.filter(role=MembershipRole.EDITOR).order_by("user")
        pairs = mergers()
        self._by_place: dict[int, dict[int, Any]] = {}
        around: dict[int, set[int]] = {}
        for user, place in rows.values_list("user", "municipality"):
            if user not in people:
                continue
            if place not in around:
                around[place] = places_around({place}, pairs)
            for near in around[place]:
                self._by_place.setdefault(near, {})[user] = people[user]

    def editors(self, practice: Practice) -> list[Any]:
        """Needs the municipalities prefetched to stay without a query."""
        if practice.owner_id:
            return self._of([practice.owner_id])
        return self._of(place.pk for place in practice.municipalities.all())

    def _of(self, places: Iterable[int]) -> list[Any]:
        found: dict[int, Any] = {}
        for place in places:
            found |= self._by_place.get(place, {})
        return list(found.values())

    def asked_about(self, practice: Practice) -> list[Any]:
        return self.editors(practice) or self.chiefs
