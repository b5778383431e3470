"""How a person is named where a name has to outlive the account."""

from __future__ import annotations

from typing import Any


def name_of(user: Any) -> str:
    return user.get_full_name() or user.get_username()
