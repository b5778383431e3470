"""Reads the plans of both databases: which tables are read from end to end, and for how much.

Pure functions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

# A page shows dozens of rows. Who reads so many to give so few reads for nothing.
BIG = 5_000
FEW = 1_000
# A table of a few hundred rows is read from end to end faster than an index, also in a loop.
SHORT = 1_000
SCAN = re.compile(r"^SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?")
SORTS = "USE TEMP B-TREE FOR ORDER BY"


@dataclass(frozen=True)
class Scan:
    """A table that was read without a condition on an index. SQLite does not count rows."""

    table: str
    rows: int = 0
    index: str = ""


def of_postgresql(plan: dict[str, Any]) -> Iterator[Scan]:
    """From EXPLAIN (ANALYZE, FORMAT JSON). An index that is read whole is a scan as well."""
    for node in _nodes(plan):
        table = node.get("Relation Name")
        looked_up = any(node.get(kind) for kind in ("Index Cond", "Recheck Cond"))
        if table is None or looked_up:
            continue
        rows = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
        if rows >= SHORT:
            yield Scan(table, int(rows * node["Actual Loops"]), node.get("Index Name", ""))


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in node.get("Plans", ()):
        yield from _nodes(child)


def of_sqlite(
    details: Iterable[str], sizes: dict[str, int], aliases: dict[str, str], limited: bool
) -> Iterator[Scan]:
    """From EXPLAIN QUERY PLAN. What follows an index and stops at a limit does not read all."""
    lines = list(details)
    stops = limited and not any(line.startswith(SORTS) for line in lines)
    for line in lines:
        match = SCAN.match(line)
        if match is None:
            continue
        table = aliases.get(match[1], match[1])
        if table in sizes and not (stops and match[2]):
            yield Scan(table, sizes[table], match[2] or "")


def aliases_of(statement: str) -> dict[str, str]:
    """The second names that Django gives to tables: U0, T4."""
    return {short: table for table, short in re.findall(r'"(\w+)" (\w+)\b', statement)}


def suspects(scans: Iterable[Scan], given: int) -> list[Scan]:
    """Scans of many rows by a statement that gives few."""
    return [scan for scan in scans if scan.rows >= BIG and given <= FEW]
