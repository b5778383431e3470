"""What whole sites of tests start from: made once in a run, for all workers of pytest-xdist.

Migrating an empty database takes five seconds and more, and so does collecting static files.
"""

from __future__ import annotations

import fcntl
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import postgres
from tests.processes import manage, production


class Prepared:
    """The folder is the same for all workers; the first that asks for a thing makes it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def static(self) -> Path:
        """The collected static files. Not to be written in."""
        return self._once("static", self._collect)

    def put_tables(self, var: Path) -> None:
        """A SQLite database with tables and no more, in the folder of a site."""
        shutil.copy(self._once("tables.sqlite3", self._migrate), var / "parelkaart.sqlite3")

    @contextmanager
    def primary(self) -> Iterator[postgres.Server]:
        """A server of PostgreSQL that runs; its database has tables and no more."""
        with postgres.primary(self._once("postgresql", self._migrate_server)) as server:
            yield server

    def _once(self, name: str, make: Callable[[Path], None]) -> Path:
        made = self.folder / name
        with (self.folder / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not made.exists():
                # Under its own name only when it is whole.
                unfinished = self.folder / f"{name}.unfinished"
                make(unfinished)
                unfinished.rename(made)
        return made

    def _collect(self, target: Path) -> None:
        self._manage("collectstatic", "--noinput", STATIC_ROOT=str(target))

    def _migrate(self, target: Path) -> None:
        self._manage("migrate", DB_NAME=str(target))

    def _migrate_server(self, target: Path) -> None:
        with postgres.primary() as server:
            self._manage("migrate", **server.variables)
            server.stop("fast")
            subprocess.run(["cp", "-a", server.data, target], check=True)

    def _manage(self, command: str, *options: str, **variables: str) -> None:
        environment = production(self.folder, **variables)
        done = manage(command, *options, "--verbosity", "0", environment=environment)
        assert done.returncode == 0, done.stderr
