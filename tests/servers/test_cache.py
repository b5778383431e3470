"""Counts of attempts in Redis, which two web processes share."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.prepared import Prepared
from tests.processes import Site, serving
from tests.servers.catalogue import environment_of, fill

SERVER = shutil.which("redis-server")
pytestmark = pytest.mark.skipif(
    SERVER is None, reason="SKIPPED / OVERGESLAGEN: redis-server is not installed"
)


@contextmanager
def redis(socket: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [str(SERVER), "--port", "0", "--unixsocket", str(socket), "--save", ""]
    with (socket.parent / "redis.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=socket.parent, stdout=log, stderr=log)
    try:
        for _ in range(200):
            if socket.exists():
                break
            time.sleep(0.05)
        yield process
    finally:
        process.terminate()
        process.wait()


@pytest.fixture
def environment(prepared: Prepared, tmp_path: Path) -> dict[str, str]:
    prepared.put_tables(tmp_path)
    made = environment_of(prepared, tmp_path, CACHE_DEFAULT=f"unix://{tmp_path}/redis.sock")
    fill(made)
    return made


def sign_in(site: Site) -> requests.Response:
    """With the wrong password."""
    session = requests.Session()
    session.headers["Host"] = "localhost"  # The counts are of one host name.
    session.get(f"{site.url}/inloggen/", timeout=30)
    data: dict[str, Any] = {
        "login": "gebruiker-0",
        "password": "verkeerd",
        "csrfmiddlewaretoken": session.cookies["csrftoken"],
    }
    return session.post(f"{site.url}/inloggen/", data, timeout=30)


def test_processes_count_attempts_together_and_readers_do_not_need_it(environment, tmp_path):
    with serving(environment) as one, serving(environment) as other:
        with redis(tmp_path / "redis.sock"):
            tries = [sign_in(site).text for site in (one, other) * 3]
        without = sign_in(one)

        refused = ["te vaak misgegaan" in text for text in tries]
        assert refused == [False] * 5 + [True]
        assert without.status_code == 503
        assert one.get("/praktijken/").status_code == 200
