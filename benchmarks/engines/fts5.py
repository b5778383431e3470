"""SQLite's own full text search, as it comes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from benchmarks.engines.corpus import DEPTH, FIELDS, Corpus, words
from benchmarks.judged import Answers

_COLUMNS = ", ".join(FIELDS)
_WEIGHTS = ", ".join(["0", *map(str, FIELDS.values())])
_SEARCH = f"""
SELECT slug FROM documents WHERE documents MATCH ? ORDER BY bm25(documents, {_WEIGHTS}), slug
LIMIT {DEPTH}
"""  # noqa: S608 - constants of this module


def measure(corpus: Corpus, queries: list[str]) -> Iterator[tuple[str, Answers]]:
    database = sqlite3.connect(":memory:")
    database.execute(
        f"CREATE VIRTUAL TABLE documents USING fts5(slug UNINDEXED, {_COLUMNS}, tokenize=unicode61)"
    )
    database.executemany(
        f"INSERT INTO documents (slug, {_COLUMNS}) VALUES (?, ?, ?, ?, ?)",  # noqa: S608
        ((row["slug"], *(row[field] for field in FIELDS)) for row in corpus.documents()),
    )
    for name, operator in (("AND", " AND "), ("OR", " OR ")):
        answers = {query: _ask(database, query, operator) for query in queries}
        yield f"SQLite FTS5 unicode61, {name}", answers
    database.close()


def _ask(database: sqlite3.Connection, query: str, operator: str) -> list[str]:
    match = operator.join(f'"{word}"' for word in words(query))
    return [slug for (slug,) in database.execute(_SEARCH, [match])] if match else []
