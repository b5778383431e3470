"""What happens to requests when the web server stops or starts anew (deploy/serve)."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
import requests

from tests.postgres import USER, Server
from tests.processes import ROOT, Site, serving
from tests.servers.catalogue import environment_of, fill

PAGE = "/praktijken/proef/"


@pytest.fixture(scope="module")
def environment(primary: Server, prepared, tmp_path_factory):
    var = tmp_path_factory.mktemp("site")
    made = environment_of(prepared, var, **primary.variables, GRANIAN_RESPAWN_INTERVAL="1")
    fill(made)
    return made


@contextmanager
def practices_locked(server: Server) -> Iterator[psycopg.Connection]:
    """Whoever reads a practice has to wait until the connection commits."""
    with psycopg.connect(host=str(server.folder), user=USER, dbname="postgres") as connection:
        connection.execute("LOCK TABLE practices_practice IN ACCESS EXCLUSIVE MODE")
        yield connection


def wait_until_somebody_waits(connection: psycopg.Connection) -> None:
    question = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    for _ in range(200):
        if connection.execute(question).fetchone() != (0,):
            return
        time.sleep(0.05)
    raise AssertionError("No request waits for the lock.")


def is_refused(site: Site) -> bool:
    try:
        site.get("/robots.txt")
    except requests.ConnectionError:
        return True
    return False


def wait_for_line(log: Path, line: str) -> bool:
    for _ in range(1200):
        if line in log.read_text():
            return True
        time.sleep(0.05)
    return False


def wait_for_more(answers: list[int], than: int) -> None:
    for _ in range(600):
        if len(answers) > than:
            return
        time.sleep(0.05)


def test_stopping_lets_requests_finish_and_takes_no_new_ones(environment, primary):
    with serving(environment) as site, ThreadPoolExecutor() as pool:
        with practices_locked(primary) as lock:
            slow = pool.submit(site.get, PAGE)
            wait_until_somebody_waits(lock)
            # A worker that is asked to stop while it starts may not hear it (Python's signals).
            time.sleep(1)
            site.process.send_signal(signal.SIGTERM)
            for _ in range(100):
                if refused := is_refused(site):
                    break
                time.sleep(0.05)
            still_running = site.process.poll() is None and not slow.done()
            lock.commit()
        answer = slow.result()
        status = site.process.wait(timeout=30)

    assert (refused, still_running) == (True, True)
    assert (answer.status_code, "De eerste titel" in answer.text) == (200, True)
    assert status == 0


# --- starting anew ------------------------------------------------------------------------


class SocketFile(HTTPConnection):
    """To a server on a socket file, as nginx does."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=60)
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(60)
        self.sock.connect(self.path)


def status_of(path: str) -> int:
    connection = SocketFile(path)
    try:
        connection.request("GET", PAGE)
        return connection.getresponse().status
    finally:
        connection.close()


@contextmanager
def on_socket_file(environment: dict[str, str], path: str) -> Iterator[tuple[Any, Path]]:
    log = Path(path).with_suffix(".log")
    with log.open("wb") as output:
        process = subprocess.Popen(
            [ROOT / "deploy" / "serve"],
            cwd=ROOT,
            env=environment
            | {"GRANIAN_UDS": path, "PATH": f"{Path(sys.executable).parent}:{environment['PATH']}"},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        assert wait_for_line(log, "Started worker-1"), log.read_text()
        yield process, log
    finally:
        process.terminate()
        process.wait(timeout=60)


def test_new_processes_take_over_without_a_request_lost(environment, tmp_path):
    """At SIGHUP, as `systemctl reload` does; also when the new process is late."""
    path = str(tmp_path / "web.sock")
    answers: list[int] = []
    done = threading.Event()

    def visit() -> None:
        while not done.is_set():
            answers.append(status_of(path))

    with on_socket_file(environment, path) as (process, log), ThreadPoolExecutor() as pool:
        visitors = [pool.submit(visit) for _ in range(2)]
        process.send_signal(signal.SIGHUP)
        taken_over = wait_for_line(log, "Stopped old worker-1")
        with_new = len(answers)
        time.sleep(1)
        wait_for_more(answers, with_new)
        done.set()
        failures = [visitor.exception() for visitor in visitors]

    assert failures == [None, None]
    assert (taken_over, set(answers)) == (True, {200})
    assert 0 < with_new < len(answers)


def test_length_that_is_no_number_does_not_reach_the_application(environment):
    """Django would fail on it; the web server answers, and goes on."""
    with serving(environment) as site:
        answers = [first_line(site, length) for length in ("abc", "-1", "1, 2", "9" * 40)]
        after = site.get("/robots.txt").status_code

    assert (answers, after) == (["HTTP/1.1 400 Bad Request"] * 4, 200)


def first_line(site: Site, length: str) -> str:
    parts = urlsplit(site.url)
    head = f"POST /suggesties/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n"
    with socket.create_connection((parts.hostname, parts.port), timeout=30) as connection:
        connection.sendall(head.encode())
        return connection.recv(4096).decode().partition("\r\n")[0]
