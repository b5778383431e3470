"""Runs the site and its commands as an operator does: in a process with its own environment."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from tests.environment import LIMITS_OFF

ROOT = Path(__file__).resolve().parent.parent


def production(var: Path, **variables: str) -> dict[str, str]:
    """The environment of a real site, with a SQLite database in the folder."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    key = "".join(chr(ord("A") + number % 50) for number in range(70))
    always = {"SECRET_KEY": key, "VAR_DIR": str(var), "PYTHONWARNINGS": "error"}
    return kept | LIMITS_OFF | always | variables


def manage(
    *arguments: str, environment: dict[str, str], timeout: int = 120
) -> subprocess.CompletedProcess[str]:
    return python("manage.py", *arguments, environment=environment, timeout=timeout)


def python(
    *arguments: str, environment: dict[str, str], timeout: int = 120
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


@dataclass
class Site:
    """A web server on this machine, with the process that runs it and what it wrote."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def get(self, path: str, **options: Any) -> requests.Response:
        return requests.get(f"{self.url}{path}", timeout=30, **options)

    def kill(self) -> None:
        """As the kernel does: no process of it may finish anything."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def serving(environment: dict[str, str], *options: str) -> Iterator[Site]:
    """Granian with the site, until the block ends; the options are added to its own.

    Static files are to be collected first where a page is asked for.
    """
    port = free_port()
    var = Path(environment["VAR_DIR"])
    # WhiteNoise warns where nothing was collected.
    (var / "static").mkdir(exist_ok=True)
    log = var / f"web-{port}.log"
    path = f"{Path(sys.executable).parent}:{environment['PATH']}"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [ROOT / "deploy" / "serve", *options],
            cwd=ROOT,
            env=environment | {"PATH": path, "GRANIAN_PORT": str(port)},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    site = Site(f"http://127.0.0.1:{port}", process, log)
    try:
        wait_for(site)
        yield site
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                site.kill()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(site: Site) -> None:
    """Until it answers, whatever it answers."""
    for _ in range(600):
        if site.process.poll() is not None:
            break
        try:
            site.get("/robots.txt")
        except requests.ConnectionError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"The site does not answer:\n{site.log.read_text()}")
