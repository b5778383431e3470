"""What differs between two versions, in the words of the form. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from django.db.models import CharField, Field, Model, TextField
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.text import capfirst

from practices.editorial.snapshots import LINKS, PARTS, Content, bare, fields_of
from practices.models import AdoptionStep

EMPTY = "(leeg)"
ADDED = "toegevoegd"
# Comparing takes the product of both lengths; longer texts are compared by line.
MOST_WORDS = 3000


@dataclass(frozen=True)
class Piece:
    """`kind` is 'same', 'gone' or 'new'."""

    kind: str
    text: str


@dataclass(frozen=True)
class Difference:
    label: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Group:
    """What differs in the entry itself (without a heading), or in one row of it."""

    heading: str
    differences: list[Difference] = field(default_factory=list)


def differences(model: type[Model], old: Content | None, new: Content | None) -> list[Group]:
    old, new = old or {}, new or {}
    found = [*_of_fields(fields_of(model), old.get("fields", {}), new.get("fields", {}))]
    for name in LINKS:
        before, after = old.get("links", {}).get(name, []), new.get("links", {}).get(name, [])
        if pieces := list_pieces(before, after):
            label = str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            found.append(Difference(capfirst(label), pieces))
    groups = [Group("", found)] if found else []
    for name, owner in PARTS.items():
        before, after = old.get("parts", {}).get(name, []), new.get("parts", {}).get(name, [])
        if before or after:
            groups += _of_rows(_part_model(model, name), owner, before, after)
    return groups


def whole(model: type[Model], content: Content) -> list[Group]:
    """All that is in a version, to be read by itself."""
    return [
        Group(
            group.heading.removesuffix(f" {ADDED}"),
            [Difference(told.label, [_read(told.pieces)]) for told in group.differences],
        )
        for group in differences(model, None, content)
    ]


def _read(pieces: list[Piece]) -> Piece:
    return Piece("same", ", ".join(piece.text for piece in pieces if piece.kind == "new"))


def _part_model(model: type[Model], name: str) -> type[Model]:
    return model._meta.get_field(name).related_model  # type: ignore[return-value]


def _of_rows(
    model: type[Model], owner: str, old: list[Content], new: list[Content]
) -> Iterator[Group]:
    before, after = ({row["id"]: row for row in rows} for rows in (old, new))
    name = capfirst(str(model._meta.verbose_name))
    for key in sorted({*before, *after}):
        rows = before.get(key, {}), after.get(key, {})
        found = [*_of_fields(fields_of(model, owner), *rows), *_of_steps(*rows)]
        if key not in before:
            yield Group(f"{name} {ADDED}", found)
        elif key not in after:
            yield Group(f"{name} verwijderd", found)
        elif found:
            yield Group(f"{name} gewijzigd: {_title(model, after[key])}", found)


def _of_steps(old: Content, new: Content) -> Iterator[Difference]:
    """The log of an adoption as one text, the first step first."""
    before, after = ("\n".join(map(_step, reversed(row.get("steps", [])))) for row in (old, new))
    if before != after:
        yield Difference("Verloop", text_pieces(before, after))


def _step(step: Content) -> str:
    columns = (AdoptionStep._meta.get_field(name) for name in ("state", "since"))
    told = [shown(column, step[column.name], "") for column in columns]  # type: ignore[arg-type]
    return " – ".join(filter(None, [*told, step["changes"], step["reason"]]))


def _title(model: type[Model], row: Content) -> str:
    """The first words or the name by which an editor knows the row."""
    for name in ("statement", "municipality", "to_practice", "source"):
        if name in row:
            text = shown(model._meta.get_field(name), row[name])  # type: ignore[arg-type]
            return text if len(text) <= 60 else f"{text[:57]}…"
    return ""


def _of_fields(fields: list[Field], old: Content, new: Content) -> Iterator[Difference]:
    for column in fields:
        values = old.get(column.name), new.get(column.name)
        before, after = (shown(column, value, "") for value in values)
        if bare(values[0]) == bare(values[1]) or before == after:
            continue
        is_text = isinstance(column, (TextField, CharField)) and not column.choices
        pieces = text_pieces(before, after) if is_text else value_pieces(before, after)
        yield Difference(capfirst(str(column.verbose_name)), pieces)


def shown(column: Field, value: Any, empty: str = EMPTY) -> str:
    if value in (None, ""):
        return empty
    if isinstance(value, dict):
        return value["text"]
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if column.get_internal_type() == "DateField" and (day := parse_date(str(value))):
        return date_format(day, "j F Y")
    return str(value)


def value_pieces(old: str, new: str) -> list[Piece]:
    return [Piece("gone", old or EMPTY), Piece("new", new or EMPTY)]


def list_pieces(old: list[Content], new: list[Content]) -> list[Piece]:
    before, after = ({item["pk"] for item in items} for items in (old, new))
    gone = [Piece("gone", item["text"]) for item in old if item["pk"] not in after]
    return gone + [Piece("new", item["text"]) for item in new if item["pk"] not in before]


def text_pieces(old: str, new: str) -> list[Piece]:
    """Word by word, with the spaces and line ends as they are."""
    before, after = _split(old), _split(new)
    if len(before) + len(after) > 2 * MOST_WORDS:
        before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    pieces: list[Piece] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for step, start, end, new_start, new_end in matcher.get_opcodes():
        if step == "equal":
            pieces.append(Piece("same", "".join(before[start:end])))
            continue
        if start < end:
            pieces.append(Piece("gone", "".join(before[start:end])))
        if new_start < new_end:
            pieces.append(Piece("new", "".join(after[new_start:new_end])))
    return pieces


def _split(text: str) -> list[str]:
    return [part for part in re.split(r"(\s+)", text) if part]
