"""How often an entry is read, without knowing by whom.

Counted in the process and written now and then, after an answer was sent, and when the
process ends in an orderly way: reading costs no query. What a process that was killed had
not written yet is lost; the work list, for which this is, asks for an order of magnitude.
"""

from __future__ import annotations

import logging
import re
import time
from collections import Counter
from datetime import date
from threading import Lock
from typing import Any

from django.conf import settings
from django.db import Error, connection, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from practices.models import Practice, ViewCount

MOST_WAITING = 100
LONGEST_WAIT = 60.0  # seconds
ROBOTS = re.compile(r"bot|crawl|spider|slurp|preview|monitor", re.IGNORECASE)

logger = logging.getLogger(__name__)


class Waiting:
    """Reads that are not written yet, of all threads of this process."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.clear()

    def clear(self) -> None:
        with self.lock:
            self.reads: Counter[int] = Counter()
            self.since = time.monotonic()

    def add(self, practice: int) -> None:
        with self.lock:
            if not self.reads:
                self.since = time.monotonic()
            self.reads[practice] += 1

    def due(self) -> bool:
        with self.lock:
            waited = time.monotonic() - self.since
            return bool(self.reads) and (
                self.reads.total() >= MOST_WAITING or waited >= LONGEST_WAIT
            )

    def take(self) -> Counter[int]:
        with self.lock:
            taken, self.reads = self.reads, Counter()
        return taken


waiting = Waiting()


def count(request: HttpRequest, practice: Practice) -> None:
    """A page that a reader opened; not a program, a browser in advance, or an editor."""
    if _by_reader(request):
        waiting.add(practice.pk)


def count_again(request: HttpRequest, slug: str) -> None:
    """The same page, of which the reader had kept a copy. Costs a query."""
    if _by_reader(request):
        public = Practice.objects.published().filter(slug=slug)
        for pk in public.values_list("pk", flat=True):
            waiting.add(pk)


def _by_reader(request: HttpRequest) -> bool:
    """An editor is known by the cookie alone: asking for the user would make the page depend
    on it, and so not to be cached.
    """
    headers = request.headers
    ahead = "prefetch" in headers.get("Sec-Purpose", headers.get("Purpose", ""))
    agent = headers.get("User-Agent", "")
    signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
    by_reader = bool(agent) and not ahead and not signed_in and not ROBOTS.search(agent)
    return request.method == "GET" and by_reader


def flush_if_due(**kwargs: Any) -> None:
    """A receiver of `request_finished`; the reader has the page already."""
    if waiting.due():
        flush()


def flush() -> None:
    """What cannot be written, in a database that is busy or read-only, is dropped."""
    reads = waiting.take()
    if not reads:
        return  # Another thread was just before this one.
    try:
        _write(reads, timezone.localdate().replace(day=1))
    except Error as error:
        logger.warning("%s reads not counted: %s", reads.total(), error)


def flush_at_exit() -> None:
    flush()
    connection.close()


@transaction.atomic
def _write(reads: Counter[int], month: date) -> None:
    known = set(Practice.objects.filter(pk__in=reads).values_list("pk", flat=True))
    rows = [ViewCount(practice_id=pk, month=month) for pk in sorted(known)]
    ViewCount.objects.bulk_create(rows, ignore_conflicts=True)
    same: dict[int, list[int]] = {}
    for pk in known:
        same.setdefault(reads[pk], []).append(pk)
    for times, keys in same.items():
        counts = ViewCount.objects.filter(month=month, practice__in=keys)
        counts.update(count=F("count") + times)
