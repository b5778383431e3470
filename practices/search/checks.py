"""Tells when the search index no longer matches the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.core.checks import CheckMessage, Tags, register
from django.db import DatabaseError, connections

from practices.search.index import out_of_step

INDEX_STALE = "practices.W001"


@register(Tags.database)
def index_in_step(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Runs with `check --database default` and at `migrate`; silent before the tables exist."""
    if not databases or "default" not in databases:
        return []
    try:
        if "practices_posting" not in connections["default"].introspection.table_names():
            return []
        behind = out_of_step().count()
    except DatabaseError:
        return []  # a pending migration; `migrate` itself tells
    if not behind:
        return []
    return [
        checks.Warning(
            f"The search index is behind for {behind} published practices.",
            hint="Run `manage.py rebuild_search_index`.",
            id=INDEX_STALE,
        )
    ]
