"""The sizes in which a photo is stored, as files next to it (docs/adr/0024).

`praktijken/ab12.jpg` is the photo itself, `praktijken/ab12-480.jpg` a narrower one, and
`praktijken/ab12-kaart-50-30-320.jpg` the cut for a card around the point 50 % from the left
and 30 % from the top. The names follow from the photo, so a page needs no look at the disk,
and none ever gets another content.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import NamedTuple

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from PIL import Image

# Of the whole photo; the photo itself (at most 1600) comes on top.
WIDTHS = (480, 960)
CARD_WIDTHS = (320, 640)
CARD_RATIO = (3, 2)
QUALITY = 82


class Focus(NamedTuple):
    """In percent of the width and the height, as CSS reads `object-position`."""

    x: int
    y: int


class Size(NamedTuple):
    name: str
    width: int
    height: int


class Area(NamedTuple):
    left: int
    top: int
    right: int
    bottom: int


def whole_sizes(name: str, width: int, height: int) -> list[Size]:
    """The narrower ones first, the photo itself last; nothing is ever made larger."""
    narrower = [
        Size(_name(name, str(wanted)), wanted, _share(height, wanted, width))
        for wanted in WIDTHS
        if wanted < width
    ]
    return [*narrower, Size(name, width, height)]


def card_sizes(name: str, width: int, height: int, focus: Focus) -> list[Size]:
    cut, _ = _cut(width, height)
    across, down = CARD_RATIO
    start = f"kaart-{focus.x}-{focus.y}"
    return [
        Size(_name(name, f"{start}-{wanted}"), wanted, _share(down, wanted, across))
        for wanted in ([wanted for wanted in CARD_WIDTHS if wanted <= cut] or [cut])
    ]


def card_area(width: int, height: int, focus: Focus) -> Area:
    """The largest part in the form of a card with the focus at its own percentage of it.

    So the focus is always inside, and the part never reaches over the edge.
    """
    across, down = _cut(width, height)
    left = round((width - across) * focus.x / 100)
    top = round((height - down) * focus.y / 100)
    return Area(left, top, left + across, top + down)


def _cut(width: int, height: int) -> tuple[int, int]:
    across, down = CARD_RATIO
    return min(width, _share(across, height, down)), min(height, _share(down, width, across))


def _share(part: int, of: int, whole: int) -> int:
    return max(1, round(part * of / whole))


def _name(name: str, size: str) -> str:
    return f"{name.removesuffix('.jpg')}-{size}.jpg"


# --- files ----------------------------------------------------------------------------


def measured(stored: File) -> tuple[int, int]:
    with Image.open(stored) as image:
        return image.size


def missing(storage: Storage, name: str, width: int, height: int, focus: Focus) -> list[Size]:
    sizes = [*whole_sizes(name, width, height), *card_sizes(name, width, height, focus)]
    return [size for size in sizes if not storage.exists(size.name)]


def store(storage: Storage, name: str, focus: Focus) -> int:
    """Makes what is not there yet; returns how many files that were."""
    with storage.open(name) as stored, Image.open(stored) as image:
        wanted = missing(storage, name, *image.size, focus)
        if not wanted:
            return 0
        whole = image.convert("RGB")
    card = whole.crop(card_area(*whole.size, focus))
    cards = {size.name for size in card_sizes(name, *whole.size, focus)}
    for size in wanted:
        storage.save(size.name, _scaled(card if size.name in cards else whole, size))
    return len(wanted)


def _scaled(image: Image.Image, size: Size) -> ContentFile:
    buffer = BytesIO()
    scaled = image.resize((size.width, size.height), Image.Resampling.LANCZOS)
    scaled.save(buffer, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return ContentFile(buffer.getvalue())


def remove(storage: Storage, names: Iterable[str]) -> None:
    for name in names:
        storage.delete(name)
