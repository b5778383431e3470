"""What the files of a copy point to."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

from parelkaart.mirror.addresses import address_of

API_PATH = "/api/"
_CSS_URL = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")


@dataclass
class Links:
    """Of one file. `here` is its address on the site, `base` that of the site itself."""

    here: str
    base: str
    # Address in the copy -> address on the site.
    found: dict[str, str] = field(default_factory=dict)
    foreign: list[str] = field(default_factory=list)

    def is_own(self, href: str) -> bool:
        """Whether it leads to this site. `mailto:` does not, nor does another host."""
        parts = urlsplit(self._absolute(href))
        return f"{parts.scheme}://{parts.netloc}" == self.base

    def copied(self, href: str) -> str | None:
        """What a link of this site becomes in the copy; None: there it leads nowhere."""
        parts = urlsplit(self._absolute(href))
        path = unquote(parts.path) or "/"
        # To try: without its question, the answer is the whole list.
        query = "" if path.startswith(API_PATH) else parts.query
        address = address_of(path, query)
        if address is None:
            return None
        self.found[address] = f"{quote(path)}?{query}" if query else quote(path)
        return f"{quote(address)}#{parts.fragment}" if parts.fragment else quote(address)

    def needs(self, src: str) -> str:
        """Something that the file cannot do without."""
        if src.startswith("data:"):
            return src
        copied = self.copied(src) if self.is_own(src) else None
        if copied is None:
            self.foreign.append(src)
        return copied or src

    def _absolute(self, href: str) -> str:
        return urljoin(f"{self.base}{self.here}", href)


def style_sheet(content: bytes, links: Links) -> bytes:
    for url in _CSS_URL.findall(content.decode()):
        if not url.startswith("#"):
            links.needs(url)
    return content


def document(content: bytes, links: Links) -> bytes:
    """JSON that a script or a browser of this site reads, with `url`, `src` or `start_url`."""
    whole = json.loads(content)
    for part in _objects(whole):
        if "url" in part:
            part["url"] = links.copied(part["url"]) or ""
        for name in ("src", "start_url"):
            if name in part:
                part[name] = links.needs(part[name])
    if whole.get("left_out"):
        whole["note"] = (
            f"In deze kopie passen nog {whole['left_out']} plekken niet op de kaart. "
            "De lijst met praktijken is wel volledig."
        )
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def _objects(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        yield part
    if isinstance(part, (dict, list)):
        for below in part.values() if isinstance(part, dict) else part:
            yield from _objects(below)
