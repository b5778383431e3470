"""Numbers of a run for people, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.load.client import Sample
from benchmarks.load.memory import MOST_GROWTH, SHORTEST_JUDGED, Reading, after_warm_up, growth
from benchmarks.metrics import percentile
from benchmarks.tables import table

HEADS = ["kind", "requests", "errors", "p50 ms", "p95 ms", "p99 ms", "most ms"]
MOST_LINES = 12  # of the table of memory
MOST_ERRORS = 5


@dataclass(frozen=True)
class Run:
    """`seconds` until the last answer; `client` is the processor time of the client itself."""

    rate: float
    seconds: float
    client: float
    samples: list[Sample]
    readings: list[Reading]

    @property
    def errors(self) -> list[Sample]:
        return [sample for sample in self.samples if sample.error]

    @property
    def p95(self) -> float:
        """In seconds, of everything."""
        return percentile([sample.seconds for sample in self.samples], 0.95)


def show(run: Run) -> None:
    kinds = sorted({sample.kind for sample in run.samples})
    rows = [_row(kind, [s for s in run.samples if s.kind == kind]) for kind in kinds]
    print(table(HEADS, [*rows, _row("all", run.samples)]))
    late = percentile([sample.late for sample in run.samples], 0.99)
    sent = sum(sample.size for sample in run.samples) / 1e6
    print(
        f"{len(run.samples) / run.seconds:.1f} answers a second ({run.rate:g} planned), "
        f"{sent:.0f} MB; client: {run.client / run.seconds:.0%} of a processor, "
        f"p99 {late * 1000:.0f} ms behind its plan"
    )
    for sample in run.errors[:MOST_ERRORS]:
        print(f"  ERROR {sample.kind}: {sample.error} after {sample.seconds:.1f} s")


def _row(kind: str, samples: Sequence[Sample]) -> list[str]:
    times = [sample.seconds * 1000 for sample in samples]
    errors = sum(bool(sample.error) for sample in samples)
    shares = [f"{percentile(times, share):.0f}" for share in (0.5, 0.95, 0.99)]
    return [kind, str(len(samples)), str(errors), *shares, f"{max(times):.0f}"]


def show_memory(run: Run) -> None:
    processes = sorted({pid for reading in run.readings for pid in reading.web})
    heads = ["s", *(f"web {pid}" for pid in processes), "PostgreSQL"]
    step = max(1, len(run.readings) // MOST_LINES)
    print("\nMB held (PostgreSQL: all its processes, without what they share)")
    rows = [
        [
            f"{reading.at:.0f}",
            *(f"{reading.web.get(pid, 0):.0f}" for pid in processes),
            f"{reading.postgres:.0f}",
        ]
        for reading in run.readings[::step]
    ]
    print(table(heads, rows))


def complaints(run: Run) -> list[str]:
    """What must not be: an error, or memory that grows."""
    found = [f"{len(run.errors)} errors"] if run.errors else []
    settled = after_warm_up(run.readings)
    if len(settled) < 3 or run.readings[-1].at < SHORTEST_JUDGED:
        print(f"Memory is not judged: that takes a run of {SHORTEST_JUDGED:.0f} s.")
        return found
    moments = [reading.at for reading in settled]
    lines = {
        f"web {pid}": [reading.web.get(pid, 0.0) for reading in settled]
        for pid in sorted(settled[-1].web)
    }
    for name, held in lines.items():
        line = growth(moments, held)
        print(
            f"{name}: {line.mean:.0f} MB, {line.grown:+.1f} MB in {moments[-1] - moments[0]:.0f} s"
        )
        if line.is_too_much:
            found.append(f"{name} grew by {line.grown:.0f} MB (more than {MOST_GROWTH:.0%})")
    return found
