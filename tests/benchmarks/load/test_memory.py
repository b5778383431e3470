import os

import pytest

from benchmarks.load.memory import Reading, after_warm_up, children, growth, held, members


def test_growth_is_that_of_the_line_over_the_whole_time():
    line = growth([0, 10, 20, 30], [100, 103, 106, 109])

    assert (line.mean, line.grown) == (pytest.approx(104.5), pytest.approx(9))
    assert line.is_too_much


def test_peak_in_the_middle_is_no_growth():
    """As when a process holds two snapshots for a moment."""
    line = growth([0, 10, 20, 30, 40], [200, 200, 260, 200, 200])

    assert line.grown == pytest.approx(0)
    assert not line.is_too_much


def test_what_becomes_smaller_has_not_grown():
    assert not growth([0, 10], [300, 200]).is_too_much


def test_first_third_is_the_warm_up():
    readings = [Reading(at, {1: 100.0}, 0.0) for at in (0, 10, 20, 30, 60)]

    assert [reading.at for reading in after_warm_up(readings)] == [20, 30, 60]
    assert after_warm_up([]) == []


def test_processes_are_found_by_group_and_parent():
    assert os.getpid() in members(os.getpgrp())
    assert os.getpid() in children(os.getppid())


def test_process_that_is_gone_holds_nothing():
    assert held(os.getpid(), "VmRSS") > 10
    assert held(2**22 + 1, "VmRSS") == 0
