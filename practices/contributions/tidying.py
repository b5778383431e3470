"""What is kept no longer than it is needed for."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from practices.enums import SuggestionState
from practices.models import Suggestion

UNCONFIRMED_DAYS = 14
SENDER_DAYS = 90
HANDLED = (SuggestionState.ACCEPTED, SuggestionState.REJECTED)


class Tidied(NamedTuple):
    deleted: int
    emptied: int


@transaction.atomic
def tidy(now: datetime | None = None) -> Tidied:
    now = now or timezone.now()
    old = now - timedelta(days=UNCONFIRMED_DAYS)
    waiting = Suggestion.objects.filter(state=SuggestionState.UNCONFIRMED, created__lt=old)
    deleted, _ = waiting.delete()
    ago = now - timedelta(days=SENDER_DAYS)
    handled = Suggestion.objects.filter(
        Q(handled_at__lt=ago) | Q(handled_at__isnull=True, created__lt=ago), state__in=HANDLED
    )
    emptied = handled.exclude(sender_name="", sender_email="").update(
        sender_name="", sender_email=""
    )
    return Tidied(deleted, emptied)
