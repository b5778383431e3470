"""Which tables are kept, and which migrations they are of."""

from __future__ import annotations

from typing import Any, TypeAlias

from django.apps import apps
from django.db import DatabaseError, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from parelkaart.backup.errors import BackupError

Model: TypeAlias = type[models.Model]
Field: TypeAlias = "models.Field[Any, Any]"

# What is made anew. A model that is not named here is kept.
LEFT_OUT = {
    "sessions.Session": "who was signed in signs in again",
    "practices.SearchTerm": "the search index is rebuilt",
    "practices.Posting": "the search index is rebuilt",
    "practices.WordForm": "the search index is rebuilt",
    "practices.TitlePart": "the search index is rebuilt",
    "practices.IndexedPractice": "the search index is rebuilt",
    "practices.CatalogueVersion": "says only that something changed, and that it did",
}
# What `migrate` fills: a database with no more than this is empty. The ids differ between
# databases, so these rows are replaced with the rest that points at them.
OF_MIGRATE = {
    "contenttypes.ContentType",
    "auth.Permission",
    "auth.Group",
    "auth.Group_permissions",
}


def kept() -> list[Model]:
    """In no other order than by name: foreign keys are checked when all is there."""
    return [model for model in _all() if model._meta.label not in LEFT_OUT]


def emptied() -> list[Model]:
    """What goes before other rows come. The version goes up instead."""
    return [model for model in _all() if model._meta.label != "practices.CatalogueVersion"]


def _all() -> list[Model]:
    found = apps.get_models(include_auto_created=True)
    stored = [model for model in found if model._meta.managed and not model._meta.proxy]
    return sorted(stored, key=lambda model: model._meta.db_table)


def fields(model: Model) -> list[Field]:
    return list(model._meta.concrete_fields)


def columns(model: Model) -> list[str]:
    return [str(field.column) for field in fields(model)]


def filled(connection: BaseDatabaseWrapper) -> dict[str, int]:
    """Table -> rows, for what an empty site would not have."""
    counts = {
        model._meta.db_table: models.QuerySet(model, using=connection.alias).count()
        for model in kept()
        if model._meta.label not in OF_MIGRATE
    }
    return {table: rows for table, rows in counts.items() if rows}


# --- migrations ---------------------------------------------------------------------------


def migrations(connection: BaseDatabaseWrapper) -> set[str]:
    """The applied ones, such as `practices.0001_initial`; there must be no others to apply."""
    try:
        loader = MigrationLoader(connection)
    except DatabaseError as error:
        raise BackupError(f"De database is niet te lezen: {error}") from error
    known = {key for key in loader.graph.nodes if isinstance(key, tuple)}
    if waiting := known - loader.applied_migrations.keys():
        raise BackupError(
            f"De database mist {listed('.'.join(key) for key in waiting)}. "
            "Draai eerst manage.py migrate."
        )
    return {".".join(key) for key in known}


def listed(names: Any) -> str:
    """A few of them, and how many there are more."""
    ordered = sorted(names)
    more = f" en nog {len(ordered) - 3}" if len(ordered) > 3 else ""
    return ", ".join(ordered[:3]) + more
