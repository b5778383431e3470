"""How well judged questions are answered on the real catalogue, and in exactly which order.

`judged_queries.jsonl` was made by somebody who read all practices and knew nothing of how
the search works. `expected_order.json` is what it finds today: whole lists, so that both
databases and every later version give the same. After a change that is meant:
`UPDATE_ORDER=1 pytest tests/practices/search/test_quality.py`. Another file of judged
queries is held against the same bars with `QUERIES=file`.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest
from django.conf import settings
from django.http import QueryDict

from benchmarks.judged import load, scores
from practices.finder import PracticeFinder
from practices.importers import load_catalogue, load_thesaurus
from practices.search import Answer, coverage, statement

pytestmark = [pytest.mark.django_db, pytest.mark.contract]

HERE = Path(__file__).parent
EXPECTED = HERE / "expected_order.json"
SHOWN = 10
OVERALL, PER_CATEGORY = 0.92, 0.70


@pytest.fixture(scope="module")
def answers(module_db):
    """The slugs found for each query, best first, from the real catalogue."""
    load_catalogue(settings.CATALOGUE_DIR)
    load_thesaurus(settings.CATALOGUE_DIR)
    return {judged.query: _found(judged.query) for judged in load()}


def _found(query: str) -> list[str]:
    data = QueryDict(mutable=True)
    data["q"] = query
    finder = PracticeFinder(data)
    return [practice.slug for practice in (*finder.results, *finder.partial)]


def test_judged_queries_are_answered_well(answers):
    judged = load()
    by_category = scores(judged, answers)
    overall = by_category.pop("all")
    assert overall.ndcg >= OVERALL
    assert overall.zero_hits == 0
    assert {
        name: score.ndcg for name, score in by_category.items() if score.ndcg < PER_CATEGORY
    } == {}


def test_the_whole_order_is_as_expected(answers):
    if os.environ.get("QUERIES"):
        pytest.skip("the expected order is that of the project's own queries")
    order = {query: _order(found) for query, found in answers.items()}
    if os.environ.get("UPDATE_ORDER"):
        text = json.dumps(order, ensure_ascii=False, indent=1)
        EXPECTED.write_text(f"{text}\n", encoding="utf-8")
    assert order == json.loads(EXPECTED.read_text(encoding="utf-8"))


def test_a_large_catalogue_gives_the_same_results(answers, monkeypatch):
    """There only what is worth scoring is scored; here that is tried on all questions."""
    monkeypatch.setattr(statement, "FEW", 0)
    monkeypatch.setattr(coverage, "FEW", 0)
    assert {query: _found(query) for query in answers} == answers


def test_in_a_large_catalogue_the_strong_results_are_scored(answers, monkeypatch):
    everything = {query: Answer(query).results for query in answers}
    monkeypatch.setattr(statement, "FEW", 0)
    monkeypatch.setattr(coverage, "FEW", 0)
    monkeypatch.setattr(coverage, "MOST_RESULTS", 5)
    few = {query: Answer(query).results for query in answers}
    assert any(few[query] != everything[query] for query in answers)
    assert {q: set(found) for q, found in few.items()} == {
        q: set(found) for q, found in everything.items()
    }


def _order(found: list[str]) -> dict[str, object]:
    """The first ones to read, and a digest of the whole list."""
    digest = hashlib.sha256("\n".join(found).encode()).hexdigest()[:16]
    return {"first": found[:SHOWN], "found": len(found), "digest": digest}
