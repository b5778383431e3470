import os

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db

FIRST_WORD = {
    "sqlite": "SELECT 'SQLite ' || sqlite_version()",
    "postgresql": "SELECT version()",
}


def test_server_itself_says_that_it_is_the_database_that_was_asked_for():
    asked = os.environ.get("DB_ENGINE", "sqlite")

    with connection.cursor() as cursor:
        cursor.execute(FIRST_WORD[asked])
        told = cursor.fetchone()[0]

    assert (connection.vendor, told.split()[0].lower()) == (asked, asked)
