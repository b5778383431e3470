"""Rows of the index in bulk: the one place where the two databases differ in writing."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

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
