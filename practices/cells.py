"""Text in the cells of a table that somebody opens in a spreadsheet."""

from __future__ import annotations

import re
from typing import Any

# A spreadsheet runs a cell that starts with one of these as a formula; some skip blanks
# and line ends first, and some take the wide forms of the signs.
_FORMULA_STARTS = tuple("=+-@＝＋－＠")
# What no file of XML can hold.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def safe_cell(value: Any) -> str:
    """Text that no spreadsheet takes for a formula; ends lines the same way everywhere."""
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if _is_risky(text) else text


def plain_cell(text: str) -> str:
    """Undoes `safe_cell`. Of any text: one quote more is added to what has quotes already."""
    return text[1:] if text.startswith("'") and _is_risky(text[1:]) else text


def _is_risky(text: str) -> bool:
    body = text.lstrip("'")
    return body.startswith("\t") or body.lstrip().startswith(_FORMULA_STARTS)


def printable(text: str) -> str:
    return _UNPRINTABLE.sub("", text)
