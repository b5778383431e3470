"""PostgreSQL's own full text search with its Dutch configuration."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg

from benchmarks.databases import connect
from benchmarks.engines.corpus import DEPTH, FIELDS, Corpus, UnavailableError, words
from benchmarks.judged import Answers

# ts_rank_cd knows four weights: {D, C, B, A} are body, summary, keys and title.
_WEIGHTS = "'{{0.17, 0.42, 0.42, 1.0}}'"
_CREATE = """
CREATE TABLE document (
    slug text, title text, keys text, summary text, body text,
    vector tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('dutch', title), 'A') || setweight(to_tsvector('dutch', keys), 'B')
        || setweight(to_tsvector('dutch', summary), 'C')
        || setweight(to_tsvector('dutch', body), 'D')
    ) STORED
)
"""
_SEARCH = f"""
SELECT slug FROM document, {{parser}}('dutch', %s) AS question WHERE vector @@ question
ORDER BY ts_rank_cd({_WEIGHTS}, vector, question) DESC, slug LIMIT {DEPTH}
"""  # noqa: S608 - constants of this module


def measure(corpus: Corpus, queries: list[str]) -> Iterator[tuple[str, Answers]]:
    if not corpus.databases.cluster:
        raise UnavailableError("PostgreSQL is not installed here")
    name = corpus.databases.create_database(f"fulltext-{corpus.size}")
    with connect(corpus.databases.cluster, name) as connection:
        _load(connection, corpus)
        yield (
            "PostgreSQL dutch, websearch",
            {query: _ask(connection, "websearch_to_tsquery", query) for query in queries},
        )
        yield (
            "PostgreSQL dutch, OR",
            {query: _ask(connection, "to_tsquery", " | ".join(words(query))) for query in queries},
        )


def _load(connection: psycopg.Connection, corpus: Corpus) -> None:
    connection.execute(_CREATE)
    copy = f"COPY document (slug, {', '.join(FIELDS)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(copy) as rows:
        for row in corpus.documents():
            rows.write_row([row["slug"], *(row[field] for field in FIELDS)])
    connection.execute("CREATE INDEX ON document USING gin (vector)")
    connection.execute("ANALYZE document")


def _ask(connection: psycopg.Connection, parser: str, question: str) -> list[str]:
    rows = connection.execute(_SEARCH.format(parser=parser), [question]).fetchall()
    return [slug for (slug,) in rows]
