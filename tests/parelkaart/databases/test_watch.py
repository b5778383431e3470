import sqlite3
from contextlib import closing

import pytest
from django.db import IntegrityError, InterfaceError, OperationalError, connections
from psycopg import errors
from redis.exceptions import ConnectionError as NoRedisError

from municipalities.models import Region
from parelkaart.databases import watch
from parelkaart.databases.watch import Trouble
from tests.factories import RegionFactory


class Connection:
    """Of a database that answers, or does not."""

    in_atomic_block = False

    def __init__(self, error=None):
        self.error = error

    def close(self):
        pass

    def cursor(self):
        if self.error:
            raise self.error
        return self

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def execute(self, sql):
        pass


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """A clock to turn by hand; nothing is remembered from one test to the next."""
    watch.forget()
    now = [1000.0]
    monkeypatch.setattr(watch.time, "monotonic", lambda: now[0])
    yield now
    watch.forget()


@pytest.fixture
def database(monkeypatch):
    state = {"error": None}
    monkeypatch.setattr(type(connections), "__getitem__", lambda *_: Connection(state["error"]))
    return state


def caused_by(cause):
    error = OperationalError(str(cause))
    error.__cause__ = cause
    return error


@pytest.fixture
def locked(tmp_path):
    """What SQLite says when somebody else is writing."""
    file = str(tmp_path / "db")
    first, second = sqlite3.connect(file), sqlite3.connect(file, timeout=0)
    first.execute("BEGIN EXCLUSIVE")
    try:
        second.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        return caused_by(error)
    finally:
        first.close()
        second.close()


# --- which answer ---------------------------------------------------------------------


def test_database_that_does_not_answer_is_left_alone_for_a_while(database, clock, caplog):
    database["error"] = OperationalError("gone")

    assert not watch.answers("default")

    assert (watch.is_down("default"), watch.is_down("replica")) == (True, False)
    clock[0] += watch.PAUSE
    assert not watch.is_down("default")
    assert not watch.answers("default")
    # Told once, however often it is asked.
    assert [record.getMessage() for record in caplog.records] == [
        "Database default does not answer: gone"
    ]


def test_database_that_answers_again_is_used_at_once(database, caplog):
    database["error"] = InterfaceError("gone")
    watch.answers("default")
    database["error"] = None

    assert watch.answers("default")

    assert not watch.is_down("default")
    assert caplog.messages[-1] == "Database default answers again"


@pytest.mark.django_db
def test_transaction_of_the_caller_is_left_alone():
    region = RegionFactory()

    assert watch.answers("default")

    assert Region.objects.get() == region


# --- what an error says -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("cause", "expected"),
    [
        (errors.QueryCanceled("too long"), Trouble.BUSY),
        (errors.DeadlockDetected("deadlock"), Trouble.BUSY),
        (errors.AdminShutdown("restarted"), Trouble.LOST),
        (errors.OperationalError("server closed the connection"), Trouble.LOST),
        (errors.UndefinedTable("no such table"), None),
        (None, None),
    ],
)
def test_error_of_a_database_that_answers(database, cause, expected):
    assert watch.trouble(caused_by(cause), "default") is expected


def test_table_that_sqlite_does_not_have_is_a_mistake_of_ours(database):
    connection = sqlite3.connect(":memory:")
    with closing(connection), pytest.raises(sqlite3.OperationalError) as raised:
        connection.execute("SELECT * FROM nothing")

    assert watch.trouble(caused_by(raised.value), "default") is None


def test_lock_of_sqlite_is_somebody_else_who_writes(database, locked):
    assert watch.trouble(locked, "default") is Trouble.BUSY


def test_error_of_a_database_that_does_not_answer(database):
    database["error"] = OperationalError("refused")

    error = caused_by(errors.OperationalError("server closed the connection"))
    assert watch.trouble(error, "default") is Trouble.GONE


def test_cache_that_does_not_answer_is_no_mistake_of_ours(database):
    assert watch.trouble(NoRedisError("refused"), "default") is Trouble.LOST


@pytest.mark.parametrize("error", [ValueError("x"), IntegrityError("twice")])
def test_mistake_of_ours_stays_one(database, error):
    database["error"] = OperationalError("nobody asks")

    assert watch.trouble(error, "default") is None
    assert not watch.is_down("default")
