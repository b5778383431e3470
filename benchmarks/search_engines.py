"""`python -m benchmarks.search_engines --sizes 0,10000,100000`: our search among others.

The judged queries on the real catalogue, alone and hidden among generated entries, for
the site on both databases and for ready-made engines, all in one run over the same fields.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.databases import Catalogue, Databases
from benchmarks.engines import fts5, minisearch, modelsearch, postgresql, tantivy_engine
from benchmarks.engines.corpus import Corpus, UnavailableError
from benchmarks.judged import Answers, Judged, load
from benchmarks.metrics import Scores, average
from benchmarks.tables import machine, table

OTHERS = (fts5, postgresql, modelsearch, tantivy_engine, minisearch)
OURS = {"sqlite": "parelkaart, SQLite", "postgresql": "parelkaart, PostgreSQL"}

Results = dict[str, dict[int, Scores]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="0,10000,100000", help="generated entries, ascending")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    sizes = sorted({int(size) for size in options.sizes.split(",")})
    judged = load()
    results: Results = {}
    with Databases() as databases:
        catalogues = [databases.catalogue(engine, "hidden") for engine in databases.engines]
        present = 0
        for size in sizes:
            for catalogue in catalogues:
                _grow(catalogue, present, size, options.seed)
            present = size
            for name, answers in _all_answers(databases, catalogues, judged, size):
                scores = average([(answers[query.query], query.grades) for query in judged])
                results.setdefault(name, {})[size] = scores
                print(f"  {name}: nDCG@10 {scores.ndcg:.3f}", flush=True)
    print(f"\n{len(judged)} queries ({machine()}), seed {options.seed}")
    print("nDCG@10 / MRR / recall@10 / zero-hit\n")
    print(_table(results, sizes))


def _grow(catalogue: Catalogue, present: int, size: int, seed: int) -> None:
    if size > present:
        print(f"Hiding the real entries among {size} generated ones ({catalogue.engine})")
        options = ("--apart", "--start", str(present), "--seed", str(seed))
        catalogue.generate(size - present, *options)


def _all_answers(
    databases: Databases, catalogues: list[Catalogue], judged: list[Judged], size: int
) -> Iterator[tuple[str, Answers]]:
    queries = [query.query for query in judged]
    print(f"\nAsking {len(queries)} queries at {size} generated entries", flush=True)
    for catalogue in catalogues:
        yield OURS[catalogue.engine], catalogue.answers(queries)
    path = Path(databases.var) / f"documents-{size}.jsonl"
    catalogues[0].run("-m", "benchmarks.engines.documents", str(path))
    for engine in OTHERS:
        began = time.monotonic()
        try:
            yield from engine.measure(Corpus(path, databases, str(size)), queries)
        except UnavailableError as reason:
            print(f"  SKIPPED {engine.__name__.split('.')[-1]}: {reason}", flush=True)
        print(f"    ({time.monotonic() - began:.0f} s)", flush=True)
    path.unlink()


def _table(results: Results, sizes: list[int]) -> str:
    heads = ["engine", *("real" if size == 0 else f"+ {size:,}" for size in sizes)]
    rows = [
        [name, *(_cell(by_size.get(size)) for size in sizes)] for name, by_size in results.items()
    ]
    return table(heads, rows)


def _cell(scores: Scores | None) -> str:
    if scores is None:
        return "-"
    parts = (scores.ndcg, scores.mrr, scores.recall, scores.zero_hits)
    return " / ".join([f"{parts[0]:.3f}", *(f"{part:.2f}" for part in parts[1:])])


if __name__ == "__main__":
    main()
