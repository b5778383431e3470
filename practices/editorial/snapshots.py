"""An object as plain data: its fields, its lists and the rows that belong to it.

Read from the database, never from an object in memory that may hold less or other than
what is stored. A reference is kept with the name it had, so that a version stays readable
when what it refers to is gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Field, ForeignKey, JSONField, Model, Prefetch, TextField

from practices.models import Adoption, Practice, Source, Term

# Which rows belong to an entry, and by which field. Photos and contacts are not kept: what
# somebody wants to be gone from the site has to be gone.
PARTS: dict[str, str] = {
    "municipality_links": "practice",
    "references": "practice",
    "claims": "practice",
    "relations_out": "from_practice",
    "adoptions": "practice",
}
LINKS = (
    "regions",
    "themes",
    "target_groups",
    "barriers",
    "instruments",
    "recommendations",
    "steps",
)
STEP = ("state", "since", "changes", "reason", "at", "by_name")
TRACKED: tuple[type[Model], ...] = (Practice, Source, *Term.__subclasses__())
# They say that something changed, not what.
_LEFT_OUT = {"id", "created", "modified"}

Content = dict[str, Any]


def fields_of(model: type[Model], leave_out: str = "") -> list[Field]:
    return [
        field
        for field in model._meta.concrete_fields
        if field.name not in _LEFT_OUT and field.name != leave_out
    ]


def snapshot(instance: Model) -> Content | None:
    """None when it is not in the database any more."""
    return snapshots(type(instance), [instance.pk]).get(instance.pk)


def snapshots(model: type[Model], keys: Iterable[Any]) -> dict[Any, Content]:
    """By key, of those that are in the database; as many queries for one as for many."""
    rows = _with_names(model).filter(pk__in=list(keys))
    if model is Practice:
        rows = rows.prefetch_related(*_lists())
    return {row.pk: _content(row) for row in rows}


def _lists() -> Iterator[Prefetch]:
    for name in LINKS:
        related = Practice._meta.get_field(name).related_model
        rows = related._base_manager.order_by("pk")  # type: ignore[union-attr]
        yield Prefetch(name, rows.defer(*_large(related)))  # type: ignore[arg-type]
    for name, owner in PARTS.items():
        related = Practice._meta.get_field(name).related_model
        yield Prefetch(name, _with_names(related, owner).order_by("pk"))  # type: ignore[arg-type]
    yield Prefetch("adoptions__steps")


def _content(stored: Model) -> Content:
    content: Content = {"fields": _values(stored, fields_of(type(stored)))}
    if isinstance(stored, Practice):
        content["links"] = {name: _named(getattr(stored, name).all()) for name in LINKS}
        content["parts"] = {name: _rows(stored, name, owner) for name, owner in PARTS.items()}
    return content


def _with_names(model: type[Model], leave_out: str = "") -> Any:
    names = [f.name for f in fields_of(model, leave_out) if isinstance(f, ForeignKey)]
    rows = model._base_manager.all()
    if not names:
        return rows
    large = [
        f"{name}__{text}"
        for name in names
        for text in _large(model._meta.get_field(name).related_model)  # type: ignore[arg-type]
    ]
    return rows.select_related(*names).defer(*large)


def _large(model: type[Model]) -> list[str]:
    """What no name is made of: the boundary of a municipality, the texts of another entry."""
    return [f.name for f in model._meta.concrete_fields if isinstance(f, (JSONField, TextField))]


def _rows(practice: Practice, name: str, owner: str) -> list[Content]:
    manager = getattr(practice, name)
    fields = fields_of(manager.model, owner)
    return [{"id": row.pk} | _values(row, fields) | _log(row) for row in manager.all()]


def _log(row: Model) -> Content:
    """Of an adoption its steps, newest first; what was recorded without any has no log."""
    if not isinstance(row, Adoption):
        return {}
    steps = [{name: plain(getattr(step, name)) for name in STEP} for step in row.steps.all()]
    return {"steps": steps} if steps else {}


def _values(row: Model, fields: list[Field]) -> Content:
    return {field.name: plain(getattr(row, field.name)) for field in fields}


def _named(rows: Any) -> list[Content]:
    return [plain(row) for row in rows]


def plain(value: Any) -> Any:
    """As JSON keeps it, so that a version that was just read equals one from the database."""
    if isinstance(value, Model):
        return {"pk": value.pk, "text": str(value)}
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def bare(value: Any) -> Any:
    """Without the names of what is referred to: a term that is renamed changes no entry."""
    if isinstance(value, dict):
        if value.keys() == {"pk", "text"}:
            return value["pk"]
        return {key: bare(part) for key, part in value.items()}
    return [bare(part) for part in value] if isinstance(value, list) else value
