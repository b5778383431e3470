"""`python -m benchmarks.load`: visitors and editors at once, on a large catalogue.

Starts sites of its own on this machine and loads nothing else. Finds the rate that a site
answers in time, in short steps, and then asks for less than that, for ten minutes; `--rate`
leaves the steps out. Fails on an error and on memory that grows. See README.md.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import time
from pathlib import Path
from typing import Any

from benchmarks.databases import Databases
from benchmarks.grammar import load as words_of
from benchmarks.load import report
from benchmarks.load.client import Client
from benchmarks.load.editors import Editors
from benchmarks.load.memory import Reading, watch
from benchmarks.load.plan import Pool, Ramp, plan, saves
from benchmarks.load.report import Run
from benchmarks.tables import machine
from tests.processes import Site, serving

MOST_SECONDS = 1800
MOST_REQUESTS = 200_000
STEP = 20.0  # seconds at each rate of the ramp
IN_TIME = 1.0  # seconds that 95 of 100 answers may take
PART = 0.6  # of the highest rate that was answered in time
SERVER = ("--log-level", "error", "--blocking-threads", "4")


def main() -> None:
    options = _options()
    wrong = []
    with Databases(options.keep) as databases:
        databases.collect_static()
        for engine in options.engines or databases.engines:
            catalogue = databases.filled(engine, options.count)
            found = json.loads(catalogue.run("-m", "benchmarks.load.pool"))
            for workers in options.workers:
                title = f"{engine}, {workers} web process{'es' if workers > 1 else ''}"
                print(f"\n## {title}, {options.count:,} generated entries ({machine()})\n")
                with serving(catalogue.environment, "--workers", str(workers), *SERVER) as site:
                    postmaster = _postmaster(databases.cluster) if engine != "sqlite" else None
                    wrong += [
                        f"{title}: {line}" for line in _load(site, found, postmaster, options)
                    ]
    if wrong:
        raise SystemExit("\n".join(["", "FAILED", *wrong]))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=100_000, help="generated entries")
    parser.add_argument("--seconds", type=float, default=600.0, help="of each run")
    parser.add_argument("--rate", type=float, help="requests a second, instead of looking for one")
    parser.add_argument("--saves", type=float, default=2.0, help="by editors, in a minute")
    parser.add_argument("--workers", type=_numbers, default=[1, 2], help="web processes: 1,2")
    parser.add_argument("--engines", type=lambda text: text.split(","), help="sqlite,postgresql")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for the catalogues, used again")
    options = parser.parse_args()
    if not 0 < options.seconds <= MOST_SECONDS:
        parser.error(f"--seconds is at most {MOST_SECONDS}")
    if options.rate and options.rate * options.seconds > MOST_REQUESTS:
        parser.error(f"that is more than {MOST_REQUESTS} requests")
    return options


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _postmaster(cluster: dict[str, str]) -> int:
    pid_file = Path(cluster["DB_HOST"]) / "data" / "postmaster.pid"
    return int(pid_file.read_text(encoding="ascii").split()[0])


def _load(
    site: Site, found: dict[str, Any], postmaster: int | None, options: argparse.Namespace
) -> list[str]:
    words = sorted({word for question in words_of("questions") for word in question.split()})
    pool = Pool(found["practices"], found["municipalities"], found["themes"], words)

    def load(rate: float, seconds: float, saving: float) -> Run:
        seconds = min(seconds, MOST_REQUESTS / rate)
        arrivals = plan(pool, rate, seconds, options.seed)
        edits = saves(len(found["edited"]), saving, seconds, options.seed)
        return asyncio.run(_run(site, found, postmaster, rate, seconds, arrivals, edits))

    load(1.0, 8.0, 0.0)  # What each process keeps is there from here on.
    rate = options.rate or PART * _highest(load)
    run = load(rate, options.seconds, options.saves)
    report.show(run)
    report.show_memory(run)
    return report.complaints(run)


def _highest(load: Any) -> float:
    """Of the rates that are answered in time; SystemExit when even the lowest is not."""
    held = 0.0
    for rate in Ramp().rates():
        run = load(rate, STEP, 0.0)
        print(
            f"  {rate:g} a second: p95 {run.p95 * 1000:.0f} ms, {len(run.errors)} errors",
            flush=True,
        )
        if run.errors or run.p95 > IN_TIME:
            break
        held = rate
    if not held:
        raise SystemExit("FAILED: not even the lowest rate was answered in time.")
    return held


async def _run(
    site: Site,
    found: dict[str, Any],
    postmaster: int | None,
    rate: float,
    seconds: float,
    arrivals: list[Any],
    edits: list[tuple[float, int]],
) -> Run:
    client = Client(site.url)
    editors = Editors(client, found["session"], found["edited"])
    readings: list[Reading] = []
    every = max(2.0, seconds / 120)
    watching = asyncio.create_task(watch(site.process.pid, postmaster, readings, every))
    gc.freeze()
    began, used = time.monotonic(), time.process_time()
    await asyncio.gather(client.run(arrivals, began), editors.run(edits, began))
    took, used = time.monotonic() - began, time.process_time() - used
    watching.cancel()
    await client.close()
    return Run(rate, took, used, client.samples, readings)


if __name__ == "__main__":
    main()
