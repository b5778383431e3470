"""Catalogues in temporary databases, each reached through an environment of its own.

Nothing of the installation around is read or changed: every command runs in a process
with its own VAR_DIR and database, and all is removed at the end, unless a folder is given
to keep it in (`--keep`): filling 100,000 practices takes longer than most measurements.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import psycopg
from psycopg import sql

from benchmarks.judged import ROOT
from benchmarks.metrics import DEPTH
from tests import postgres
from tests.environment import LIMITS_OFF

SITE_VARIABLES = ("SECRET_KEY", "SECRET_KEY_FILE", "ALLOWED_HOSTS", "LOG_LEVEL", "MAP_TILES_URL")


@dataclass(frozen=True)
class Catalogue:
    """A migrated database with what was loaded into it."""

    engine: str
    environment: dict[str, str]

    def run(self, *command: str) -> str:
        """Run a Python program of the project on it; gives what that printed."""
        done = subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout}")
        return done.stdout

    def generate(self, count: int, *options: str) -> None:
        self.show("-m", "benchmarks.generate", "--count", str(count), *options)

    def show(self, *command: str) -> None:
        """Run a program and let it print its own progress."""
        subprocess.run([sys.executable, *command], cwd=ROOT, env=self.environment, check=True)

    def answers(self, queries: Sequence[str]) -> dict[str, list[str]]:
        """What the site shows for each query: slugs, best first."""
        with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
            file.write("\n".join(queries) + "\n")
            file.flush()
            limit = ("--limit", str(DEPTH))
            output = self.run("manage.py", "search", "--batch", file.name, "--json", *limit)
        lines = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
        return {line["query"]: line["slugs"] for line in lines}


class Databases:
    """Makes temporary databases. `engines` names the kinds that this machine can run.

    In a folder to keep, what was filled before is used again.
    """

    def __init__(self, keep: Path | None = None) -> None:
        self._keep = keep

    def __enter__(self) -> Databases:
        # So that a run that is stopped takes its cluster and its folder with it.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        self._stack = ExitStack()
        if self._keep:
            self.var = self._keep.resolve()
        else:
            folder = tempfile.TemporaryDirectory(prefix="parelkaart-bench-")
            self.var = Path(self._stack.enter_context(folder))
        (self.var / "static").mkdir(parents=True, exist_ok=True)
        self._cluster: dict[str, str] = {}
        if postgres.binaries() is None:
            print("SKIPPED: PostgreSQL is not installed here; only SQLite is measured.")
        else:
            self._cluster = self._stack.enter_context(self._server())
        return self

    def _server(self) -> AbstractContextManager[dict[str, str]]:
        return postgres.kept(self.var / "postgresql") if self._keep else postgres.cluster()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    @property
    def engines(self) -> list[str]:
        return ["sqlite", "postgresql"] if self._cluster else ["sqlite"]

    @property
    def cluster(self) -> dict[str, str]:
        """The DB_… variables of the cluster, or nothing when there is none."""
        return self._cluster

    def collect_static(self) -> None:
        """Pages link to hashed static files, so a page can only be made after this."""
        environment = self._environment("sqlite", "static")
        Catalogue("sqlite", environment).run("manage.py", "collectstatic", "--noinput", "-v", "0")

    def empty(self, engine: str, name: str) -> Catalogue:
        """A new database with its tables."""
        catalogue = Catalogue(engine, self._environment(engine, name))
        catalogue.run("manage.py", "migrate", "--verbosity", "0")
        return catalogue

    def catalogue(self, engine: str, name: str) -> Catalogue:
        """A new database with the real catalogue that ships with the project."""
        print(f"Loading the real catalogue ({name}, {engine})", flush=True)
        catalogue = self.empty(engine, name)
        catalogue.run("manage.py", "load_catalogue")
        catalogue.run("manage.py", "rebuild_search_index")
        return catalogue

    def filled(self, engine: str, count: int) -> Catalogue:
        """The real catalogue with generated entries; in a kept folder it is made only once.

        Migrations that came later are applied to it.
        """
        name = f"filled_{count}"
        ready = self.var / f"{name}.{engine}.ready"
        if ready.exists():
            catalogue = Catalogue(engine, self._environment(engine, name))
            catalogue.run("manage.py", "migrate", "--verbosity", "0")
            return catalogue
        self._drop(engine, name)
        catalogue = self.catalogue(engine, name)
        catalogue.generate(count)
        ready.touch()
        return catalogue

    def _drop(self, engine: str, name: str) -> None:
        """What a run left that was stopped while filling."""
        if engine == "sqlite":
            for file in self.var.glob(f"{name}.sqlite3*"):
                file.unlink()
            return
        with connect(self._cluster) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))

    def _environment(self, engine: str, name: str) -> dict[str, str]:
        kept = {
            key: value
            for key, value in os.environ.items()
            if key not in SITE_VARIABLES and not key.startswith("DB_")
        }
        site = {
            "VAR_DIR": str(self.var),
            "DEBUG": "0",
            "IS_HTTPS": "0",
            "SECRET_KEY": "only-for-benchmarks-" * 4,
            "MAP_TILES_URL": "",
            "LOG_LEVEL": "ERROR",
            # One visitor here asks what thousands would.
            **LIMITS_OFF,
            "PYTHONUNBUFFERED": "1",
            "DJANGO_SETTINGS_MODULE": "parelkaart.settings",
        }
        if engine == "sqlite":
            database = {"DB_ENGINE": "sqlite", "DB_NAME": str(self.var / f"{name}.sqlite3")}
        else:
            database = {**self._cluster, "DB_NAME": self.create_database(name)}
        return {**kept, **site, **database}

    def create_database(self, name: str) -> str:
        """Does nothing when there is one of that name, as in a folder that is kept."""
        known = "SELECT FROM pg_database WHERE datname = %s"
        with connect(self._cluster) as connection:
            if connection.execute(known, [name]).fetchone() is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return name


@contextmanager
def connect(variables: dict[str, str], name: str = "") -> Iterator[psycopg.Connection]:
    """A connection in autocommit mode to a database of the cluster."""
    connection = psycopg.connect(
        host=variables["DB_HOST"],
        port=variables["DB_PORT"],
        user=variables["DB_USER"],
        dbname=name or variables["DB_NAME"],
        autocommit=True,
    )
    with connection:
        yield connection
