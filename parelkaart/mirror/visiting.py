"""Asks the site for its pages in this process, as somebody without an account would."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpResponseBase
from django.test.utils import override_settings

# Nobody can search in a copy, except in the page before them: long pages find more.
PER_PAGE = 100
MOST_REDIRECTS = 3


class Visitor:
    """Without a browser's name, so that its reads do not count (practices/view_counts.py)."""

    def __init__(self, base: str) -> None:
        self.base = base
        parts = urlsplit(base)
        scheme = "https" if settings.SECURE_SSL_REDIRECT else parts.scheme
        self.environ: dict[str, Any] = {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "SERVER_NAME": parts.hostname or "",
            "SERVER_PORT": str(parts.port or {"https": 443}.get(scheme, 80)),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": parts.netloc,
            "HTTP_X_FORWARDED_PROTO": scheme,
            "wsgi.url_scheme": scheme,
        }
        self.handler = WSGIHandler()

    @contextmanager
    def ask(self, url: str) -> Iterator[tuple[str, HttpResponseBase]]:
        """The answer, and where it came from: an old name leads to the new one."""
        for _ in range(MOST_REDIRECTS):
            response = self._get(url)
            if response.status_code not in (301, 302):
                break
            response.close()
            url = response["Location"].removeprefix(self.base)
        try:
            yield url, response
        finally:
            response.close()

    def _get(self, url: str) -> HttpResponseBase:
        path, _, query = url.partition("?")
        environ = self.environ | {
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "wsgi.input": BytesIO(),
        }
        return self.handler.get_response(WSGIRequest(environ))


def content_of(response: HttpResponseBase) -> Iterator[bytes]:
    yield from response if response.streaming else [response.content]  # type: ignore[attr-defined,misc]


@contextmanager
def as_for_a_copy() -> Iterator[None]:
    """A copy of a copy would never grow new. The command tells itself what was not there, so the
    log need not, and a line in it for each page helps nobody. Limits are for strangers.
    """
    kept = {
        "MIRROR_DIR": "",
        "LOG_ACCESS": False,
        "PRACTICES_PER_PAGE": PER_PAGE,
        "RATE_LIMITS": dict.fromkeys(settings.RATE_LIMITS, 0),
    }
    log = logging.getLogger("django.request")
    before = log.level
    log.setLevel(logging.ERROR)
    try:
        with override_settings(**kept):
            yield
    finally:
        log.setLevel(before)
