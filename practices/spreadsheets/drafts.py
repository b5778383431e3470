"""A row of a file as the entry that it would make or change."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from practices.models import Practice
from practices.spreadsheets.columns import Column
from practices.spreadsheets.lookups import Links
from practices.spreadsheets.widgets import Chosen


@dataclass
class Draft:
    """`before` and `after` hold what differs, by column; a new entry has only `after`.

    `modified` is when the entry last changed, before this file changes it.
    """

    number: int
    practice: Practice
    is_new: bool
    modified: datetime | None = None
    before: dict[Column, Any] = field(default_factory=dict)
    after: dict[Column, Any] = field(default_factory=dict)

    def put(self, column: Column, old: Any, new: Any) -> None:
        if not self.is_new and column.widget.same(old, new):
            return
        self.before[column], self.after[column] = old, new
        if not column.is_list:
            setattr(self.practice, str(column.attribute), new)

    @property
    def changed(self) -> set[str]:
        """Names of fields of the entry."""
        return {column.field_name for column in self.after}


def value_of(column: Column, practice: Practice, links: Links) -> Any:
    """As the entry has it now; of a list which keys, each with its role."""
    if not column.is_list:
        return getattr(practice, str(column.attribute))
    rows = links[str(column.attribute)].get(practice.pk, {})
    return Chosen({key: role for key, (_, role) in rows.items()})
