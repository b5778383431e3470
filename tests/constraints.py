"""Shows that the database itself refuses what must never happen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.db.models import CheckConstraint, Model


def constraint_names(app: str, kind: type = CheckConstraint) -> set[str]:
    return {
        constraint.name
        for model in apps.get_app_config(app).get_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, kind)
    }


@contextmanager
def refused(name: str = "") -> Iterator[None]:
    """The block runs into the check constraint of this name, or into a unique one.

    PostgreSQL is told at once of constraints that it would postpone.
    """
    with pytest.raises(DatabaseError) as caught, transaction.atomic():  # noqa: PT012
        yield
        connection.check_constraints()
    told = str(caught.value)
    if name:
        assert f"CHECK constraint failed: {name}" in told or f'check constraint "{name}"' in told
    else:
        assert "unique constraint" in told.lower()


def complaints(instance: Model) -> dict[str, list[str]]:
    """What full_clean tells the editor, by field; empty when all is well."""
    try:
        instance.full_clean()
    except ValidationError as error:
        return error.message_dict
    return {}
