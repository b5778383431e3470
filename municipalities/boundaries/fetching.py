"""Boundaries from a web address, page by page."""

from __future__ import annotations

import json
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import Request, urlopen

from municipalities.boundaries.reading import BoundaryError

PDOK = "https://api.pdok.nl/cbs/gebiedsindelingen/ogc/v1/collections/gemeente_gegeneraliseerd/items"
MOST_BYTES = 64 * 1024 * 1024
MOST_PAGES = 20


class OfflineError(Exception):
    """No answer: no connection, or not in time."""


def pdok_url(year: int) -> str:
    """The generalised boundaries of CBS, in degrees; 1000 a page, so one page a year."""
    return f"{PDOK}?f=json&jaarcode={year}&limit=1000"


def fetch(url: str, timeout: float) -> bytes:
    """The GeoJSON at an address; further pages, named by "next", are put behind it."""
    content = _get(url, timeout)
    document = _parsed(content)
    following = _next(document, url)
    if following is None:
        return content
    features = list(document["features"])
    for _ in range(MOST_PAGES):
        if following is None:
            return json.dumps({**document, "features": features}).encode()
        page = _parsed(_get(following, timeout))
        features += page.get("features") or []
        following = _next(page, following)
    raise BoundaryError(f"Meer dan {MOST_PAGES} pagina's op {url}.")


def _get(url: str, timeout: float) -> bytes:
    if urlsplit(url).scheme not in ("https", "http"):
        raise BoundaryError(f"Geen webadres: {url}")
    request = Request(url, headers={"Accept": "application/geo+json, application/json"})  # noqa: S310
    try:
        with urlopen(request, timeout=timeout) as response:  # noqa: S310 - scheme checked above  # nosec B310
            content: bytes = response.read(MOST_BYTES + 1)
    except HTTPError as error:
        raise BoundaryError(f"{urlsplit(url).netloc} antwoordt met fout {error.code}.") from error
    except OSError as error:  # URLError, TimeoutError and a connection that breaks
        reason = getattr(error, "reason", error)
        raise OfflineError(f"{urlsplit(url).netloc} is niet te bereiken ({reason}).") from error
    if len(content) > MOST_BYTES:
        raise BoundaryError(f"Het antwoord van {urlsplit(url).netloc} is te groot.")
    return content


def _parsed(content: bytes) -> dict[str, Any]:
    """Empty for what is not an object: reading it says what is wrong."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}


def _next(document: dict[str, Any], url: str) -> str | None:
    links = document.get("links")
    if not isinstance(links, list) or not isinstance(document.get("features"), list):
        return None
    for link in links:
        if isinstance(link, dict) and link.get("rel") == "next" and link.get("href"):
            following = urljoin(url, str(link["href"]))
            if urlsplit(following).netloc == urlsplit(url).netloc:
                return following
    return None
