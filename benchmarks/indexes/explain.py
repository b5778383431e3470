"""`python -m benchmarks.indexes.explain`: the plans of what every page asks, in this database.

Asks for each page twice, so that what a process keeps is there, and has the database explain
every statement of the second time. Prints what reads much to give little, and the slowest.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import django

SLOWEST = 15
READS = ("SELECT", "WITH")


@dataclass(frozen=True)
class Asked:
    page: str
    statement: str
    parameters: Any
    milliseconds: float


@dataclass(frozen=True)
class Suspect:
    page: str
    table: str
    rows: int
    given: int
    milliseconds: float
    statement: str
    reason: str


def main() -> None:
    django.setup()
    from django.test.utils import setup_test_environment  # noqa: PLC0415 - needs Django set up

    setup_test_environment(debug=False)
    logging.disable()  # Pages that are not there are asked for as well.
    _start_counting()
    asked = list(_all_asked())
    found = [suspect for statement in _once(asked) for suspect in _suspects(statement)]
    _tell(asked, found)
    if any(not suspect.reason for suspect in found):
        raise SystemExit(1)


# --- what is asked ------------------------------------------------------------------


def _all_asked() -> Iterator[Asked]:
    from benchmarks.indexes import pages  # noqa: PLC0415 - needs Django set up

    clients = _clients(pages)
    chief = clients[pages.CHIEF]
    every = [*pages.visitors(), *pages.editors(), *pages.admin_lists(chief)]
    yield from _snapshot()
    for page in every:
        if page.address:
            yield from _asked(clients[page.who], f"{page.who}: {page.name}", page.address)
    print(f"{len(every)} pages")


def _clients(pages: Any) -> dict[str, Any]:
    """A redacteur with one municipality, and somebody of the eindredactie."""
    from django.contrib.auth.models import User  # noqa: PLC0415 - needs Django set up
    from django.test import Client  # noqa: PLC0415 - the same

    chief, _ = User.objects.update_or_create(
        username="bench-chief", defaults={"is_staff": True, "is_superuser": True}
    )
    editor = User.objects.get(username="bench-0")
    clients = {pages.VISITOR: Client(), pages.CHIEF: Client(), pages.EDITOR: Client()}
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    clients[pages.CHIEF].force_login(chief, backend)
    clients[pages.EDITOR].force_login(editor, backend)
    return clients


def _snapshot() -> Iterator[Asked]:
    from practices import snapshot  # noqa: PLC0415 - needs Django set up

    with _recorded("snapshot") as asked:
        snapshot.snapshot()
    yield from asked


def _asked(client: Any, name: str, address: str) -> Iterator[Asked]:
    client.get(address)
    with _recorded(name) as asked:
        response = client.get(address)
        if response.streaming:
            for _ in response:
                pass
    if response.status_code >= 500:
        raise SystemExit(f"{name}: {address} answered {response.status_code}")
    yield from asked


@contextmanager
def _recorded(name: str) -> Iterator[list[Asked]]:
    from django.db import connection  # noqa: PLC0415 - needs Django set up

    asked: list[Asked] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            took = (time.perf_counter() - began) * 1000
            if sql.startswith(READS):
                asked.append(Asked(name, sql, params, took))

    with connection.execute_wrapper(note):
        yield asked


def _once(asked: list[Asked]) -> list[Asked]:
    """Each statement once for the page that asks it first."""
    return list({(a.statement, str(a.parameters)): a for a in reversed(asked)}.values())[::-1]


# --- what the database makes of it ----------------------------------------------------


def _suspects(asked: Asked) -> Iterator[Suspect]:
    from django.db import connection  # noqa: PLC0415 - needs Django set up

    from benchmarks.indexes.allowed import reason_for  # noqa: PLC0415 - the same
    from benchmarks.indexes.plans import suspects  # noqa: PLC0415 - the same

    explain = _explain_postgresql if connection.vendor == "postgresql" else _explain_sqlite
    scans, given = explain(asked)
    for scan in suspects(scans, given):
        reason = reason_for(connection.vendor, asked.page, scan.table, asked.statement)
        yield Suspect(
            asked.page, scan.table, scan.rows, given, asked.milliseconds, asked.statement, reason
        )


def _explain_postgresql(asked: Asked) -> tuple[list[Any], int]:
    from django.db import connection  # noqa: PLC0415 - needs Django set up

    from benchmarks.indexes.plans import of_postgresql  # noqa: PLC0415 - the same

    with connection.cursor() as cursor:
        explain = "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) "
        cursor.execute(explain + asked.statement, asked.parameters)
        told = cursor.fetchone()[0]
    plan = (json.loads(told) if isinstance(told, str) else told)[0]["Plan"]
    return list(of_postgresql(plan)), int(plan["Actual Rows"])


def _explain_sqlite(asked: Asked) -> tuple[list[Any], int]:
    from django.db import connection  # noqa: PLC0415 - needs Django set up

    from benchmarks.indexes.plans import aliases_of, of_sqlite  # noqa: PLC0415 - the same

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked.statement}", asked.parameters)
        details = [row[3] for row in cursor.fetchall()]
        cursor.execute(asked.statement, asked.parameters)
        given = len(cursor.fetchall())
    limited = " LIMIT " in asked.statement
    scans = of_sqlite(details, _sizes(), aliases_of(asked.statement), limited)
    return list(scans), given


_known_sizes: dict[str, int] = {}


def _sizes() -> dict[str, int]:
    from django.apps import apps  # noqa: PLC0415 - needs Django set up

    if not _known_sizes:
        for model in apps.get_models(include_auto_created=True):
            _known_sizes[model._meta.db_table] = model._base_manager.count()
    return _known_sizes


# --- what is told -----------------------------------------------------------------------


def _tell(asked: list[Asked], found: list[Suspect]) -> None:
    from benchmarks.tables import table  # noqa: PLC0415 - with the rest

    print(f"{len(asked)} statements, {len(_once(asked))} different ones\n")
    slowest = sorted(_once(asked), key=lambda a: -a.milliseconds)[:SLOWEST]
    rows = [[a.page, f"{a.milliseconds:.0f}", _short(a.statement)] for a in slowest]
    print(table(["slowest", "ms", "statement"], rows))
    for title, group in (
        ("whole tables for a reason", [s for s in found if s.reason]),
        ("WHOLE TABLES WITHOUT A REASON", [s for s in found if not s.reason]),
    ):
        lines = [
            [
                s.page,
                s.table,
                str(s.rows),
                str(s.given),
                f"{s.milliseconds:.0f}",
                s.reason or _short(s.statement),
            ]
            for s in group
        ]
        print()
        print(
            table([title, "table", "rows", "given", "ms", ""], lines) if lines else f"{title}: none"
        )
    _tell_unused()


def _short(statement: str) -> str:
    """Without the columns: what matters comes after them."""
    _, _, rest = statement.partition(" FROM ")
    return f"FROM {rest}".replace('"', "")[:150].replace("|", "/")


def _start_counting() -> None:
    from django.db import connection  # noqa: PLC0415 - needs Django set up

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_reset()")


UNUSED = """
SELECT s.indexrelname, pg_size_pretty(pg_relation_size(s.indexrelid))
FROM pg_stat_user_indexes s JOIN pg_index i USING (indexrelid)
WHERE s.idx_scan = 0 AND NOT i.indisunique AND pg_relation_size(s.indexrelid) > 100000
ORDER BY pg_relation_size(s.indexrelid) DESC
"""


def _tell_unused() -> None:
    from django.db import connection  # noqa: PLC0415 - needs Django set up

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(1)")  # The counters come a moment later.
            cursor.execute(UNUSED)
            rows = cursor.fetchall()
        told = ", ".join(f"{name} ({size})" for name, size in rows)
        print(f"\nIndexes that no page used (deleting may): {told or 'none'}")


if __name__ == "__main__":
    sys.exit(main())
