"""What a file would do, to be read before it is done."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from django.utils.text import capfirst

from practices.editorial.differences import (
    Difference,
    Group,
    Piece,
    text_pieces,
    value_pieces,
)
from practices.spreadsheets.columns import Column
from practices.spreadsheets.drafts import Draft
from practices.spreadsheets.resource import Complaint, Outcome
from practices.spreadsheets.widgets import Many, OneLine, Text

MOST_SHOWN = 200


@dataclass(frozen=True)
class Row:
    number: int
    title: str
    slug: str
    is_new: bool
    groups: list[Group]


@dataclass(frozen=True)
class Preview:
    """Numbers of everything; the rows and the complaints up to a limit."""

    new: int
    changed: int
    unchanged: int
    rows: list[Row]
    complaints: list[Complaint]
    complaint_count: int

    @property
    def is_cut_off(self) -> bool:
        return self.new + self.changed > len(self.rows)


def preview(outcome: Outcome) -> Preview:
    drafts = outcome.drafts
    new = sum(draft.is_new for draft in drafts)
    return Preview(
        new,
        len(drafts) - new,
        outcome.unchanged,
        [_row(draft) for draft in islice(drafts, MOST_SHOWN)],
        outcome.complaints[:MOST_SHOWN],
        len(outcome.complaints),
    )


def _row(draft: Draft) -> Row:
    practice = draft.practice
    found = [
        Difference(capfirst(str(column.column_name)), _pieces(column, draft))
        for column, new in draft.after.items()
        if not column.widget.same(draft.before[column], new)
    ]
    groups = [Group("", found)] if found else []
    return Row(draft.number, practice.title, practice.slug, draft.is_new, groups)


def _pieces(column: Column, draft: Draft) -> list[Piece]:
    before = column.widget.render(draft.before[column])
    after = column.widget.render(draft.after[column])
    if draft.is_new:
        return [Piece("new", after)]
    if isinstance(column.widget, Many):
        was, now = (list(filter(None, text.split("; "))) for text in (before, after))
        gone = [Piece("gone", item) for item in was if item not in now]
        return gone + [Piece("new", item) for item in now if item not in was]
    if type(column.widget) in (Text, OneLine):
        return text_pieces(before, after)
    return value_pieces(before, after)
