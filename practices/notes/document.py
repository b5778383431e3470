"""The blocks that a document consists of. Plain data: no markup, no layout."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

# What no XML file may contain, and so no ODT and no DOCX.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Line:
    """A piece of text, as a whole a link when it has an address."""

    text: str
    url: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", " ".join(_NOT_IN_XML.sub("", self.text).split()))
        if not self.url.startswith(("http://", "https://")):
            object.__setattr__(self, "url", "")


@dataclass(frozen=True)
class Heading:
    kind: ClassVar[str] = "heading"
    level: int
    line: Line


@dataclass(frozen=True)
class Paragraph:
    kind: ClassVar[str] = "paragraph"
    line: Line
    lead: bool = False


@dataclass(frozen=True)
class Bullets:
    kind: ClassVar[str] = "bullets"
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Caution:
    """A warning. Writers of editable files lock it."""

    kind: ClassVar[str] = "caution"
    title: Line
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Table:
    """The first cell of a row is its heading."""

    kind: ClassVar[str] = "table"
    caption: Line
    header: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]

    @property
    def is_wide(self) -> bool:
        """A phone shows it as a list, in which each cell names its column."""
        return len(self.header) > 2

    @property
    def named_rows(self) -> list[list[tuple[Line, Line]]]:
        return [list(zip(self.header, row, strict=True)) for row in self.rows]


Block = Heading | Paragraph | Bullets | Caution | Table


@dataclass(frozen=True)
class Document:
    title: str
    author: str
    blocks: tuple[Block, ...]

    def lines(self) -> Iterator[Line]:
        """Every piece of text, in reading order."""
        for block in self.blocks:
            yield from _lines_of(block)


def _lines_of(block: Block) -> Iterator[Line]:
    if isinstance(block, Heading | Paragraph):
        yield block.line
    elif isinstance(block, Bullets):
        yield from block.lines
    elif isinstance(block, Caution):
        yield block.title
        yield from block.lines
    else:
        yield block.caption
        yield from block.header
        for row in block.rows:
            yield from row
