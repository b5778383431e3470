"""The logo and lines of text, drawn with Pillow in the colours of the site."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import font_source_sans_pro as source_sans
from PIL import Image, ImageDraw, ImageFont

LOGO_WIDTH, LOGO_HEIGHT = 32, 40  # the units of includes/_logo.html
_FINER = 4  # drawn so many times larger and made smaller, for smooth edges
ELLIPSIS = "…"
LINE_HEIGHT = 1.15


@cache
def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    # Not Pillow's own font: it has no ë or é.
    path = source_sans.SourceSansProSemibold if bold else source_sans.SourceSansPro
    return ImageFont.truetype(path, size)


def logo(height: int, colour: str) -> Image.Image:
    """The pin with its pearl, on nothing."""
    scale = height * _FINER / LOGO_HEIGHT
    mask = Image.new("L", (round(LOGO_WIDTH * scale), round(LOGO_HEIGHT * scale)))
    draw = ImageDraw.Draw(mask)

    def circle(radius: float, y: float, fill: int) -> None:
        box = [16 - radius, y - radius, 16 + radius, y + radius]
        draw.ellipse([edge * scale for edge in box], fill=fill)

    circle(16, 16, 255)
    side = [(1.8, 23.3), (16, 40), (30.2, 23.3), (16, 16)]
    draw.polygon([(x * scale, y * scale) for x, y in side], fill=255)
    circle(10.2, 15.7, 0)
    circle(8, 15.7, 90)
    size = (round(height * LOGO_WIDTH / LOGO_HEIGHT), height)
    picture = Image.new("RGBA", size, colour)
    picture.putalpha(mask.resize(size, Image.Resampling.LANCZOS))
    return picture


class Block(NamedTuple):
    lines: list[str]
    font: ImageFont.FreeTypeFont

    @property
    def line_height(self) -> float:
        return self.font.size * LINE_HEIGHT

    @property
    def height(self) -> float:
        return len(self.lines) * self.line_height


def fitted(text: str, box: tuple[int, int], sizes: tuple[int, ...], *, bold: bool = False) -> Block:
    """The text in the largest of the sizes that fits in the box; else cut at the smallest."""
    width, height = box
    for size in sizes:
        block = Block(wrapped(text, width, font(size, bold=bold)), font(size, bold=bold))
        if block.height <= height:
            return block
    kept = max(int(height // block.line_height), 1)
    last = _cut(block.lines[kept - 1], width, block.font)
    return block._replace(lines=[*block.lines[: kept - 1], last])


def wrapped(text: str, width: int, face: ImageFont.FreeTypeFont) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if face.getlength(longer) <= width:
            lines[-1] = longer
            continue
        pieces = _pieces(word, width, face)
        lines += pieces if lines[-1] else []
        if not lines[0]:
            lines = pieces
    return lines


def _pieces(word: str, width: int, face: ImageFont.FreeTypeFont) -> list[str]:
    """A word in parts that fit; most words are one."""
    pieces = [""]
    for letter in word:
        if face.getlength(pieces[-1] + letter) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _cut(line: str, width: int, face: ImageFont.FreeTypeFont) -> str:
    while line and face.getlength(line + ELLIPSIS) > width:
        line = line[:-1]
    return line.rstrip() + ELLIPSIS
