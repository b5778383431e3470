"""Sets of keys of any size as a condition in a query."""

from __future__ import annotations

import json
from collections.abc import Iterable

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

# Up to here a plain list of parameters is fastest; SQLite takes no more than 32,766.
FEW = 500


def in_keys(pks: Iterable[int]) -> Q:
    keys = list(pks)
    if len(keys) <= FEW:
        return Q(pk__in=keys)
    sql, parameter = keys_sql(keys)
    return Q(pk__in=RawSQL(sql, [parameter]))  # noqa: S611 - the keys are a parameter  # nosec B611


def keys_sql(keys: Iterable[int]) -> tuple[str, object]:
    """A query that yields the keys, and its one parameter."""
    if connection.vendor == "postgresql":
        return "SELECT unnest(%s::bigint[])", list(keys)
    return "SELECT value FROM json_each(%s)", json.dumps(list(keys))
