from collections import Counter
from itertools import pairwise

import pytest

from benchmarks.load.plan import AGAIN, MIX, Pool, Ramp, plan, saves

POOL = Pool(
    practices=[f"gen-{number}" for number in range(1000)],
    municipalities=["heerlen", "venlo"],
    themes=["taal", "werk", "zorg"],
    words=[f"woord{number}" for number in range(100)],
)


def test_shares_of_the_kinds_are_a_whole():
    assert sum(share for share, _ in MIX.values()) == pytest.approx(1)


def test_plan_is_the_same_for_the_same_seed():
    assert plan(POOL, 20, 10, seed=3) == plan(POOL, 20, 10, seed=3)
    assert plan(POOL, 20, 10, seed=3) != plan(POOL, 20, 10, seed=4)


def test_plan_has_the_rate_the_mix_and_the_repeats_that_were_asked():
    made = plan(POOL, 100, 100, seed=1)

    kinds = Counter(arrival.kind for arrival in made)
    assert len(made) == pytest.approx(10_000, rel=0.05)
    for kind, (share, _) in MIX.items():
        assert kinds[kind] / len(made) == pytest.approx(share, abs=0.02)
    assert sum(arrival.again for arrival in made) / len(made) == pytest.approx(AGAIN, abs=0.02)


def test_moments_rise_end_in_time_and_are_not_regular():
    moments = [arrival.at for arrival in plan(POOL, 50, 20, seed=1)]

    gaps = [later - before for before, later in pairwise(moments)]
    assert moments == sorted(moments)
    assert moments[-1] < 20
    # In a Poisson process e⁻¹ of the gaps is longer than the mean.
    long = sum(gap > 1 / 50 for gap in gaps) / len(gaps)
    assert long == pytest.approx(0.368, abs=0.05)


def test_what_is_asked_again_was_asked_before():
    seen = set()
    for arrival in plan(POOL, 50, 20, seed=1):
        assert not arrival.again or (arrival.kind, arrival.address) in seen
        seen.add((arrival.kind, arrival.address))


def test_saves_are_few_and_can_be_none():
    assert len(saves(50, 6, 3600, seed=1)) == pytest.approx(360, rel=0.15)
    assert saves(50, 0, 3600, seed=1) == []


def test_ramp_rises_by_half_and_ends():
    assert list(Ramp(first=4, most=20).rates()) == [4, 6, 9, 13.5]
