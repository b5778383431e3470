"""From a trial on SQLite to the database of the settings, without a file in between."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.sqlite3.base import DatabaseWrapper

from parelkaart.backup.errors import BackupError
from parelkaart.backup.restoring import Progress, refuse_filled, refuse_read_only, replace
from parelkaart.backup.rows import last_key, lines, moment
from parelkaart.backup.tables import Model, migrations

ALIAS = "trial"


@dataclass(frozen=True)
class Trial:
    connection: BaseDatabaseWrapper

    def lines(self, model: Model) -> Iterator[bytes]:
        return lines(self.connection, model)

    def last_key(self, model: Model) -> int:
        return last_key(self.connection, model)


def copy_from_sqlite(path: Path, progress: Progress | None = None) -> dict[str, int]:
    """Table -> rows; each table was compared row by row."""
    target = connections[DEFAULT_DB_ALIAS]
    refuse_read_only()
    with _read_only(path) as source:
        try:
            there, here = migrations(source), migrations(target)
            if there != here:
                raise BackupError(
                    "De proef en deze database hebben niet dezelfde migraties. Draai "
                    "manage.py migrate op beide, met dezelfde versie van de site."
                )
            refuse_filled(target, "Begin met een nieuwe database: alleen manage.py migrate.")
            with moment(source), transaction.atomic(using=target.alias):
                rows = replace(target, Trial(source), progress)
        except DatabaseError as error:
            raise BackupError(f"{path} is niet te kopiëren: {error}") from error
    return rows


@contextmanager
def _read_only(path: Path) -> Iterator[BaseDatabaseWrapper]:
    if not path.is_file():
        raise BackupError(f"{path} is er niet.")
    defaults = connections[DEFAULT_DB_ALIAS].settings_dict
    place = {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{path.resolve().as_uri()}?mode=ro"}
    options = {"OPTIONS": {}, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False}
    connection = DatabaseWrapper(defaults | place | options, alias=ALIAS)
    connections[ALIAS] = connection
    try:
        yield connection
    finally:
        connection.close()
        del connections[ALIAS]
