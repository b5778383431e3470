"""Makes a page of the manual. Its text is ours, so its HTML is trusted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from django.utils.safestring import SafeString, mark_safe
from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.toc import TocExtension
from markdown.treeprocessors import Treeprocessor
from PIL import Image

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "handleiding"
FILE = FOLDER / "handleiding.md"
PICTURES = FOLDER / "beelden"
SCALE = 2  # pixels of a picture for each one on the page


@dataclass(frozen=True)
class Manual:
    title: str
    chapters: list[dict[str, Any]]  # `id` and `name`
    body: SafeString


def anchor(heading: str, separator: str = "-") -> str:
    """As code platforms make it, so that a link works there and here."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", separator)


class _KeepRoom(Treeprocessor):
    """The size of each picture: without it a link to a chapter ends up somewhere else."""

    def run(self, root: Element) -> None:
        for picture in root.iter("img"):
            path = FOLDER / picture.get("src", "")
            if path.is_file():
                with Image.open(path) as image:
                    width, height = image.size
                picture.set("width", str(width // SCALE))
                picture.set("height", str(height // SCALE))


class _Room(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name that is called
        md.treeprocessors.register(_KeepRoom(md), "room", 0)


def manual() -> Manual:
    """Made once, until the file changes."""
    return _made(FILE.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _made(changed: int) -> Manual:
    toc = TocExtension(slugify=anchor, toc_depth="2-2")
    writer = Markdown(extensions=[toc, _Room(), "tables", "sane_lists"])
    first, text = FILE.read_text(encoding="utf-8").split("\n", maxsplit=1)
    body = mark_safe(writer.convert(text))  # noqa: S308 - a file of this project  # nosec B308 B703
    return Manual(first.removeprefix("# "), writer.toc_tokens, body)
