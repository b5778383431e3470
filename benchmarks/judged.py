"""The judged queries: what people type and which practices they should find."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.metrics import Scores, average

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_FILE = ROOT / "tests" / "practices" / "search" / "judged_queries.jsonl"

Answers = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Judged:
    category: str
    query: str
    grades: Mapping[str, int]


def load() -> list[Judged]:
    """The file named by QUERIES, or the project's own; ends the program without."""
    path = Path(os.environ.get("QUERIES") or DEFAULT_FILE)
    if not path.is_file():
        raise SystemExit(
            f"No judged queries: {path} does not exist.\n"
            "Name a file with QUERIES=path. Each line is one query as JSON: "
            '{"category": "topic", "query": "schulden", "relevance": {"<slug>": 2}}'
        )
    return [parse(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def parse(line: str) -> Judged:
    data = json.loads(line)
    return Judged(data["category"], data["query"], data["relevance"])


def scores(judged: Sequence[Judged], answers: Answers) -> dict[str, Scores]:
    """Per category, in the order of the file, and last `all`."""
    categories = list(dict.fromkeys(query.category for query in judged))
    parts = {name: [query for query in judged if query.category == name] for name in categories}
    return {
        name: average([(answers[query.query], query.grades) for query in queries])
        for name, queries in {**parts, "all": list(judged)}.items()
    }
