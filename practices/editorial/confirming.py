"""An editor says that the content is still true: apart from every change of it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from practices.editorial import history
from practices.enums import VersionAction
from practices.models import Practice

CONFIRMED_FIELDS = ("confirmed_on", "confirmed_by")


def mark_confirmed(practice: Practice, user: Any) -> None:
    """Only in memory: for who saves more along with it."""
    practice.confirmed_on = timezone.localdate()
    practice.confirmed_by = user


@transaction.atomic
def confirm(practice: Practice, user: Any, reason: str = "") -> None:
    """Saves nothing but the confirmation. Through `save()`: the search index follows it."""
    history.found(practice)
    mark_confirmed(practice, user)
    practice.save(update_fields=[*CONFIRMED_FIELDS, "modified"])
    history.record(practice, VersionAction.CONFIRMED, user, reason)
