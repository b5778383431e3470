"""What is refused; the copy itself is in tests/servers/test_backup.py."""

import sqlite3

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

pytestmark = pytest.mark.django_db


def refusal(path):
    with pytest.raises(CommandError) as told:
        call_command("copy_from_sqlite", path)
    assert "trial" not in [
        connection.alias for connection in connections.all(initialized_only=True)
    ]
    return str(told.value)


def test_file_that_is_not_there_is_told(tmp_path):
    path = tmp_path / "weg.sqlite3"

    assert refusal(path) == f"{path} is er niet.\nEr is niets veranderd."
    assert not path.exists()


def test_file_that_is_no_database_is_told(tmp_path):
    path = tmp_path / "foto.jpg"
    path.write_bytes(b"JFIF" * 1000)

    assert refusal(path) == (
        "De database is niet te lezen: file is not a database\nEr is niets veranderd."
    )


def test_database_of_something_else_is_told(tmp_path):
    path = tmp_path / "ander.sqlite3"
    sqlite3.connect(path).execute("CREATE TABLE t (a)").connection.close()

    assert refusal(path).startswith("De database mist account.0001_initial, ")
