"""Sends what was planned at the planned moments, however slow the answers are.

Latency counts from the planned moment. A client that waits for one answer before it sends the
next asks less of a site that is slow, and so leaves out the waiting of everybody who would
have come meanwhile (coordinated omission). Everything is one thread, and one small parser:
client and site share the processors.
"""

from __future__ import annotations

import asyncio
import gzip
import ipaddress
import time
from collections.abc import Awaitable
from dataclasses import dataclass
from urllib.parse import urlsplit

from benchmarks.load.plan import Arrival

TIMEOUT = 30.0  # seconds for one answer
MOST_OPEN = 200  # connections
READ_LIMIT = 2**20
AGENT = "parelkaart-load"
ACCEPTED = {200, 304}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    cookies: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode()


@dataclass
class Sample:
    """`late`: how long after its planned moment the client itself began, in seconds."""

    kind: str
    seconds: float
    status: int
    size: int = 0
    late: float = 0.0
    error: str = ""


class Client:
    """Keeps connections open, as browsers and proxies do. Talks to this machine only."""

    def __init__(self, url: str) -> None:
        self.host, self.port = own_machine(url)
        self.samples: list[Sample] = []
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
        self._open = asyncio.Semaphore(MOST_OPEN)
        self._tags: dict[str, str] = {}

    async def run(self, arrivals: list[Arrival], began: float) -> None:
        """Ends by itself: when all have an answer, or waited long enough."""
        async with asyncio.TaskGroup() as tasks:
            for arrival in arrivals:
                await asyncio.sleep(began + arrival.at - time.monotonic())
                tasks.create_task(self._visit(arrival, began + arrival.at))

    async def _visit(self, arrival: Arrival, planned: float) -> None:
        tag = self._tags.get(arrival.address) if arrival.again else None
        headers = {"If-None-Match": tag} if tag else {}
        kind = f"{arrival.kind}, again" if tag else arrival.kind
        answer = await self.timed(kind, planned, self.ask("GET", arrival.address, headers))
        if answer and "etag" in answer.headers:
            self._tags[arrival.address] = answer.headers["etag"]

    async def timed(
        self,
        kind: str,
        planned: float,
        asking: Awaitable[Answer],
        accepted: set[int] = ACCEPTED,
    ) -> Answer | None:
        late = time.monotonic() - planned
        try:
            answer = await asyncio.wait_for(asking, TIMEOUT)
        except (OSError, EOFError, ValueError, IndexError) as problem:
            error = f"{type(problem).__name__} {problem}".strip()
            self.samples.append(Sample(kind, time.monotonic() - planned, 0, late=late, error=error))
            return None
        took = time.monotonic() - planned
        error = "" if answer.status in accepted else f"status {answer.status}"
        self.samples.append(Sample(kind, took, answer.status, len(answer.body), late, error))
        return answer

    async def ask(
        self, method: str, address: str, headers: dict[str, str] | None = None, body: bytes = b""
    ) -> Answer:
        async with self._open:
            if self._idle:
                try:
                    return await self._exchange(self._idle.pop(), method, address, headers, body)
                except (asyncio.IncompleteReadError, ConnectionError):
                    if method != "GET":
                        raise
                    # The site closed a connection that had nothing to do: no fault.
            connection = await asyncio.open_connection(self.host, self.port, limit=READ_LIMIT)
            return await self._exchange(connection, method, address, headers, body)

    async def _exchange(
        self,
        connection: tuple[asyncio.StreamReader, asyncio.StreamWriter],
        method: str,
        address: str,
        headers: dict[str, str] | None,
        body: bytes,
    ) -> Answer:
        reader, writer = connection
        done = False
        try:
            writer.write(_request(method, address, f"{self.host}:{self.port}", headers, body))
            answer = await _answer(reader)
            done = answer.headers.get("connection", "") != "close"
            return answer
        finally:
            if done:
                self._idle.append(connection)
            else:
                writer.close()

    async def close(self) -> None:
        for _, writer in self._idle:
            writer.close()
            await writer.wait_closed()


def own_machine(url: str) -> tuple[str, int]:
    """Host and port; SystemExit for any other machine than this one."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        is_own = ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_own = False
    if parts.scheme != "http" or not is_own:
        raise SystemExit(f"{url}: this only loads a site on this machine, by its number.")
    return host, parts.port or 80


def _request(
    method: str, address: str, host: str, headers: dict[str, str] | None, body: bytes
) -> bytes:
    lines = [
        f"{method} {address} HTTP/1.1",
        f"Host: {host}",
        f"User-Agent: {AGENT}",
        "Accept-Encoding: gzip",
        *(f"{name}: {value}" for name, value in (headers or {}).items()),
    ]
    if body:
        lines += [
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
        ]
    return "\r\n".join([*lines, "", ""]).encode() + body


async def _answer(reader: asyncio.StreamReader) -> Answer:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    status = int(head[0].split(" ", 2)[1])
    headers: dict[str, str] = {}
    cookies: dict[str, str] = {}
    for line in filter(None, head[1:]):
        name, _, value = line.partition(":")
        if name.lower() == "set-cookie":
            key, _, rest = value.strip().partition("=")
            cookies[key] = rest.partition(";")[0]
        headers[name.lower()] = value.strip()
    return Answer(status, headers, cookies, await _body(reader, status, headers))


async def _body(reader: asyncio.StreamReader, status: int, headers: dict[str, str]) -> bytes:
    if status in (204, 304):
        return b""
    if headers.get("transfer-encoding") != "chunked":
        return await reader.readexactly(int(headers.get("content-length", "0")))
    parts = []
    while size := int(await reader.readuntil(b"\r\n"), 16):
        parts.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readuntil(b"\r\n")
    return b"".join(parts)
