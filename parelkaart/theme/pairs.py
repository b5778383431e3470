"""Which colours of the tokens stand on which, and whether they can be told apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from parelkaart.theme.colours import Colour, contrast, parse
from parelkaart.theme.stylesheets import Scheme, properties, resolve

TEXT, SHAPE = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11
_GROUNDS = ("page", "surface", "sunken", "accent-soft")
# (colour, what it stands on), as site.css and map.css use them.
TEXT_PAIRS = (
    *product(("ink", "ink-soft", "accent", "accent-strong"), _GROUNDS),
    *product(("heading",), ("page", "surface", "accent-soft")),
    ("header-ink", "header"),
    ("header-accent", "header"),
    ("on-accent", "action"),
    ("on-accent", "accent-strong"),
    ("mark-ink", "mark"),
    ("warning-ink", "warning-soft"),
    ("warning-ink", "page"),
    ("warning-ink", "surface"),
    ("surface", "warning"),
)
SHAPE_PAIRS = (
    *product(("line-strong", "focus", "action"), ("page", "surface", "sunken")),
    ("line-strong", "accent-soft"),
    ("focus", "accent-soft"),
    ("warning", "warning-soft"),
    ("warning", "page"),
    ("mark-ink", "mark"),
)


@dataclass(frozen=True)
class Pair:
    front: str
    back: str
    scheme: Scheme
    ratio: float | None  # None: one of the two is not a colour that can be computed with
    needed: float

    @property
    def is_enough(self) -> bool:
        return self.ratio is not None and self.ratio >= self.needed

    def __str__(self) -> str:
        told = "unknown" if self.ratio is None else f"{self.ratio:.2f}"
        return f"{self.front} on {self.back} ({self.scheme}): {told}, needs {self.needed}"


def token(name: str) -> str:
    return f"--pk-color-{name}"


def colours(files: Iterable[Path], scheme: Scheme) -> dict[str, Colour | None]:
    """Each colour token by its short name, for a theme and the tokens in one list."""
    values = properties(files, scheme)
    prefix = token("")
    return {
        name.removeprefix(prefix): parse(resolve(values, name))
        for name in values
        if name.startswith(prefix)
    }


def pairs(files: Iterable[Path], scheme: Scheme) -> list[Pair]:
    known = colours(files, scheme)
    wanted = [(pair, TEXT) for pair in TEXT_PAIRS] + [(pair, SHAPE) for pair in SHAPE_PAIRS]
    return [
        Pair(front, back, scheme, _ratio(known.get(front), known.get(back)), needed)
        for (front, back), needed in wanted
    ]


def _ratio(front: Colour | None, back: Colour | None) -> float | None:
    return None if front is None or back is None else contrast(front, back)
