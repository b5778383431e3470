"""`python -m benchmarks.indexes`: does any page read a whole table to show a few rows?

On a large catalogue, for every filter, order, page, list of the admin and address of the API:
what the site really asks, explained by the database. Fails on a whole table that has no
reason in allowed.py.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from benchmarks.databases import Databases
from benchmarks.judged import ROOT
from benchmarks.tables import machine


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=100_000, help="generated entries")
    parser.add_argument("--engines", type=lambda text: text.split(","), help="sqlite,postgresql")
    parser.add_argument("--keep", type=Path, help="a folder for the catalogues, used again")
    options = parser.parse_args()
    failed = []
    with Databases(options.keep) as databases:
        databases.collect_static()
        for engine in options.engines or databases.engines:
            catalogue = databases.filled(engine, options.count)
            catalogue.run("-m", "benchmarks.indexes.surroundings")
            print(f"\n## {engine}, {options.count:,} generated entries ({machine()})\n", flush=True)
            command = [sys.executable, "-m", "benchmarks.indexes.explain"]
            if subprocess.run(command, cwd=ROOT, env=catalogue.environment, check=False).returncode:
                failed.append(engine)
    if failed:
        raise SystemExit(f"\nFAILED: {', '.join(failed)}")


if __name__ == "__main__":
    main()
