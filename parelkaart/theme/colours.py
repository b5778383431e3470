"""Colours as style sheets write them, and the contrast between two of them."""

from __future__ import annotations

import colorsys
import re
from typing import NamedTuple

_NAMES = {"white": "#ffffff", "black": "#000000", "yellow": "#ffff00"}
_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})")
_FUNCTION = re.compile(r"(rgb|hsl)\(([^()]*)\)")


class Colour(NamedTuple):
    """Red, green and blue, each from 0 to 1."""

    red: float
    green: float
    blue: float

    @property
    def hex(self) -> str:
        return "#" + "".join(f"{round(channel * 255):02x}" for channel in self)

    @property
    def luminance(self) -> float:
        """Relative luminance, as WCAG 2.2 defines it."""
        red, green, blue = (
            channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
            for channel in self
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """From 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((one.luminance, other.luminance))
    return (lighter + 0.05) / (darker + 0.05)


def parse(text: str) -> Colour | None:
    """None for what is not an opaque colour in a notation known here."""
    text = _NAMES.get(text.strip().lower(), text.strip().lower())
    if found := _HEX.fullmatch(text):
        digits = found[1] if len(found[1]) == 6 else "".join(d * 2 for d in found[1])
        return Colour(*(int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)))
    if found := _FUNCTION.fullmatch(text):
        return _from_function(found[1], re.split(r"[\s,]+", found[2].strip()))
    return None


def _from_function(name: str, parts: list[str]) -> Colour | None:
    try:
        one, two, three = parts
        if name == "rgb":
            return Colour(*(_channel(part) for part in (one, two, three)))
        hue = float(one.removesuffix("deg")) % 360 / 360
        return Colour(*colorsys.hls_to_rgb(hue, _channel(three), _channel(two)))
    except ValueError:
        return None


def _channel(text: str) -> float:
    value = float(text[:-1]) / 100 if text.endswith("%") else float(text) / 255
    return min(max(value, 0.0), 1.0)
