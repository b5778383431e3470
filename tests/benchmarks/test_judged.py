import json
from pathlib import Path

import pytest

from benchmarks import judged
from benchmarks.judged import Judged

LINES = [
    {"category": "topic", "query": "schulden", "relevance": {"a": 2}},
    {"category": "typo", "query": "schuldn", "relevance": {"a": 2, "b": 1}},
    {"category": "topic", "query": "taal", "relevance": {"c": 1}},
]


def test_load_named_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "queries.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in LINES) + "\n\n", encoding="utf-8")
    monkeypatch.setenv("QUERIES", str(file))

    assert judged.load() == [
        Judged("topic", "schulden", {"a": 2}),
        Judged("typo", "schuldn", {"a": 2, "b": 1}),
        Judged("topic", "taal", {"c": 1}),
    ]


def test_load_missing_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUERIES", str(tmp_path / "nothing.jsonl"))

    with pytest.raises(SystemExit, match=r"No judged queries: .*nothing\.jsonl does not exist"):
        judged.load()


def test_scores_per_category() -> None:
    queries = [judged.parse(json.dumps(line)) for line in LINES]

    scores = judged.scores(queries, {"schulden": ["a"], "schuldn": [], "taal": ["c"]})

    assert {name: (score.queries, score.ndcg) for name, score in scores.items()} == {
        "topic": (2, 1),
        "typo": (1, 0),
        "all": (3, pytest.approx(2 / 3)),
    }
