"""`python -m benchmarks.lighthouse`: Lighthouse's scores of the main pages.

On a site in production mode with the real catalogue and granian, as `make run` makes it, but
without the map's background, which is another host's. A slow telephone on a slow line is
simulated, as Lighthouse does unless told otherwise. Needs node, npm and Chromium.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.databases import Catalogue, Databases
from benchmarks.node import installed
from benchmarks.tables import machine, table
from tests import chromium

PACKAGE = "lighthouse@13.5.0"
PAGES = {
    "home": "/",
    "list": "/praktijken/",
    "practice": "/praktijken/kandoen-venlo/",
    "municipality": "/gemeenten/venlo/",
    "map": "/kaart/",
}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
SHOWN = {
    "LCP": "largest-contentful-paint",
    "CLS": "cumulative-layout-shift",
    "TBT": "total-blocking-time",
    "kB": "total-byte-weight",
}
WANTED = 95
PATIENCE = 30  # seconds
# Now and then it says that it missed the beginning of the page ("NO_NAVSTART, run again").
ATTEMPTS = 3

Report = dict[str, Any]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=3, help="runs of each page; the median counts")
    options = parser.parse_args()
    program = installed(PACKAGE, "lighthouse/cli/index.js")
    with Databases() as databases:
        catalogue = databases.catalogue("sqlite", "lighthouse")
        databases.collect_static()
        with _served(catalogue) as site:
            reports = {
                name: [_report(program, site + address) for _ in range(options.times)]
                for name, address in PAGES.items()
            }
    print(f"\n{machine()}, {PACKAGE}, {chromium.version()}, median of {options.times}\n")
    print(table(["page", *CATEGORIES, *SHOWN], [_row(name, reports[name]) for name in PAGES]))
    low = [
        name for name in PAGES if min(_score(reports[name], kind) for kind in CATEGORIES) < WANTED
    ]
    if low:
        print(f"\nBelow {WANTED}: {', '.join(low)}")
    return len(low)


@contextmanager
def _served(catalogue: Catalogue) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    granian = Path(sys.executable).with_name("granian")
    command = [granian, "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--no-ws", "--log-level", "error", "--blocking-threads", "8"]
    server = subprocess.Popen(
        [*command, "parelkaart.wsgi:application"],
        env=catalogue.environment,
        stderr=subprocess.DEVNULL,  # Lighthouse asks for files that no site needs to have.
    )
    try:
        site = f"http://127.0.0.1:{port}"
        _wait_for(f"{site}/_healthz/")
        yield site
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _wait_for(address: str) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            urlopen(address).close()  # noqa: S310 - our own server
        except URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return


def _report(program: Path, address: str) -> Report:
    command = ["node", str(program), address, "--quiet", "--output=json", "--output-path=stdout"]
    command += ["--chrome-flags=--headless=new --no-sandbox"]
    found = {"CHROME_PATH": chromium.executable() or ""}
    for _ in range(ATTEMPTS):
        done = subprocess.run(
            command, env=os.environ | found, check=False, capture_output=True, text=True
        )
        if not done.returncode:
            break
    else:
        raise SystemExit(f"Lighthouse failed on {address}:\n{done.stderr[-2000:]}")
    report: Report = json.loads(done.stdout)
    return report


def _score(reports: list[Report], category: str) -> float:
    """0 to 100."""
    return median(report["categories"][category]["score"] * 100 for report in reports)


def _row(name: str, reports: list[Report]) -> list[str]:
    def middle(audit: str) -> float:
        return median(report["audits"][audit]["numericValue"] for report in reports)

    return [
        name,
        *(f"{_score(reports, category):.0f}" for category in CATEGORIES),
        f"{middle(SHOWN['LCP']) / 1000:.1f} s",
        f"{middle(SHOWN['CLS']):.3f}",
        f"{middle(SHOWN['TBT']):.0f} ms",
        f"{middle(SHOWN['kB']) / 1000:.0f}",
    ]


if __name__ == "__main__":
    if not shutil.which("node"):
        raise SystemExit("SKIPPED: node is not installed here.")
    raise SystemExit(main())
