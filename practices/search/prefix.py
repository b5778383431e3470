"""Texts that begin with something, by way of an index on either database."""

from __future__ import annotations

from django.db import connection
from django.db.models import F, Q
from django.db.models.expressions import Combinable
from django.db.models.functions import Collate

_LAST = "\U0010ffff"


def startswith(field: str, prefix: str) -> Q:
    """For a folded column with `db_index` or as primary key.

    PostgreSQL uses an index of its own for LIKE, whatever its collation is; SQLite uses
    none for LIKE but compares by code point, so a range does it there.
    """
    if connection.vendor == "postgresql":
        return Q(**{f"{field}__startswith": prefix})
    return Q(**{f"{field}__gte": prefix, f"{field}__lt": prefix + _LAST})


def by_code_point(field: str) -> Combinable:
    """The order of SQLite, on PostgreSQL too.

    There it also keeps the planner from reading the whole index in order until it has met
    enough rows with the prefix, which takes long for the last letters of the alphabet.
    """
    return Collate(field, "C") if connection.vendor == "postgresql" else F(field)
