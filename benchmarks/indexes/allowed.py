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
    # The only database for which it holds; empty is both.
    database: str = ""

    def covers(self, database: str, page: str, table: str, statement: str) -> bool:
        return (
            self.database in ("", database)
            and re.search(self.page, page) is not None
            and re.fullmatch(self.table, table) is not None
            and re.search(self.statement, statement) is not None
        )


ALLOWED = (
    Allowed(
        r"list of \w+, (search|choices)$",
        r".*",
        r"",
        "words anywhere in a text; no index finds the middle of a word, and only editors ask",
    ),
    Allowed(
        r"list of ",
        r".*",
        r"^SELECT COUNT\(",
        "the number of results, which a list of the admin tells",
    ),
    Allowed(
        r"list of (?!practice$|practice,)\w+, order ",
        r".*",
        r" ORDER BY ",
        "an order of a part of the entries that an editor chooses now and then",
    ),
    Allowed(
        r"list of (reference|claim|relation|photo)$",
        r".*",
        r" ORDER BY .*title. ASC",
        "by the title of their entry: SQLite sorts all of them, with statistics or without; 0.1 s",
        database="sqlite",
    ),
    Allowed(
        r"list of (theme|targetgroup|barrier|instrument|recommendation|municipality)\b",
        r"practices_practice.*",
        r"",
        "the number of practices of every row of a short list",
    ),
    Allowed(
        r"list of (claim|relation|adoption|source)\b",
        r".*",
        r" WHERE | DISTINCT ",
        "what a filter of a part of the entries offers, or an option that few of them have",
    ),
    Allowed(
        r"list of practice, filter (links|thema's)$",
        r".*",
        r"",
        "a filter that joins other tables, for editors; 0.2 s",
    ),
    Allowed(
        r"^visitor: feed$",
        r"practices_practice",
        r" ORDER BY .*modified. DESC",
        "past what was changed last and is not public: here all 5,000 that are not; 6 ms",
        database="postgresql",
    ),
    Allowed(
        r"^visitor: municipality$",
        r"practices_practice_regions",
        r"",
        "the regions of hundreds of cards, of a short table",
    ),
    Allowed(
        r"",
        r"practices_missedquery",
        r"",
        "at most 5,000 rows (practices/missed.py)",
    ),
    Allowed(
        r"work list",
        r".*",
        r"",
        "weighs every entry that the editor may change (docs/adr/0015)",
    ),
    Allowed(
        r"^visitor: (numbers|sitemap|API: themes)$",
        r".*",
        r"",
        "numbers of the whole catalogue; kept by caches until something changes",
    ),
)


def reason_for(database: str, page: str, table: str, statement: str) -> str:
    """The database by its name in Django (`connection.vendor`)."""
    return next((a.reason for a in ALLOWED if a.covers(database, page, table, statement)), "")
