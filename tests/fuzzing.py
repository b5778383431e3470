"""Sends what tests/strategies.py makes to the site, to find an answer that is a fault of ours.

The application itself is called, as a web server would, without a socket. Each request is taken
back afterwards, so that the next one finds the same site and a fault can be repeated.
`python -m benchmarks.robustness` does it by the ten thousand; tests/campaigns.py says what is sent.
"""

from __future__ import annotations

import re
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from math import inf
from typing import Any
from urllib.parse import unquote_to_bytes

from django.conf import settings as site_settings
from django.core.signals import got_request_exception, request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import Client, TestCase
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

TOKEN = "a" * 32
URLENCODED = "application/x-www-form-urlencoded"
Headers = dict[str, str]


@dataclass(frozen=True)
class Ask:
    path: str  # with its escapes
    query: str = ""
    method: str = "GET"
    body: bytes = b""
    headers: Headers = field(default_factory=dict)  # names as in WSGI
    signed_in: bool = False


# --- one request ------------------------------------------------------------------------


class Site:
    """The application with somebody who may do everything. Use it in `undone()`."""

    def __init__(self, user: Any) -> None:
        from parelkaart.wsgi import application

        self.application = application
        self.client = Client()
        self.client.force_login(user)
        self.cookie = site_settings.SESSION_COOKIE_NAME
        self.key = self.client.cookies[self.cookie].value
        self.sent = 0

    def answer(self, ask: Ask) -> tuple[int, str]:
        """The status, and the place of the exception behind it or nothing."""
        self.sent += 1
        faults: list[str] = []

        def note(**_: Any) -> None:
            faults.append(place_of_fault())

        got_request_exception.connect(note)
        try:
            with kept_connection():
                return self._status(ask), "".join(faults[:1])
        except Exception:  # noqa: BLE001 - the web server would have had it
            return 599, place_of_fault()
        finally:
            got_request_exception.disconnect(note)

    def _status(self, ask: Ask) -> int:
        told: list[str] = []

        def start(status: str, *_: Any) -> Callable[[bytes], object]:
            told.append(status)
            return len

        with closing(self.application(self._environ(ask), start)) as content:
            for _ in content:
                pass
        return int(told[0].split()[0])

    def _environ(self, ask: Ask) -> dict[str, Any]:
        cookies = [f"{site_settings.CSRF_COOKIE_NAME}={TOKEN}"]
        if ask.signed_in:
            cookies.append(f"{self.cookie}={self.key}")
        return {
            "REQUEST_METHOD": ask.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(ask.path).decode("latin-1"),
            "QUERY_STRING": ask.query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            # So that limits by address do not answer for the pages behind them.
            "REMOTE_ADDR": f"10.{self.sent >> 16 & 255}.{self.sent >> 8 & 255}.{self.sent & 255}",
            "HTTP_HOST": "127.0.0.1",
            "HTTP_COOKIE": "; ".join(cookies),
            "HTTP_X_CSRFTOKEN": TOKEN,
            "CONTENT_LENGTH": str(len(ask.body)),
            "CONTENT_TYPE": URLENCODED if ask.body else "",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(ask.body),
            "wsgi.errors": BytesIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            **ask.headers,
        }


def place_of_fault() -> str:
    """The exception that is being handled, with the line of ours that it came from."""
    lines = traceback.format_exc().splitlines()
    ours = [
        line.strip()
        for line in lines
        if re.search(r"/(practices|municipalities|parelkaart)/", line)
    ]
    last = [line.strip() for line in lines if line.strip().startswith("File ")][-1:]
    return " | ".join([lines[-1][:300], *ours[-1:], *last])


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside is taken back; mails and the like that wait for the end are done."""
    with transaction.atomic():
        with TestCase.captureOnCommitCallbacks(execute=True):
            yield
        transaction.set_rollback(True)


@contextmanager
def kept_connection() -> Iterator[None]:
    """A server may close its connection around each request; here it holds what was made."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


# --- by the number ------------------------------------------------------------------------


@dataclass(frozen=True)
class Campaign:
    """`share` of all requests; `ask` makes one."""

    name: str
    share: int
    ask: st.SearchStrategy[Ask]


@dataclass
class Result:
    statuses: Counter[int] = field(default_factory=Counter)
    faults: dict[str, Any] = field(default_factory=dict)
    """By what went wrong: the first that did it."""

    @property
    def sent(self) -> int:
        return self.statuses.total()


def run(site: Site, campaign: Campaign, examples: int, until: float = inf) -> Result:
    """Goes on after a fault: one must not hide the others."""
    result = Result()

    each(campaign.ask, lambda ask: look(site, ask, result), examples, until)
    return result


def look(site: Site, ask: Ask, result: Result) -> None:
    with undone():
        status, fault = site.answer(ask)
    result.statuses[status] += 1
    # Health may tell that something else is not well. No other page may: a 503 can hide an error
    # of the database.
    well = status < 500 or (status == 503 and not fault and ask.path == "/_healthz/")
    if not well:
        result.faults.setdefault(f"{status} {fault}", ask)


def each(
    made: st.SearchStrategy[Any], look: Callable[[Any], None], examples: int, until: float = inf
) -> None:
    """The same examples each time; none after the moment `until` of the monotonic clock."""

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(made)
    def check(one: Any) -> None:
        if time.monotonic() < until:
            look(one)

    check()
