"""The drill: a backup of each database goes back into the other, and nothing is lost.

Compared is what Django's own serializers say of both sites, and the files one by one.
"""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

import psycopg
import pytest

from tests.processes import manage, production, python

# With all rows in place, but before they are there for others.
KILLED = """
import os, signal, sys, django
django.setup()
from django.core.management import call_command
from parelkaart.backup import restoring
restoring.rebuild = lambda progress: os.kill(os.getpid(), signal.SIGKILL)
call_command("restore", sys.argv[1])
"""


def done(*arguments, environment):
    """What a command said, when it went well."""
    finished = manage(*arguments, environment=environment)
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


def refused(*arguments, environment):
    finished = manage(*arguments, environment=environment)
    assert finished.returncode == 1, finished.stdout
    return finished.stderr


def everything(environment):
    """The rows of a site, what its search finds, and its files."""
    looked = python("-m", "tests.servers.looking", environment=environment)
    assert looked.returncode == 0, looked.stderr
    media = Path(environment["VAR_DIR"], "media")
    files = {str(p.relative_to(media)): p.read_bytes() for p in media.rglob("*") if p.is_file()}
    return json.loads(looked.stdout) | {"files": files}


def place(folder: Path, **variables: str) -> dict[str, str]:
    (folder / "static").mkdir(parents=True)
    settings = {"DJANGO_SETTINGS_MODULE": "parelkaart.settings", "IS_HTTPS": "0"}
    return production(folder, **settings, **variables)


@pytest.fixture(scope="module")
def trial(prepared, tmp_path_factory) -> dict[str, str]:
    """A site on SQLite with the real catalogue, and something in every other table."""
    var = tmp_path_factory.mktemp("trial")
    prepared.put_tables(var)
    environment = place(var)
    filled = python("-m", "tests.servers.filling", environment=environment)
    assert filled.returncode == 0, filled.stderr
    return environment


@pytest.fixture(scope="module")
def before(trial):
    return everything(trial)


@pytest.fixture
def on_postgres(primary, tmp_path) -> Callable[[str], dict[str, str]]:
    """Each site has a copy of the server's first database, which nothing is written to."""

    def make(name: str) -> dict[str, str]:
        with connected(primary.variables | {"DB_NAME": "template1"}, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE postgres")
        return place(tmp_path / name, **primary.variables | {"DB_NAME": name})

    return make


def connected(variables, **options):
    return psycopg.connect(
        dbname=variables["DB_NAME"],
        host=variables["DB_HOST"],
        user=variables["DB_USER"],
        **options,
    )


def manifest(path):
    return json.loads(ZipFile(path).read("manifest.json"))["tables"]


def test_backup_goes_from_sqlite_to_postgresql_and_back(
    prepared, trial, before, on_postgres, tmp_path
):
    there = on_postgres("drill")
    one, two, wrong = (tmp_path / name for name in ("one.zip", "two.zip", "wrong.zip"))
    done("backup", one, environment=trial)
    assert [name for name, table in manifest(one).items() if not table["rows"]] == []

    # What is refused or killed leaves the database as empty as the last one needs it.
    whole = one.read_bytes()
    damaged = whole[:10_000] + bytes([whole[10_000] ^ 1]) + whole[10_001:]
    for content, reason in ((damaged, "beschadigd"), (whole[:-1000], "het einde ontbreekt")):
        wrong.write_bytes(content)
        assert reason in refused("restore", wrong, environment=there)
    assert python("-c", KILLED, str(one), environment=there).returncode == -signal.SIGKILL
    assert "Hersteld." in done("restore", one, environment=there)
    assert everything(there) == before

    done("backup", two, environment=there)
    back = place(tmp_path / "back")
    prepared.put_tables(tmp_path / "back")
    done("restore", two, environment=back)

    assert everything(back) == before
    assert manifest(two) == manifest(one)
    assert len(before["files"]) > 5


def test_trial_on_sqlite_goes_on_in_postgresql(trial, before, on_postgres, tmp_path):
    there = on_postgres("grown")
    path = Path(trial["VAR_DIR"], "parelkaart.sqlite3")
    older = tmp_path / "older.sqlite3"
    shutil.copy(path, older)
    with closing(sqlite3.connect(older)) as connection, connection:
        connection.execute("DELETE FROM django_migrations WHERE app = 'mfa'")

    assert "De database mist mfa.0001_initial" in refused(
        "copy_from_sqlite", older, environment=there
    )
    told = done("copy_from_sqlite", path, environment=there).splitlines()[-1]

    assert told.startswith("Klaar: ")
    assert told.endswith("alle gelijk aan de proef.")
    assert everything(there) == before | {"files": {}}
    with connected(there) as connection:
        made = connection.execute(
            "INSERT INTO practices_synonymgroup (words, finds, related, topic, note)"
            " VALUES ('een', '', '', '', '') RETURNING id"
        ).fetchone()
        highest = connection.execute(
            "SELECT max(id) FROM practices_synonymgroup WHERE words <> 'een'"
        ).fetchone()
    # The key in between was given to a row that is gone.
    assert made[0] == highest[0] + 2

    again = refused("copy_from_sqlite", path, environment=there)

    assert "De database is niet leeg: " in again
    assert "Er is niets veranderd." in again


# --- while somebody writes ------------------------------------------------------------------------

# In one transaction, in tables that are far apart in the backup.
CHANGES = (
    "UPDATE auth_group SET name = '{n}' WHERE id = (SELECT min(id) FROM auth_group)",
    "UPDATE practices_theme SET definition = '{n}'",
)


def both(path):
    """What the backup has of both changes."""
    archive = ZipFile(path)

    def values(table, column):
        place = manifest(path)[table]["columns"].index(column)
        lines = archive.read(f"tables/{table}.jsonl").splitlines()
        return [json.loads(line)[place] for line in lines]

    return values("auth_group", "name")[0], set(values("practices_theme", "definition"))


def backup_while_writing(environment, connect, path):
    """Makes a backup amid transactions; gives how many there were."""
    stop, written = threading.Event(), []

    def write():
        with closing(connect()) as connection:
            while not stop.is_set():
                for change in CHANGES:
                    connection.execute(change.format(n=len(written) + 1))
                connection.commit()
                written.append(True)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        done("backup", path, environment=environment)
    finally:
        stop.set()
        writer.join()
    return len(written)


def test_backup_of_sqlite_is_of_one_moment_and_nobody_waits(trial, tmp_path):
    busy = place(tmp_path / "busy")
    database = tmp_path / "busy" / "parelkaart.sqlite3"
    shutil.copy(Path(trial["VAR_DIR"], "parelkaart.sqlite3"), database)

    written = backup_while_writing(busy, lambda: sqlite3.connect(database), tmp_path / "b.zip")

    name, definitions = both(tmp_path / "b.zip")
    assert definitions == {name}
    assert 1 < int(name) < written


def test_backup_of_postgresql_is_of_one_moment_and_nobody_waits(on_postgres, tmp_path):
    busy = on_postgres("busy")
    with connected(busy) as connection:
        connection.execute(
            "INSERT INTO practices_theme (name, slug, definition, synonyms, position)"
            " VALUES ('taal', 'taal', '', '', 0)"
        )

    written = backup_while_writing(busy, lambda: connected(busy), tmp_path / "b.zip")

    name, definitions = both(tmp_path / "b.zip")
    assert definitions == {name}
    assert 1 < int(name) < written
