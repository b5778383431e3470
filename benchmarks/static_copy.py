"""`python -m benchmarks.static_copy`: the time, memory and room that `build_mirror` takes."""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.databases import Catalogue, Databases
from benchmarks.judged import ROOT
from benchmarks.tables import machine, table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="0,10000", help="generated entries, ascending")
    options = parser.parse_args()
    lines = []
    with Databases() as databases:
        databases.collect_static()
        catalogue = databases.catalogue("sqlite", "static_copy")
        present = 0
        for size in sorted(int(part) for part in options.sizes.split(",")):
            if size > present:
                catalogue.generate(size - present, "--start", str(present))
            present = size
            lines.append([f"{size:,}", *_build(catalogue, databases.var / f"copy-{size}")])
    print(f"\n{machine()}, SQLite\n")
    print(table(["generated entries", "files", "MB", "s", "s of processor", "MB at most"], lines))


def _build(catalogue: Catalogue, folder: Path) -> list[str]:
    """The memory is that of the largest process so far: sizes ascend."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "manage.py", "build_mirror", str(folder)],
        cwd=ROOT,
        env=catalogue.environment | {"SITE_URL": "http://localhost"},
        check=True,
    )
    seconds = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    files = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return [
        f"{len(files):,}",
        f"{sum(files) / 1e6:.0f}",
        f"{seconds:.0f}",
        f"{processor:.0f}",
        f"{after.ru_maxrss / 1000:.0f}",
    ]


if __name__ == "__main__":
    main()
