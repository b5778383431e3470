"""Tantivy: a search library in Rust, with Dutch stems; also with fuzzy words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.engines.corpus import DEPTH, FIELDS, Corpus, UnavailableError, words
from benchmarks.judged import Answers

try:
    import tantivy
except ImportError:
    tantivy = None

# Per field: not as a prefix, one edit, a swap of neighbours is one edit.
_FUZZY = dict.fromkeys(FIELDS, (False, 1, True))
_FUZZY_WEIGHT = 0.3


def measure(corpus: Corpus, queries: list[str]) -> Iterator[tuple[str, Answers]]:
    if tantivy is None:
        raise UnavailableError("no tantivy: pip install -r benchmarks/requirements.txt")
    index = _index(corpus)
    searcher = index.searcher()
    for name, fuzzy in (("", False), (" + fuzzy", True)):
        yield (
            f"Tantivy, Dutch stems{name}",
            {query: _ask(index, searcher, query, fuzzy) for query in queries},
        )


def _index(corpus: Corpus) -> Any:
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("slug", stored=True, tokenizer_name="raw")
    for field in FIELDS:
        schema.add_text_field(field, tokenizer_name="nl")
    index = tantivy.Index(schema.build())
    analyser = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for step in (
        tantivy.Filter.lowercase(),
        tantivy.Filter.ascii_fold(),
        tantivy.Filter.stemmer("dutch"),
    ):
        analyser = analyser.filter(step)
    index.register_tokenizer("nl", analyser.build())
    writer = index.writer(heap_size=100_000_000, num_threads=1)
    for row in corpus.documents():
        writer.add_document(tantivy.Document(**row))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return index


def _ask(index: Any, searcher: Any, text: str, fuzzy: bool) -> list[str]:
    question = " ".join(words(text)).lower()
    query = index.parse_query(question, list(FIELDS), field_boosts=FIELDS)
    if fuzzy:
        close = index.parse_query(question, list(FIELDS), field_boosts=FIELDS, fuzzy_fields=_FUZZY)
        should = tantivy.Occur.Should
        close = tantivy.Query.boost_query(close, _FUZZY_WEIGHT)
        query = tantivy.Query.boolean_query([(should, query), (should, close)])
    hits = searcher.search(query, DEPTH).hits
    return [searcher.doc(address)["slug"][0] for _, address in hits]
