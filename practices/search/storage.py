"""Rows of the index in bulk: the one place where the two databases differ."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from django.db import connection, connections, router

from practices.models import Posting

Row = tuple[int, int, int]


def insert_postings(rows: Iterable[Row]) -> None:
    """Rows of (term, practice, impact).

    Past the ORM: there are 150 rows for each practice, and objects for them would take
    most of the time of a rebuild.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            into = "COPY practices_posting (term_id, practice_id, impact) FROM STDIN"
            with cursor.copy(into) as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            cursor.executemany(
                "INSERT INTO practices_posting (term_id, practice_id, impact) VALUES (%s, %s, %s)",
                list(rows),
            )


def practices_by_term(
    terms: Iterable[int], strong: int
) -> Iterator[tuple[int, list[int], list[int]]]:
    """For each term that has any: its practices, and those with at least that impact.

    Gathered in the database: a row for each posting would take most of the time of a search
    for common words.
    """
    read = connections[router.db_for_read(Posting)]
    gather = "array_agg" if read.vendor == "postgresql" else "json_group_array"
    keys = list(terms)
    with read.cursor() as cursor:
        cursor.execute(
            f"SELECT term_id, {gather}(practice_id),"  # noqa: S608 - one of two names  # nosec B608
            f" {gather}(practice_id) FILTER (WHERE impact >= %s)"
            f" FROM practices_posting WHERE term_id IN ({', '.join(['%s'] * len(keys))})"
            " GROUP BY term_id",
            [strong, *keys],
        )
        for term, everyone, emphatic in cursor.fetchall():
            yield term, _as_list(everyone), _as_list(emphatic)


def _as_list(gathered: str | list[int] | None) -> list[int]:
    if isinstance(gathered, str):
        return list(json.loads(gathered))
    return gathered or []
