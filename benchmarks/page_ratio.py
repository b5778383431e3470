"""`python -m benchmarks.page_ratio --count 100000`: how pages slow down as the catalogue grows.

Two processes of the site, one on the real catalogue and one on the same with generated
entries added, answer the same requests in turn, so that a busy machine hits both. Every
question is asked once, so no page comes ready-made out of a cache of earlier answers; what
the site keeps for the whole catalogue is warm, as it is for all but the first visitor.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import IO, Any
from urllib.parse import urlencode

from benchmarks.databases import Catalogue, Databases
from benchmarks.grammar import load
from benchmarks.judged import ROOT
from benchmarks.metrics import percentile
from benchmarks.tables import machine, table

LIST, SUGGESTIONS = "/praktijken/", "/suggesties/"
WARM_UP = 10
UNFILTERED = 20


@dataclass
class Timings:
    baseline: list[float]
    large: list[float]

    @property
    def ratios(self) -> list[float]:
        return [large / small for small, large in zip(self.baseline, self.large, strict=True)]


class Worker:
    """One process of the site."""

    def __init__(self, requests: IO[str], answers: IO[str]) -> None:
        self._requests = requests
        self._answers = answers

    def get(self, address: str) -> dict[str, Any]:
        self._requests.write(f"{address}\n")
        self._requests.flush()
        answer: dict[str, Any] = json.loads(self._answers.readline())
        if not answer["status"].startswith("200"):
            raise SystemExit(f"{address} answered {answer['status']}")
        return answer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--existing-municipalities", action="store_true", help="add no places")
    options = parser.parse_args()
    extra = ["--existing-municipalities"] if options.existing_municipalities else []
    with Databases() as databases:
        databases.collect_static()
        for engine in databases.engines:
            baseline = databases.catalogue(engine, "baseline")
            large = databases.catalogue(engine, "large")
            large.generate(options.count, *extra)
            with worker(baseline) as small_site, worker(large) as large_site:
                _report(engine, options.count, small_site, large_site)


@contextmanager
def worker(catalogue: Catalogue) -> Iterator[Worker]:
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.page_worker"],
        cwd=ROOT,
        env=catalogue.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        if process.stdin and process.stdout:
            yield Worker(process.stdin, process.stdout)
    finally:
        process.terminate()
        process.communicate()


def requests() -> dict[str, list[str]]:
    """Kind of page -> addresses, each asked once."""
    questions = load("questions")
    typed = [question[:length] for question in questions for length in (3, 5, 8)]
    return {
        "list, two words, all facets": [address(LIST, question) for question in questions],
        "list, no question, all facets": [LIST] * UNFILTERED,
        "suggestions": [address(SUGGESTIONS, text) for text in dict.fromkeys(typed)],
    }


def address(path: str, question: str) -> str:
    return f"{path}?{urlencode({'q': question})}"


def measure(baseline: Worker, large: Worker, addresses: Sequence[str]) -> Timings:
    """The first requests are for free; afterwards both answer in turn, and who is first too."""
    for request in addresses[:WARM_UP]:
        baseline.get(request)
        large.get(request)
    timings = Timings([], [])
    for number, request in enumerate(addresses[WARM_UP:]):
        both = ((baseline, timings.baseline), (large, timings.large))
        for site, times in both if number % 2 else reversed(both):
            times.append(site.get(request)["ms"])
    return timings


def _report(engine: str, count: int, baseline: Worker, large: Worker) -> None:
    print(f"\n{engine}: real catalogue against {count:,} more ({machine()})", flush=True)
    first = [site.get(LIST) for site in (baseline, large)]
    heads = ["page", "requests", "median ratio", "p95 ratio", "p95 / p95", "median ms", "p95 ms"]
    rows = []
    for name, addresses in requests().items():
        timings = measure(baseline, large, addresses)
        rows.append([name, str(len(timings.ratios)), *_numbers(timings)])
        print(f"  {name}: done", flush=True)
    print(table(heads, rows))
    last = [site.get(LIST) for site in (baseline, large)]
    memory = [answer["memory"] / 1024 for answer in last]
    print(f"first request: {first[0]['ms']:.0f} and {first[1]['ms']:.0f} ms")
    print(f"list page: {last[0]['bytes'] / 1024:.0f} and {last[1]['bytes'] / 1024:.0f} kB")
    print(f"memory: {memory[0]:.0f} and {memory[1]:.0f} MB, {memory[1] - memory[0]:+.0f} MB")


def _numbers(timings: Timings) -> Iterator[str]:
    p95 = [percentile(times, 0.95) for times in (timings.baseline, timings.large)]
    yield f"{median(timings.large) / median(timings.baseline):.1f}"
    yield f"{percentile(timings.ratios, 0.95):.1f}"
    yield f"{p95[1] / p95[0]:.1f}"
    yield f"{median(timings.baseline):.0f} -> {median(timings.large):.0f}"
    yield f"{p95[0]:.0f} -> {p95[1]:.0f}"


if __name__ == "__main__":
    main()
