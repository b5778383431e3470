"""The tokens as the page prints them: what they are now, theme included, and their contrast."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from parelkaart.theme.colours import Colour
from parelkaart.theme.files import TOKENS, stylesheets
from parelkaart.theme.pairs import Pair, colours, pairs, token
from parelkaart.theme.stylesheets import SCHEMES, Scheme, properties

_FOLLOWS = re.compile(r"var\((--(?:utrecht|nl)-[\w-]+)")


@dataclass(frozen=True)
class ColourToken:
    name: str
    follows: str
    light: str
    dark: str


@dataclass(frozen=True)
class PairLine:
    """The same pair in both views."""

    light: Pair
    dark: Pair

    @property
    def both(self) -> tuple[Pair, Pair]:
        return self.light, self.dark


@dataclass(frozen=True)
class SizeToken:
    name: str
    value: str
    follows: str


def colour_tokens() -> list[ColourToken]:
    own = properties([TOKENS], "light")
    known = {scheme: colours(stylesheets(), scheme) for scheme in SCHEMES}
    return [
        ColourToken(token(name), _follows(own[token(name)]), *_told(known, name))
        for name in colours([TOKENS], "light")
    ]


def _told(known: dict[Scheme, dict[str, Colour | None]], name: str) -> Iterator[str]:
    for scheme in SCHEMES:
        colour = known[scheme].get(name)
        yield colour.hex if colour else "onbekend"


def size_tokens() -> list[SizeToken]:
    own = properties([TOKENS], "light")
    return [
        SizeToken(name, value, _follows(value))
        for name, value in own.items()
        if not name.startswith(token(""))
    ]


def _follows(value: str) -> str:
    found = _FOLLOWS.match(value)
    return found[1] if found else ""


def pair_lines() -> list[PairLine]:
    light, dark = (pairs(stylesheets(), scheme) for scheme in SCHEMES)
    return [PairLine(*both) for both in zip(light, dark, strict=True)]
