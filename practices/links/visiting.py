"""Asks a site whether a page is there, without taking more of it than the answer.

The connection goes to the very address that was checked: between the check and the visit
the name cannot come to mean something else. Redirects are followed here, each checked anew.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from enum import Enum
from http.client import HTTPException
from urllib.parse import urldefrag, urljoin

import certifi
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from practices.links.addresses import PORTS, RefusedError, Resolve, Rule, is_public, look_up, target
from practices.links.addresses import Target as Place

MAX_REDIRECTS = 5
STEP_SECONDS = 10  # for connecting, and for each wait on the other side
REQUEST_SECONDS = 20  # for a whole request, however slowly the other side talks
PAUSE_SECONDS = 1.0  # between two requests to one host
REDIRECTS = (301, 302, 303, 307, 308)
GONE = (404, 410)
BUSY = (408, 425, 429)

TOO_MANY_REDIRECTS = f"De site verwijst meer dan {MAX_REDIRECTS} keer door."
NO_SUCH_NAME = "De naam van de site bestaat niet, of is nu niet te vinden."
BAD_CERTIFICATE = (
    "We konden het certificaat van de site niet controleren. Kijk zelf of de link werkt."
)
NO_ANSWER = "De site geeft geen antwoord."
NOT_THERE = "De pagina bestaat niet meer ({status})."
TROUBLE = "De site meldt een storing ({status})."
CLOSED = "De site laat onze controle niet toe ({status}). Kijk zelf of de link werkt."


class Result(Enum):
    WORKS = "works"
    GONE = "gone"
    TROUBLE = "trouble"
    REFUSED = "refused"


@dataclass(frozen=True)
class Outcome:
    """`answered`: there was a site at the other end, whatever it said."""

    result: Result
    reason: str = ""
    answered: bool = True

    @property
    def is_silence(self) -> bool:
        return self.result == Result.TROUBLE and not self.answered


class Pace:
    """Lets requests to one host wait for each other, also those of other threads."""

    def __init__(self, pause: float) -> None:
        self._pause = pause
        self._next: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, host: str) -> None:
        with self._lock:
            now = time.monotonic()
            start = max(now, self._next.get(host, now))
            self._next[host] = start + self._pause
        time.sleep(start - now)


@dataclass
class Visitor:
    """What is not given is as on a real site; tests bring their own addresses and ports."""

    agent: str
    resolve: Resolve = look_up
    rule: Rule = is_public
    ports: dict[str, int] = field(default_factory=lambda: PORTS)
    pause: float = PAUSE_SECONDS
    request_seconds: float = REQUEST_SECONDS

    def __post_init__(self) -> None:
        self._pace = Pace(self.pause)

    def visit(self, url: str) -> Outcome:
        """Never raises: what goes wrong on the way is the answer."""
        try:
            return self._follow(url)
        except RefusedError as refused:
            return Outcome(Result.REFUSED, str(refused), answered=False)
        except socket.gaierror:
            return Outcome(Result.TROUBLE, NO_SUCH_NAME, answered=False)
        except ssl.SSLCertVerificationError:
            # Browsers complete a chain that misses a part; we cannot tell the two apart.
            return Outcome(Result.WORKS, BAD_CERTIFICATE)
        except (OSError, HTTPError, HTTPException, ValueError):
            return Outcome(Result.TROUBLE, NO_ANSWER, answered=False)

    def _follow(self, url: str) -> Outcome:
        for _ in range(MAX_REDIRECTS + 1):
            status, location = self._ask(url)
            if status not in REDIRECTS or not location:
                return outcome_of(status)
            url = urldefrag(urljoin(url, location)).url
        return Outcome(Result.TROUBLE, TOO_MANY_REDIRECTS)

    def _ask(self, url: str) -> tuple[int, str]:
        """Many sites answer HEAD in another way than they answer a reader."""
        try:
            status, location = self._request("HEAD", url)
            if status < 400:
                return status, location
        except (RefusedError, socket.gaierror, ssl.SSLCertVerificationError):
            raise
        except (OSError, HTTPError, HTTPException):
            pass
        return self._request("GET", url)

    def _request(self, method: str, url: str) -> tuple[int, str]:
        place = target(url, self.resolve, self.rule, self.ports)
        self._pace.wait(place.host)
        headers = {"User-Agent": self.agent, "Accept": "*/*", "Connection": "close"}
        if method == "GET":
            headers["Range"] = "bytes=0-1023"
        connection = _connection(place)
        with _deadline(connection, self.request_seconds):
            connection.request(method, place.path, headers=headers, preload_content=False)
            # Only the first lines are read; the rest of a page stays where it is.
            with closing(connection.getresponse()) as response:
                return response.status, response.headers.get("Location", "")


def outcome_of(status: int) -> Outcome:
    """416: the page is there, and shorter than the part that was asked for."""
    if status < 400 or status == 416:
        return Outcome(Result.WORKS)
    if status in GONE:
        return Outcome(Result.GONE, NOT_THERE.format(status=status))
    if status >= 500 or status in BUSY:
        return Outcome(Result.TROUBLE, TROUBLE.format(status=status))
    return Outcome(Result.WORKS, CLOSED.format(status=status))


# --- the connection -----------------------------------------------------------------


class _Pinned:
    """Keeps the name for the request and the certificate, and connects to a checked address.

    `line` is a second handle on the socket: TLS takes the first one over.
    """

    addresses: tuple[str, ...] = ()
    line: socket.socket | None = None

    def _new_conn(self) -> socket.socket:
        failure = OSError("no address")
        for address in self.addresses:
            try:
                made = socket.create_connection((address, self.port), self.timeout)  # type: ignore[attr-defined]
            except OSError as error:
                failure = error
            else:
                self.line = made.dup()
                return made
        raise failure


class _PlainConnection(_Pinned, HTTPConnection):
    pass


class _SecureConnection(_Pinned, HTTPSConnection):
    pass


def _connection(place: Place) -> _PlainConnection | _SecureConnection:
    made: _PlainConnection | _SecureConnection
    if place.scheme == "https":
        made = _SecureConnection(
            place.host,
            place.port,
            timeout=STEP_SECONDS,
            cert_reqs="CERT_REQUIRED",
            ca_certs=certifi.where(),
        )
    else:
        made = _PlainConnection(place.host, place.port, timeout=STEP_SECONDS)
    made.addresses = place.addresses
    return made


@contextmanager
def _deadline(connection: _PlainConnection | _SecureConnection, seconds: float) -> Iterator[None]:
    """Each timeout of a socket starts anew with every byte; this one does not."""
    late = threading.Event()
    timer = threading.Timer(seconds, _hang_up, [connection, late])
    timer.daemon = True
    timer.start()
    try:
        yield
        if late.is_set():
            # What was cut off half-way can look like a whole answer.
            raise TimeoutError
    finally:
        timer.cancel()
        connection.close()
        if connection.line is not None:
            connection.line.close()


def _hang_up(connection: _PlainConnection | _SecureConnection, late: threading.Event) -> None:
    late.set()
    if connection.line is not None:
        try:
            connection.line.shutdown(socket.SHUT_RDWR)
        except OSError:
            return
