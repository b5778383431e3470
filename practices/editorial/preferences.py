"""Whether somebody wants to be reminded by mail. Mail about the account always comes."""

from __future__ import annotations

from typing import Any

from practices.models import DigestPreference


def wants_digests(user: Any) -> bool:
    return not DigestPreference.objects.filter(user=user, wants_digests=False).exists()


def set_wants_digests(user: Any, wanted: bool) -> None:
    DigestPreference.objects.update_or_create(user=user, defaults={"wants_digests": wanted})
