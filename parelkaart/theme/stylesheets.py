"""The custom properties of style sheets, for the light and for the dark view.

Reads what token files need: declarations of `--name`, inside or outside
`@media (prefers-color-scheme: …)`, and `var()` with a fallback. No other CSS.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, get_args

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = get_args(Scheme)
# A file named so holds for one view only; the page says the same with `media`.
SUFFIXES: dict[str, Scheme] = {".light.css": "light", ".dark.css": "dark"}

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_PIECE = re.compile(r"[^{};]*[{};]")
_DECLARATION = re.compile(r"\s*(--[\w-]+)\s*:\s*(.*?)\s*;", re.DOTALL)
_SCHEME = re.compile(r"prefers-color-scheme:\s*(\w+)")
_VAR = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,(.*))?\)", re.DOTALL)
_DEPTH = 20


def scheme_of(name: str) -> Scheme | None:
    return next((s for suffix, s in SUFFIXES.items() if name.endswith(suffix)), None)


def properties(files: Iterable[Path], scheme: Scheme) -> dict[str, str]:
    """What the files say together, in this order, in this view; values as they stand."""
    found: dict[str, str] = {}
    for file in files:
        if scheme_of(file.name) in (None, scheme):
            found |= _declared(file.read_text(encoding="utf-8"), scheme)
    return found


def _declared(css: str, scheme: Scheme) -> dict[str, str]:
    found: dict[str, str] = {}
    opened: list[str] = []
    for piece in _PIECE.findall(_COMMENT.sub("", css).replace("}", ";}")):
        if piece.endswith("{"):
            opened.append(piece)
        elif piece.endswith("}"):
            del opened[-1:]
        elif _holds(opened, scheme) and (declaration := _DECLARATION.fullmatch(piece)):
            found[declaration[1]] = declaration[2]
    return found


def _holds(opened: Iterable[str], scheme: Scheme) -> bool:
    asked = [_SCHEME.search(prelude) for prelude in opened if prelude.lstrip().startswith("@")]
    return all(found is not None and found[1] == scheme for found in asked)


def resolve(values: dict[str, str], name: str) -> str:
    """The value of a property with each `var()` filled in; empty when it leads nowhere."""
    return _filled(values, values.get(name, ""), _DEPTH)


def _filled(values: dict[str, str], value: str, depth: int) -> str:
    found = _VAR.fullmatch(value.strip())
    if found is None or not depth:
        return value.strip()
    inner = values.get(found[1]) or (found[2] or "")
    return _filled(values, inner, depth - 1)
