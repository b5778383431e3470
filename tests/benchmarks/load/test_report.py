from benchmarks.load import report
from benchmarks.load.client import Sample
from benchmarks.load.memory import Reading
from benchmarks.load.report import Run

STEADY = [Reading(at, {7: 200.0}, 50.0) for at in range(0, 600, 10)]
GROWING = [Reading(at, {7: 200.0 + at / 10}, 50.0) for at in range(0, 600, 10)]
GOOD = [Sample("home", seconds / 100, 200, 1000) for seconds in range(1, 101)]


def run_of(samples=GOOD, readings=STEADY):
    return Run(rate=10, seconds=10, client=0.5, samples=samples, readings=readings)


def test_answers_are_told_by_kind_and_together(capsys):
    report.show(run_of([*GOOD, Sample("search", 30.0, 0, error="TimeoutError")]))

    lines = capsys.readouterr().out.splitlines()
    assert lines[2].split() == [
        "|",
        "home",
        "|",
        "100",
        "|",
        "0",
        "|",
        "505",
        "|",
        "950",
        "|",
        "990",
        "|",
        "1000",
        "|",
    ]
    assert lines[4].split()[1:6:2] == ["all", "101", "1"]
    assert "10.1 answers a second (10 planned), 0 MB; client: 5% of a processor" in lines[5]
    assert lines[6] == "  ERROR search: TimeoutError after 30.0 s"


def test_run_without_errors_or_growth_is_good():
    assert report.complaints(run_of()) == []


def test_error_is_a_complaint():
    assert report.complaints(run_of([*GOOD, Sample("home", 1, 500, error="status 500")])) == [
        "1 errors"
    ]


def test_memory_that_grows_is_a_complaint():
    assert report.complaints(run_of(readings=GROWING)) == ["web 7 grew by 39 MB (more than 5%)"]


def test_short_run_says_that_memory_is_not_judged(capsys):
    assert report.complaints(run_of(readings=GROWING[:10])) == []
    assert "Memory is not judged" in capsys.readouterr().out
