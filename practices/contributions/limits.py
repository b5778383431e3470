"""How often somebody may send something. Counted in the cache that all processes share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from practices import visitors

HOUR, DAY = 3600, 24 * 3600
# A whole town hall may share one address.
PER_ADDRESS, ADDRESS_PERIOD = 20, HOUR
# Nobody can fill the mailbox of somebody else.
PER_MAILBOX, MAILBOX_PERIOD = 5, DAY


@dataclass(frozen=True)
class Limit:
    name: str
    times: int
    period: int  # seconds


BY_ADDRESS = Limit("address", PER_ADDRESS, ADDRESS_PERIOD)
BY_MAILBOX = Limit("mailbox", PER_MAILBOX, MAILBOX_PERIOD)


def take(request: HttpRequest, mailbox: str) -> Callable[[], None] | None:
    """None: it was too often. Otherwise what gives the turn back, for when nothing was sent."""
    wanted = ((BY_ADDRESS, visitors.address(request)), (BY_MAILBOX, mailbox.strip().casefold()))
    taken: list[str] = []
    for limit, who in wanted:
        key = _free_place(limit, who)
        if key is None:
            cache.delete_many(taken)
            return None
        taken.append(key)
    return lambda: cache.delete_many(taken)


def _free_place(limit: Limit, who: str) -> str | None:
    """Each turn is a row of its own, that `add` makes only once: no two requests get the same."""
    hashed = salted_hmac("practices.contributions.limits", who, algorithm="sha256").hexdigest()[:32]
    for number in range(limit.times):
        key = f"contribution:{limit.name}:{hashed}:{number}"
        if cache.add(key, 1, timeout=limit.period):
            return key
    return None
