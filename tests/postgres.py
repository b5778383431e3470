"""A PostgreSQL cluster that lives as long as a command.

`python -m tests.postgres -- python -m pytest tests/contract` runs those tests on it.
It is reached through a socket in a folder of its own, so it opens no port and cannot meet
another cluster. The command finds it through the DB_… variables of the site.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

USER = "parelkaart"
# The cluster is thrown away: it need not survive a power cut.
OPTIONS = (
    "listen_addresses=",
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "autovacuum=off",
)


@cache
def binaries() -> Path | None:
    """The folder of the newest server's programs; Debian keeps them out of PATH."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda folder: float(folder.parent.name))
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def version() -> str:
    """For the summary, for example "PostgreSQL 15.18"."""
    folder = binaries()
    if folder is None:
        return ""
    told = subprocess.run(
        [folder / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout
    number = re.search(r"[\d.]+", told)
    return f"PostgreSQL {number.group()}" if number else told.strip()


class Server:
    """One server in a folder of its own, which it owns; it can be stopped and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"

    @property
    def variables(self) -> dict[str, str]:
        """The environment that leads to it."""
        return {
            "DB_ENGINE": "postgresql",
            "DB_HOST": str(self.folder),
            "DB_PORT": "5432",
            "DB_NAME": "postgres",
            "DB_USER": USER,
            "DB_PASSWORD": "",
        }

    @property
    def url(self) -> str:
        return f"postgresql://{USER}@/postgres?host={self.folder}"

    def create(self, template: Path | None = None) -> None:
        """Empty, or with what the data folder of a stopped server has."""
        if template is not None:
            # With its owner, who is another than the one that runs this.
            subprocess.run(["cp", "-a", template, self.data], check=True)
            return
        options = ["--locale=C.UTF-8", "--no-sync"]
        self._run(["initdb", "-D", self.data, "-U", USER, "-A", "trust", "-E", "UTF8"], options)

    def copy(self, primary: Server) -> None:
        """Makes this a replica that follows the other, which must be running."""
        self._run(
            ["pg_basebackup", "-h", primary.folder, "-U", USER, "-D", self.data],
            ["--write-recovery-conf", "--wal-method=stream", "--checkpoint=fast", "--no-sync"],
        )

    @property
    def _is_running(self) -> bool:
        return (self.data / "postmaster.pid").exists()

    def start(self) -> None:
        if self._is_running:
            return
        settings = " ".join(f"-c {option}" for option in OPTIONS)
        self._run(
            ["pg_ctl", "-D", self.data, "-w", "-l", self.folder / "log"],
            ["-o", f"-k {self.folder} {settings}", "start"],
        )

    def stop(self, how: str = "immediate") -> None:
        """At once, as a machine that fails: sessions end in the middle of what they did.

        "fast" also ends them, but writes everything first, so that it starts quickly again.
        """
        if self._is_running:
            self._run(["pg_ctl", "-D", self.data, "-m", how, "stop"])

    def _run(self, *parts: list[Any]) -> None:
        _run(self.folder, _owner(), *parts)


@contextmanager
def server() -> Iterator[Server]:
    """A place for a server, which is still to be made and started."""
    # /tmp and not the TMPDIR of the machine: the path of a socket may have 107 characters.
    folder = Path(tempfile.mkdtemp(prefix="parelkaart-pg-", dir="/tmp"))
    as_owner = _owner()
    if as_owner:
        shutil.chown(folder, as_owner["user"], as_owner["group"])
    made = Server(folder)
    try:
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def primary(template: Path | None = None) -> Iterator[Server]:
    """A new server that runs; see `Server.create`."""
    with server() as made:
        made.create(template)
        made.start()
        yield made


@contextmanager
def replica(of: Server) -> Iterator[Server]:
    """A running server that follows the other by streaming replication."""
    with server() as made:
        made.copy(of)
        made.start()
        yield made


@contextmanager
def cluster() -> Iterator[dict[str, str]]:
    """Runs a new, empty cluster; gives the environment that leads to it."""
    with primary() as made:
        yield made.variables


@contextmanager
def kept(folder: Path) -> Iterator[dict[str, str]]:
    """A cluster whose data stays in the folder for a next time."""
    folder.mkdir(parents=True, exist_ok=True)
    if as_owner := _owner():
        shutil.chown(folder, as_owner["user"], as_owner["group"])
    made = Server(folder)
    if not (made.data / "PG_VERSION").exists():
        made.create()
    made.start()
    try:
        yield made.variables
    finally:
        made.stop("fast")


def _owner() -> dict[str, Any]:
    """PostgreSQL refuses to run as root; then its own user takes over."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    name = "postgres" if "postgres" in names else "nobody"
    return {"user": name, "group": pwd.getpwnam(name).pw_gid, "extra_groups": []}


def _run(folder: Path, as_owner: dict[str, Any], *parts: list[Any]) -> None:
    program, *arguments = [str(word) for part in parts for word in part]
    home = binaries()
    assert home is not None, "PostgreSQL is not installed here"
    # pg_ctl's server keeps the output open: without a file, reading it would never end.
    with (folder / "output").open("w+") as output:
        done = subprocess.run(
            [home / program, *arguments],
            cwd=folder,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
            **as_owner,
        )
        if done.returncode:
            output.seek(0)
            raise RuntimeError(f"{program} failed:\n{output.read()}")


def main() -> int:
    command = sys.argv[1:]
    if command[:1] == ["--"]:
        command = command[1:]
    if not command or binaries() is None:
        sys.stderr.write("Usage: python -m tests.postgres -- COMMAND (needs PostgreSQL)\n")
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with cluster() as variables:
        return subprocess.run(command, env=os.environ | variables, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
