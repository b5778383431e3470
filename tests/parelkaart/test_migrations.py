"""A migration can be applied while the version of before still runs (docs/migrations.md)."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django_migration_linter.sql_analyser import analyse_sql_statements, get_sql_analyser_class

# Made before the first release: nobody runs a version of before them.
BASELINE = {
    "municipalities": "0003_old_municipality_slugs",
    "parelkaart": "0001_cache_table",
    "practices": "0008_indexes",
}
# What a later release takes away: (app, migration) -> the codes that it may have, with the
# release since which no code uses it.
ALLOWED: dict[tuple[str, str], set[str]] = {}
REPLACED = """
ALTER TABLE "a" ADD COLUMN "new" integer NOT NULL;
ALTER TABLE "a" DROP COLUMN "old";
ALTER TABLE "a" RENAME COLUMN "b" TO "c";
CREATE INDEX "d" ON "a" ("c");
"""


def told(sql):
    """The codes of what locks a table, or breaks code that does not know of it."""
    analyser = get_sql_analyser_class("postgresql")
    errors, _, warnings = analyse_sql_statements(analyser, sql.strip().splitlines())
    return {issue.code for issue in [*errors, *warnings]}


def sql_of(app, name):
    return call_command("sqlmigrate", app, name, stdout=StringIO())


def since_the_baseline(app):
    names = sorted(name for label, name in MigrationLoader(None).disk_migrations if label == app)
    return names[names.index(BASELINE[app]) + 1 :]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the rules are about PostgreSQL")
@pytest.mark.django_db
@pytest.mark.parametrize("app", BASELINE)
def test_migrations_since_the_baseline_leave_the_version_of_before_working(app):
    found = {
        name: told(sql_of(app, name)) - ALLOWED.get((app, name), set())
        for name in since_the_baseline(app)
    }

    assert {name: codes for name, codes in found.items() if codes} == {}


def test_linter_would_have_told():
    assert told(REPLACED) == {"NOT_NULL", "DROP_COLUMN", "RENAME_COLUMN", "CREATE_INDEX"}
    assert told('CREATE INDEX CONCURRENTLY "d" ON "a" ("c");') == set()
    assert told('ALTER TABLE "a" ADD COLUMN "new" integer DEFAULT 0 NOT NULL;') == set()
