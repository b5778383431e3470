"""What processes hold, and whether that grows."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

# Of the run: snapshots of the catalogue, pools of connections and memory of threads come once.
WARM_UP = 1 / 3
# Shorter than this, a line through the samples says nothing.
SHORTEST_JUDGED = 240.0
# How much larger a process may become while the rest of the run lasts, of its mean size.
MOST_GROWTH = 0.05


@dataclass(frozen=True)
class Reading:
    """In MB: each web process, and all of PostgreSQL without the buffers that it shares."""

    at: float
    web: dict[int, float]
    postgres: float


@dataclass(frozen=True)
class Growth:
    """A straight line through what was held after the warm-up, in MB."""

    mean: float
    grown: float

    @property
    def is_too_much(self) -> bool:
        return self.grown > MOST_GROWTH * self.mean


async def watch(web: int, postmaster: int | None, readings: list[Reading], every: float) -> None:
    """Until it is cancelled. `web` leads the group of processes of the web server."""
    began = time.monotonic()
    while True:
        group = {pid: held(pid, "VmRSS") for pid in members(web)}
        database = 0.0
        if postmaster:
            backends = [postmaster, *children(postmaster)]
            database = sum(held(pid, "RssAnon") for pid in backends)
        readings.append(Reading(time.monotonic() - began, group, database))
        await asyncio.sleep(every)


def growth(moments: Sequence[float], held: Sequence[float]) -> Growth:
    """Least squares; the moments must differ."""
    middle, mean = fmean(moments), fmean(held)
    spread = sum((moment - middle) ** 2 for moment in moments)
    together = sum((m - middle) * (h - mean) for m, h in zip(moments, held, strict=True))
    return Growth(mean, together / spread * (moments[-1] - moments[0]))


def after_warm_up(readings: Sequence[Reading]) -> list[Reading]:
    if not readings:
        return []
    start = readings[-1].at * WARM_UP
    return [reading for reading in readings if reading.at >= start]


def held(pid: int, kind: str) -> float:
    """In MB; nothing for a process that has just ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    lines = (line.split() for line in status.splitlines() if line.startswith(f"{kind}:"))
    return next((int(line[1]) / 1024 for line in lines), 0.0)


def members(group: int) -> list[int]:
    return [pid for pid, fields in _processes() if int(fields[2]) == group]


def children(parent: int) -> list[int]:
    return [pid for pid, fields in _processes() if int(fields[1]) == parent]


def _processes() -> list[tuple[int, list[str]]]:
    """Each with its state, parent, group and so on (proc_pid_stat(5), from the third field)."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                line = (folder / "stat").read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue
            found.append((int(folder.name), line.rpartition(")")[2].split()))
    return sorted(found)
