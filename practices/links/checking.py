"""One round of visits: which links it is the turn of, and what came of them."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from municipalities.models import Municipality
from practices.enums import LinkState
from practices.links.judging import judge
from practices.links.visiting import Outcome, Visitor
from practices.models import LinkCheck, Practice, Source
from practices.version import bump

HOSTS_AT_ONCE = 8
# From so many hosts on, none of which answers, it is our own line that is down.
HOSTS_TO_TELL = 3
PATIENCE = 3
_NEVER = datetime.min.replace(tzinfo=UTC)
_RESULTS = ("state", "reason", "failures", "first_failed_at", "checked_at")


class OfflineError(Exception):
    pass


@dataclass
class Round:
    """`states` counts what was visited; `died` are those that work no more since this round."""

    states: Counter[str] = field(default_factory=Counter)
    died: list[LinkCheck] = field(default_factory=list)


def wanted() -> set[str]:
    """Every address that a visitor can come across."""
    public = Practice.objects.published().order_by()
    sources = Source.objects.filter(
        Q(references__practice__in=public) | Q(claims__practice__in=public)
    )
    places = Municipality.objects.exclude(website="")
    return {
        *sources.exclude(url="").order_by().values_list("url", flat=True).distinct(),
        *places.order_by().values_list("website", flat=True),
    }


def due(limit: int) -> list[LinkCheck]:
    """Longest ago first; what was never visited before that. New ones are not saved yet."""
    urls = wanted()
    known = {check.url: check for check in LinkCheck.objects.all()}
    checks = [known.get(url) or LinkCheck(url=url) for url in urls]
    checks.sort(key=lambda check: (check.checked_at or _NEVER, check.url))
    return checks[:limit]


def run(visitor: Visitor, limit: int, *, save: bool = True) -> Round:
    checks = due(limit)
    outcomes = _visit_all(visitor, [check.url for check in checks])
    _refuse_when_offline(outcomes)
    visited = [check for check in checks if check.url in outcomes]
    now = timezone.now()
    found, changed = Round(), False
    for check in visited:
        was = check.state
        judge(check, outcomes[check.url], now)
        found.states[check.state] += 1
        if check.state == LinkState.DEAD != was:
            found.died.append(check)
        changed |= (check.state == LinkState.DEAD) != (was == LinkState.DEAD)
    if save:
        _save(visited, changed)
    return found


def _visit_all(visitor: Visitor, urls: list[str]) -> dict[str, Outcome]:
    """A thread takes a host as a whole, so that none only waits for another's turn."""
    by_host: dict[str, list[str]] = {}
    for url in urls:
        by_host.setdefault(_host(url), []).append(url)

    def visit(urls: list[str]) -> dict[str, Outcome]:
        return _visit_host(visitor, urls)

    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        return {
            url: outcome
            for part in pool.map(visit, by_host.values())
            for url, outcome in part.items()
        }


def _visit_host(visitor: Visitor, urls: list[str]) -> dict[str, Outcome]:
    """A host that keeps silent is left alone for the rest of the round: waiting takes long."""
    found: dict[str, Outcome] = {}
    silent = 0
    for url in urls:
        if silent == PATIENCE:
            break
        found[url] = visitor.visit(url)
        silent = silent + 1 if found[url].is_silence else 0
    return found


def _host(url: str) -> str:
    """Only to share out the work: an odd address is refused when it is visited."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _refuse_when_offline(outcomes: dict[str, Outcome]) -> None:
    silent = {_host(url) for url, outcome in outcomes.items() if outcome.is_silence}
    answered = any(outcome.answered for outcome in outcomes.values())
    if len(silent) >= HOSTS_TO_TELL and not answered:
        raise OfflineError


@transaction.atomic
def _save(checks: list[LinkCheck], changed: bool) -> None:
    """Also forgets the addresses that nobody refers to any more.

    `changed`: a link died or came back, which pages tell.
    """
    if changed:
        bump()
    LinkCheck.objects.bulk_update([check for check in checks if check.pk], _RESULTS)
    LinkCheck.objects.bulk_create([check for check in checks if not check.pk])
    urls = wanted()
    known = LinkCheck.objects.values_list("pk", "url")
    LinkCheck.objects.filter(pk__in=[pk for pk, url in known if url not in urls]).delete()
