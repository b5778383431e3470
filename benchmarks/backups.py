"""`python -m benchmarks.backups`: what backup and restore cost, from each database to the other.

Restoring reads everything back and builds the search index; that is in its time. Without photos:
those are copied as they are.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.databases import Catalogue, Databases
from benchmarks.judged import ROOT
from benchmarks.tables import machine, table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="1000,10000", help="generated entries, ascending")
    options = parser.parse_args()
    lines = []
    with Databases() as databases:
        for size in (int(part) for part in options.sizes.split(",")):
            source = databases.catalogue("sqlite", f"source_{size}")
            source.generate(size, "--no-index")
            file = databases.var / f"first_{size}.zip"
            lines += [_measured(size, source, "backup", file)]
            for engine in reversed(databases.engines):
                target = databases.empty(engine, f"target_{size}")
                lines += [_measured(size, target, "restore", file)]
                file = databases.var / f"{engine}_{size}.zip"
                lines += [_measured(size, target, "backup", file)]
    print(f"\n{machine()}\n")
    print(table(["generated entries", "step", "database", "s", "s of CPU", "peak MB", "MB"], lines))


def _measured(size: int, catalogue: Catalogue, step: str, file: Path) -> list[str]:
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "manage.py", step, str(file)],
        cwd=ROOT,
        env=catalogue.environment,
        stdout=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{step} of {file} failed")
    return [
        f"{size:,}",
        step,
        catalogue.engine,
        f"{time.monotonic() - began:.1f}",
        f"{used.ru_utime + used.ru_stime:.1f}",
        f"{used.ru_maxrss / 1000:.0f}",
        f"{file.stat().st_size / 1e6:.1f}",
    ]


if __name__ == "__main__":
    main()
