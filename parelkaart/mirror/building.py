"""Writes the copy: what the site has without being asked, and all that its pages link to."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path

from django.http import HttpResponseBase
from django.urls import reverse

from municipalities.models import Municipality
from parelkaart.mirror import links
from parelkaart.mirror.addresses import COPIED, NOT_FOUND, address_of, file_of
from parelkaart.mirror.links import Links
from parelkaart.mirror.pages import copied_page
from parelkaart.mirror.visiting import Visitor, content_of
from practices.api.parameters import MAX_PER_PAGE
from practices.models import Practice

ONE_PRACTICE = ("practice_detail", "practice_picture", "practice_json_ld", "api:practice")
ONE_MUNICIPALITY = ("municipality_detail", "api:municipality")
ONE_OF_MANY = {*ONE_PRACTICE, *ONE_MUNICIPALITY, "media"}
# Not there where nobody said whom to write to.
OPTIONAL = {"security_txt"}
# JSON that the site's own pages read; all other data has full addresses, of the site itself.
READ_BY_PAGES = ("practice_geojson", "practice_pins", "manifest")


@dataclass(frozen=True)
class Wanted:
    url: str  # on the site
    address: str  # in the copy
    wanted_by: str


@dataclass(frozen=True)
class Outcome:
    files: int
    size: int
    problems: list[str]


class Builder:
    """Keeps the addresses in memory, and one page at a time."""

    def __init__(self, visitor: Visitor, folder: Path, day: date) -> None:
        self.visitor = visitor
        self.folder = folder
        self.day = day
        self.todo: deque[Wanted] = deque()
        self.known: set[str] = set()
        self.problems: list[str] = []
        self.size = 0

    def build(self) -> Outcome:
        for url in starting_points():
            self._want(str(address_of(url)), url, "")
        self._write_not_found()
        while self.todo:
            self._copy(self.todo.popleft())
        return Outcome(len(self.known) + 1, self.size, self.problems)

    def _want(self, address: str, url: str, wanted_by: str) -> None:
        if address not in self.known:
            self.known.add(address)
            self.todo.append(Wanted(url, address, wanted_by))

    def _copy(self, wanted: Wanted) -> None:
        if wanted.url == reverse("api:practices"):
            self._write(wanted.address, self._whole_list(wanted.url))
            return
        with self.visitor.ask(wanted.url) as (url, response):
            if response.status_code == 200:
                self._write(wanted.address, self._content(url, wanted, response))
            elif wanted.url in map(reverse, OPTIONAL):
                self.known.discard(wanted.address)
            else:
                self._complain(wanted, f"antwoord {response.status_code}")
            if response.cookies:
                self._complain(wanted, "zet een cookie")

    def _content(self, url: str, wanted: Wanted, response: HttpResponseBase) -> Iterator[bytes]:
        rewrite = self._rewriter(wanted.url, response)
        if rewrite is None:
            yield from content_of(response)
            return
        found = Links(url, self.visitor.base)
        yield rewrite(b"".join(content_of(response)), found)
        for src in found.foreign:
            self._complain(wanted, f"heeft {src} nodig, en dat hoort niet bij de kopie")
        for address, target in found.found.items():
            self._want(address, target, wanted.url)

    def _rewriter(
        self, url: str, response: HttpResponseBase
    ) -> Callable[[bytes, Links], bytes] | None:
        kind = response["Content-Type"].partition(";")[0]
        if kind == "text/html":
            return self._page
        if kind == "text/css":
            return links.style_sheet
        return links.document if url in map(reverse, READ_BY_PAGES) else None

    def _page(self, content: bytes, found: Links) -> bytes:
        return copied_page(content, found, self.day)

    def _whole_list(self, url: str) -> Iterator[bytes]:
        """All pages of the list of practices in one document of the same shape."""
        yield b'{"praktijken":['
        for page in count(1):
            asked = f"{url}?perPagina={MAX_PER_PAGE}&pagina={page}"
            with self.visitor.ask(asked) as (_, response):
                rows = json.loads(b"".join(content_of(response)))["praktijken"]
                last = int(response["Total-Pages"])
            texts = [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows]
            yield (("," if page > 1 else "") + ",".join(texts)).encode()
            if page >= last:
                break
        yield b"]}"

    def _write_not_found(self) -> None:
        wanted = Wanted(f"/{NOT_FOUND}", f"/{NOT_FOUND}", "")
        with self.visitor.ask(wanted.url) as (_, response):
            # The address of what is not there would be that of the copy's own file.
            content = self._content("/", wanted, response)
            self._write_file(self.folder / NOT_FOUND, content)

    def _write(self, address: str, content: Iterator[bytes]) -> None:
        self._write_file(self.folder / str(file_of(address)), content)

    def _write_file(self, path: Path, content: Iterator[bytes]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            for piece in content:
                self.size += file.write(piece)

    def _complain(self, wanted: Wanted, what: str) -> None:
        by = f" (gelinkt op {wanted.wanted_by})" if wanted.wanted_by else ""
        self.problems.append(f"{wanted.url}{by}: {what}")


def starting_points() -> Iterator[str]:
    for name in sorted(COPIED - ONE_OF_MANY):
        yield reverse(name)
    slugs = Practice.objects.published().order_by("pk").values_list("slug", flat=True)
    for slug in slugs.iterator():
        for name in ONE_PRACTICE:
            yield reverse(name, args=[slug])
    for slug in Municipality.objects.order_by("pk").values_list("slug", flat=True):
        for name in ONE_MUNICIPALITY:
            yield reverse(name, args=[slug])
