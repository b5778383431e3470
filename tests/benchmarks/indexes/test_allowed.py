import re

import pytest

from benchmarks.indexes.allowed import ALLOWED, reason_for

TABLE = "practices_practice"


@pytest.mark.parametrize("allowed", ALLOWED)
def test_each_has_a_reason_and_patterns_that_can_be_read(allowed):
    assert allowed.reason
    for pattern in (allowed.page, allowed.table, allowed.statement):
        re.compile(pattern)


@pytest.mark.parametrize(
    ("page", "statement", "expected"),
    [
        ("chief: list of practice, search", "SELECT x", True),
        ("chief: list of practice", "SELECT COUNT(*) FROM x", True),
        ("chief: list of practice", "SELECT x ORDER BY title LIMIT 50", False),
        ("chief: list of practice, order modified", "SELECT x ORDER BY modified", False),
        ("chief: list of contact, order role", "SELECT x ORDER BY role", True),
        ("visitor: entry", "SELECT x", False),
        ("visitor: home", "SELECT COUNT(x)", False),
    ],
)
def test_only_what_has_a_reason_is_allowed(page, statement, expected):
    for database in ("sqlite", "postgresql"):
        assert bool(reason_for(database, page, TABLE, statement)) is expected


@pytest.mark.parametrize(("database", "expected"), [("sqlite", True), ("postgresql", False)])
def test_some_are_allowed_on_one_database_only(database, expected):
    statement = 'SELECT x ORDER BY "practices_practice"."title" ASC, "practices_photo"."id" DESC'

    assert bool(reason_for(database, "chief: list of photo", TABLE, statement)) is expected
