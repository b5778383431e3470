"""The picture that goes with a shared link: 1200 × 630 pixels, in the colours of the site."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageDraw

from parelkaart.share.drawing import Block, fitted, logo
from parelkaart.theme.files import stylesheets
from parelkaart.theme.pairs import colours

SIZE = (1200, 630)
MARGIN = 80
WIDTH = SIZE[0] - 2 * MARGIN
PIN = 72
BESIDE_PIN = 84
# (width, height) that each text has, and the sizes of letters it may take.
SITE = ((WIDTH - BESIDE_PIN, 60), (44, 34))
TITLE = ((WIDTH, 280), (84, 72, 60, 52))
LINE = ((WIDTH, 56), (42, 36))
_KEPT = 64


class Words(NamedTuple):
    """All that can be read in a picture."""

    site: str
    title: str = ""
    place: str = ""
    evidence: str = ""


class Placed(NamedTuple):
    left: int
    top: int
    block: Block
    colour: str


@lru_cache(maxsize=1)
def _palette(paths: tuple[str, ...]) -> dict[str, str]:
    known = colours(stylesheets(), "light")
    return {name: colour.hex for name, colour in known.items() if colour}


def palette() -> dict[str, str]:
    """The colours of the light view by the short names of their tokens."""
    return _palette(tuple(map(str, stylesheets())))


@lru_cache(maxsize=_KEPT)
def picture(words: Words) -> bytes:
    """A PNG; takes some 60 ms, so the last ones are kept."""
    colour = palette()
    image = Image.new("RGB", SIZE, colour["page"])
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, SIZE[0], 16), fill=colour["action"])
    pin = logo(PIN, colour["accent"])
    image.paste(pin, (MARGIN, 64), pin)
    for left, top, block, ink in layout(words):
        for number, line in enumerate(block.lines):
            draw.text((left, top + number * block.line_height), line, font=block.font, fill=ink)
    buffer = BytesIO()
    image.quantize(64).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def layout(words: Words) -> list[Placed]:
    """From top to bottom; nothing overlaps and nothing leaves the margins."""
    colour = palette()
    return [
        Placed(MARGIN + BESIDE_PIN, 70, fitted(words.site, *SITE, bold=True), colour["ink"]),
        Placed(MARGIN, 175, fitted(words.title, *TITLE, bold=True), colour["heading"]),
        Placed(MARGIN, 476, fitted(words.place, *LINE), colour["ink"]),
        Placed(MARGIN, 536, fitted(words.evidence, *LINE), colour["ink-soft"]),
    ]
