"""How long and how much memory a spreadsheet of 5,000 practices takes, on both databases.

`python -m benchmarks.spreadsheets [--rows 5000]`. Each step runs in a process of its own, so
that its peak of memory is its own.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.databases import Catalogue, Databases

STEPS = ("download", "new", "updates", "updates-published")
WORKER = "benchmarks.spreadsheet_worker"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5000)
    rows = parser.parse_args().rows
    with Databases() as databases:
        for engine in databases.engines:
            catalogue = databases.catalogue(engine, "spreadsheets")
            catalogue.generate(rows)
            measure(catalogue, databases.var / engine, rows)
    return 0


def measure(catalogue: Catalogue, folder: Path, rows: int) -> None:
    folder.mkdir()
    print(f"\n{catalogue.engine}, {rows} rows", flush=True)
    print("| step | kind | write s | read s | preview s | confirm s | peak MB |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: |")
    for step in STEPS:
        for kind in ("ods", "xlsx", "csv"):
            catalogue.show("-m", WORKER, step, kind, str(rows))


if __name__ == "__main__":
    sys.exit(main())
