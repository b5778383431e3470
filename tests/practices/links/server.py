"""A site on this machine that answers as a test wants, and remembers what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from practices.links.visiting import Visitor

AGENT = "parelkaart-linkcontrole (+https://parels.example.org)"


class Site:
    """`answers`: path -> status, or (status, location), or a function of the handler."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.answers: dict[str, Any] = {}
        self.asked: list[tuple[str, str]] = []
        self.headers: list[dict[str, str]] = []

    def url(self, path: str = "/", host: str = "site.test") -> str:
        return f"http://{host}:{self.port}{path}"

    def visitor(self, **given: Any) -> Visitor:
        """Goes to this site under any name, and nowhere else."""
        usual: dict[str, Any] = {
            "resolve": lambda *_: ["127.0.0.1"],
            "rule": lambda address: address == "127.0.0.1",
            "ports": {"http": self.port, "https": self.port},
            "pause": 0,
        }
        return Visitor(AGENT, **usual | given)


@contextmanager
def running() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            site.asked.append((self.command, self.path))
            site.headers.append(dict(self.headers))
            answer = site.answers.get(self.path, 200)
            if callable(answer):
                answer(self)
                return
            status, location = answer if isinstance(answer, tuple) else (answer, "")
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_HEAD = answer  # noqa: N815 - names of the standard library

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = Site(server.server_port)
    thread = threading.Thread(target=server.serve_forever, args=[0.02], daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
