"""What a page is made of, for tests that look at its structure."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

# What a browser never runs as a script.
DATA = ("application/json", "application/ld+json")


class Outline(HTMLParser):
    """`tags` are (name, attributes) in order; `texts` what stands in an element."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag in ("title", "h1", "h2", "script", "style"):
            self._open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        for tag in self._open:
            self.texts[tag][-1] += data

    def all(self, element: str, /, **attributes: str) -> list[dict[str, str]]:
        return [
            attrs
            for tag, attrs in self.tags
            if tag == element and all(attrs.get(key) == value for key, value in attributes.items())
        ]

    def text(self, name: str) -> list[str]:
        return [" ".join(text.split()) for text in self.texts.get(name, [])]

    def meta(self, name: str) -> str | None:
        found = self.all("meta", name=name)
        return found[0]["content"] if found else None

    @property
    def loaded(self) -> list[str]:
        """Addresses that a browser fetches without being asked."""
        links = ("stylesheet", "icon", "preload", "manifest")
        return [
            *(attrs["src"] for _, attrs in self.tags if "src" in attrs),
            *(attrs["href"] for attrs in self.all("link") if attrs.get("rel") in links),
        ]

    @property
    def inline(self) -> list[str]:
        """Scripts and styles in the page itself, and attributes that are either."""
        found = [text for text in self.texts.get("style", []) if text.strip()]
        data_blocks = [attrs.get("type") in DATA for attrs in self.all("script")]
        found += [
            text
            for text, is_data in zip(self.texts.get("script", []), data_blocks, strict=True)
            if text.strip() and not is_data
        ]
        for tag, attrs in self.tags:
            found += [f"{tag} {name}" for name in attrs if name == "style" or name[:2] == "on"]
        return found
