"""`python -m benchmarks.export_memory`: does a long download need more memory than a short one?

One process of the site for each size; the list page first, so that what the site keeps of the whole
catalogue (the snapshot, which does grow) is there before. What counts is the peak above that.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from typing import Any

from benchmarks.databases import Catalogue, Databases
from benchmarks.judged import ROOT
from benchmarks.tables import machine, table

FILES = ("/praktijken.csv", "/praktijken.json", "/praktijken-plaatsen.geojson")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="10000,100000", help="generated entries, ascending")
    options = parser.parse_args()
    lines = []
    with Databases() as databases:
        databases.collect_static()
        catalogue = databases.catalogue("sqlite", "export")
        present = 0
        for size in sorted(int(part) for part in options.sizes.split(",")):
            catalogue.generate(size - present, "--start", str(present), "--no-index")
            present = size
            lines += [_line(size, file, *_asked(catalogue, file)) for file in FILES]
    print(f"\n{machine()}, SQLite\n")
    print(table(["generated entries", "file", "MB sent", "s", "MB before", "MB more"], lines))


def _asked(catalogue: Catalogue, file: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the list page and then the file cost, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.page_worker"],
        cwd=ROOT,
        env=catalogue.environment,
        input=f"/praktijken/\n{file}\n",
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    page, download = (json.loads(line) for line in done.stdout.splitlines())
    return page, download


def _line(size: int, file: str, page: dict[str, Any], download: dict[str, Any]) -> list[str]:
    if not download["status"].startswith("200"):
        raise SystemExit(f"{file} answered {download['status']}")
    return [
        f"{size:,}",
        file,
        f"{download['bytes'] / 1e6:.1f}",
        f"{download['ms'] / 1000:.1f}",
        f"{page['peak'] / 1000:.0f}",
        f"{(download['peak'] - page['peak']) / 1000:.1f}",
    ]


if __name__ == "__main__":
    main()
