"""Every expected number is worked out by hand in the comment beside it."""

from math import log2

import pytest

from benchmarks.metrics import Scores, average, ndcg, percentile, recall, reciprocal_rank, top

GRADES = {"best": 2, "good": 1}


def test_ndcg_ideal_order() -> None:
    assert ndcg(["best", "good", "other"], GRADES) == 1


def test_ndcg_swapped_order() -> None:
    # Found: 1 / log2(2) + 3 / log2(3). Ideal: 3 / log2(2) + 1 / log2(3).
    expected = (1 + 3 / log2(3)) / (3 + 1 / log2(3))

    assert ndcg(["good", "best"], GRADES) == pytest.approx(expected)
    assert expected == pytest.approx(0.797, abs=0.001)


def test_ndcg_after_the_tenth_place() -> None:
    others = [f"other-{number}" for number in range(10)]

    assert ndcg([*others, "best"], GRADES) == 0
    assert ndcg([*others[:9], "best"], GRADES) == pytest.approx(
        (3 / log2(11)) / (3 + 1 / log2(3))  # rank 10
    )


def test_ndcg_ideal_of_more_than_ten() -> None:
    grades = {f"good-{number}": 1 for number in range(12)}

    assert ndcg([f"good-{number}" for number in range(10)], grades) == pytest.approx(1)


def test_ndcg_repeated_result() -> None:
    assert ndcg(["best", "best", "good"], GRADES) == 1
    assert top(["best", "best", "good"]) == ["best", "good"]


def test_ndcg_without_answers() -> None:
    assert ndcg([], GRADES) == 0
    assert ndcg(["other"], {}) == 0


@pytest.mark.parametrize(
    ("results", "expected"),
    [(["good"], 1), (["other", "third", "best"], 1 / 3), (["other"], 0), ([], 0)],
)
def test_reciprocal_rank(results: list[str], expected: float) -> None:
    assert reciprocal_rank(results, GRADES) == expected


def test_recall_half() -> None:
    assert recall(["other", "good"], GRADES) == 1 / 2


def test_recall_of_more_than_ten() -> None:
    grades = {f"good-{number}": 1 for number in range(16)}

    # Ten of sixteen is all that ten places can show.
    assert recall([f"good-{number}" for number in range(16)], grades) == 1
    assert recall(["good-1", "other"], grades) == 1 / 10


def test_recall_ungraded() -> None:
    assert recall(["other"], {"other": 0}) == 0


def test_average_of_a_hit_and_a_miss() -> None:
    scores = average([(["best", "good"], GRADES), ([], GRADES)])

    assert scores == Scores(queries=2, ndcg=0.5, mrr=0.5, recall=0.5, zero_hits=0.5)


def test_average_of_nothing() -> None:
    assert average([]) == Scores(queries=0, ndcg=0, mrr=0, recall=0, zero_hits=0)


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0, 10), (0.5, 25), (1, 40), (0.95, 38.5)],  # 0.95 of three steps is 2.85: 30 + 0.85 x 10
)
def test_percentile(share: float, expected: float) -> None:
    assert percentile([40, 10, 30, 20], share) == pytest.approx(expected)
