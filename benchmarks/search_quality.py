"""`python -m benchmarks.search_quality`: how good the search answers judged queries.

On the real catalogue, in temporary databases of both kinds. Other queries: QUERIES=path.
With --misses it lists the queries that score below 0.75 and what came instead.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping

from benchmarks.databases import Databases
from benchmarks.judged import Answers, Judged, load, scores
from benchmarks.metrics import DEPTH, ndcg, top
from benchmarks.tables import machine, table

LOW = 0.75


def main() -> None:
    judged = load()
    queries = [query.query for query in judged]
    with Databases() as databases:
        answers = {
            engine: databases.catalogue(engine, "real").answers(queries)
            for engine in databases.engines
        }
    for engine, given in answers.items():
        print(f"\n{engine}: {len(judged)} queries ({machine()})")
        print(_table(judged, given))
    if "--misses" in sys.argv:
        _print_misses(judged, answers["sqlite"])
    _print_agreement(answers)


def _table(judged: list[Judged], answers: Answers) -> str:
    heads = ["category", "queries", f"nDCG@{DEPTH}", "MRR", f"recall@{DEPTH}", "zero-hit"]
    rows = [
        [
            name,
            str(score.queries),
            f"{score.ndcg:.3f}",
            f"{score.mrr:.3f}",
            f"{score.recall:.3f}",
            f"{score.zero_hits:.1%}",
        ]
        for name, score in scores(judged, answers).items()
    ]
    return table(heads, rows)


def _print_misses(judged: list[Judged], answers: Answers) -> None:
    for query in judged:
        found = answers[query.query]
        score = ndcg(found, query.grades)
        if score < LOW:
            print(f"\n{score:.2f}  {query.category}: {query.query}")
            for slug in top(found):
                print(f"      {query.grades.get(slug, 0)} {slug}")
            missing = [f"{slug} ({grade})" for slug, grade in query.grades.items()]
            print(f"      wanted: {', '.join(missing)}")


def _print_agreement(answers: Mapping[str, Answers]) -> None:
    if len(answers) < 2:
        print("\nOne database only, so nothing to compare.")
        return
    sqlite, postgresql = answers["sqlite"], answers["postgresql"]
    different = [query for query in sqlite if sqlite[query] != postgresql[query]]
    same = len(sqlite) - len(different)
    print(f"\nSame order on both databases: {same} of {len(sqlite)} queries")
    for query in different:
        print(f"  differs: {query}\n    {sqlite[query]}\n    {postgresql[query]}")


if __name__ == "__main__":
    main()
