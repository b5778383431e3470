"""Which databases answer, as this process found out, and what an error says about that."""

from __future__ import annotations

import logging
import sqlite3
import time
from enum import Enum

from django.db import InterfaceError, OperationalError, connections
from psycopg import errors
from redis.exceptions import RedisError

logger = logging.getLogger("parelkaart.databases")

# So long nobody asks a database again that did not answer: each try may take seconds.
PAUSE = 5.0

_down_until: dict[str, float] = {}


class Trouble(Enum):
    GONE = "gone"  # no answer
    LOST = "lost"  # the connection broke, and a new one can be made
    BUSY = "busy"  # it answers, but not in time, or somebody else is writing


def is_down(alias: str) -> bool:
    return _down_until.get(alias, 0) > time.monotonic()


def answers(alias: str) -> bool:
    """Asks the database anew, and remembers the outcome for all threads of this process."""
    connection = connections[alias]
    if connection.in_atomic_block:
        return True  # A new connection would lose what the caller has not committed yet.
    connection.close()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (OperationalError, InterfaceError) as error:
        if alias not in _down_until:
            logger.error("Database %s does not answer: %s", alias, error)
        _down_until[alias] = time.monotonic() + PAUSE
        return False
    if _down_until.pop(alias, None) is not None:
        logger.warning("Database %s answers again", alias)
    return True


def forget() -> None:
    _down_until.clear()


def trouble(error: BaseException, alias: str) -> Trouble | None:
    """What an error in a request that used this database is about; None: a mistake of ours."""
    if isinstance(error, RedisError):
        return Trouble.LOST
    if not isinstance(error, OperationalError | InterfaceError):
        return None
    if _says_busy(error.__cause__):
        return Trouble.BUSY
    if not answers(alias):
        return Trouble.GONE
    return Trouble.LOST if _says_lost(error) else None


def _says_busy(cause: BaseException | None) -> bool:
    if isinstance(cause, sqlite3.OperationalError):
        return cause.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    return isinstance(
        cause,
        errors.QueryCanceled
        | errors.LockNotAvailable
        | errors.DeadlockDetected
        | errors.TooManyConnections,
    )


def _says_lost(error: BaseException) -> bool:
    """The driver's own words: a server that says what is wrong gives a code with it."""
    cause = error.__cause__
    if isinstance(cause, errors.AdminShutdown | errors.CrashShutdown | errors.CannotConnectNow):
        return True
    if isinstance(cause, errors.IdleInTransactionSessionTimeout):
        return True
    return isinstance(cause, errors.Error) and cause.sqlstate is None
