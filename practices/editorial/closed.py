"""What of an entry a redacteur sees, but cannot change: in the form and in a spreadsheet."""

from __future__ import annotations

from typing import Any

from practices.editorial.permissions import actor_of
from practices.enums import LOWEST_ASSESSED_LEVEL
from practices.models import Practice

ASSESSMENT = ("assessed_by", "assessed_on")


def is_restricted(user: Any) -> bool:
    """Only for a redacteur without wider rights some fields of the form are closed."""
    actor = actor_of(user)
    return bool(actor.roles) and not actor.is_chief


def closed_fields(user: Any, practice: Practice | None) -> tuple[str, ...]:
    """By name; an entry that does not exist yet is None."""
    if not is_restricted(user):
        return ()
    closed: tuple[str, ...] = ASSESSMENT
    if practice is not None:
        if practice.evidence_level >= LOWEST_ASSESSED_LEVEL:
            closed = ("evidence_level", *closed)
        if practice.owner_id and practice.owner_id not in actor_of(user).places:
            closed = ("owner", *closed)
    return closed


def is_level_open(user: Any, level: int) -> bool:
    """Whether the user may choose this level of evidence."""
    return not is_restricted(user) or level < LOWEST_ASSESSED_LEVEL


def is_owner_open(user: Any, key: int | None) -> bool:
    """Whether the user may make this municipality (its key; None is nobody) the owner."""
    return not is_restricted(user) or key in actor_of(user).places
