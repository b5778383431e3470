"""Where reading a whole table is right, and why. A new one needs a reason here, or an index."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Allowed:
    """Patterns of the page, the table and the statement; each must be met."""

    page: str
    table: str
    statement: str
    reason: str

    def covers(self, page: str, table: str, statement: str) -> bool:
        return (
            re.search(self.page, page) is not None
            and re.fullmatch(self.table, table) is not None
            and re.search(self.statement, statement) is not None
        )


ALLOWED: tuple[Allowed, ...] = ()


def reason_for(page: str, table: str, statement: str) -> str:
    return next((a.reason for a in ALLOWED if a.covers(page, table, statement)), "")
