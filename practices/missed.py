"""Counts what people look for in vain, so that editors can do something about it.

Only the words and how often; no person, no address, no moment.
"""

from __future__ import annotations

import logging
import re

from django.db import Error
from django.db.models import F
from django.utils import timezone

from practices.models import MissedQuery
from practices.models.language import QUERY_LENGTH

# A flood of nonsense must not fill the database.
MAX_ROWS = 5000
# Text that may point to a person: an address or number somebody pasted by mistake.
_PERSONAL = re.compile(r"@|\d{6}|\d{4}\s?[a-z]{2}\b", re.IGNORECASE)


logger = logging.getLogger(__name__)


def record(text: str) -> None:
    """What cannot be written, in a database that is busy or read-only, is dropped."""
    try:
        _count(text)
    except Error as error:
        logger.warning("A question without an answer not counted: %s", error)


def _count(text: str) -> None:
    words = " ".join(text.lower().split())[:QUERY_LENGTH]
    if not words or _PERSONAL.search(words):
        return
    today = timezone.localdate()
    known = MissedQuery.objects.filter(text=words)
    if known.update(count=F("count") + 1, last_seen=today):
        return
    if MissedQuery.objects.count() < MAX_ROWS:
        MissedQuery.objects.get_or_create(text=words, defaults={"last_seen": today})
