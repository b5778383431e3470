"""Prints tables: aligned for the screen, and valid Markdown for the README."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from datetime import date


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    columns = list(zip(heads, *rows, strict=True))
    widths = [max(map(len, column)) for column in columns]
    lines = [heads, ["-" * width for width in widths], *rows]
    return "\n".join(
        "| "
        + " | ".join(
            cell.ljust(width) if number == 0 else cell.rjust(width)
            for number, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        + " |"
        for line in lines
    )


def machine() -> str:
    """The date and the size of the machine, to put above a table."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python = platform.python_version()
    return f"{date.today()}, {os.cpu_count()} cores, {memory:.0f} GiB, Python {python}"  # noqa: DTZ011
