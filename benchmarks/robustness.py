"""Tens of thousands of generated requests and files, on both databases (tests/fuzzing.py).

`python -m benchmarks.robustness` sends REQUESTS (20,000) to the application itself, without a
socket, and gives FILES (2,000) to the commands and the import: odd questions, forms, bodies,
headers, methods and addresses, and files that are wrong in one place. It stops after MINUTES (60)
for each database and fails on an answer that is an error of the server, an error that a command
does not explain, and a refused file that changed something. An argument names one database.
"""

# Models can be imported only after the environment says which database is meant.
# ruff: noqa: PLC0415

from __future__ import annotations

import logging
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

REQUESTS = int(os.environ.get("REQUESTS", "20000"))
FILES = int(os.environ.get("FILES", "2000"))
MINUTES = int(os.environ.get("MINUTES", "60"))
# Hypothesis leaves some out that it had already.
SPARE = 1.1


def main() -> None:
    if sys.argv[1:] == ["measure"]:
        measure()
        return
    from benchmarks.databases import Databases

    with Databases() as databases:
        databases.collect_static()
        for engine in sys.argv[1:] or databases.engines:
            catalogue = databases.empty(engine, "robust")
            catalogue.show("-m", "benchmarks.robustness", "measure")


def measure() -> None:
    import django
    from django.test.utils import setup_test_environment

    django.setup()
    setup_test_environment()  # Mails are kept in memory.
    logging.disable(logging.CRITICAL)  # Refusing is what is asked for.
    from django.db import connection, transaction

    started = time.monotonic()
    with transaction.atomic(), tempfile.TemporaryDirectory() as folder:
        requests, files, faults = send(Path(folder), started + MINUTES * 60)
        transaction.set_rollback(True)
    seconds = time.monotonic() - started
    print(f"{connection.vendor}, in {seconds:.0f} s: {told(requests)}; files: {told(files)}")
    for name, example in faults.items():
        print(f"FAULT {name}\n  {example!r:.2000}")
    if faults:
        raise SystemExit(f"Faults: {len(faults)}.")
    if requests.total() < REQUESTS:
        raise SystemExit(f"Too few requests: {requests.total()} of {REQUESTS}.")


def send(folder: Path, until: float) -> tuple[Counter[int], Counter[int], dict[str, Any]]:
    from tests import campaigns, file_cases, fuzzing, page_types
    from tests.factories import UserFactory
    from tests.practices.editorial.people import eindredacteur, signed_in

    requests: Counter[int] = Counter()
    files: Counter[int] = Counter()
    faults: dict[str, Any] = {}
    built = page_types.build()
    site = fuzzing.Site(UserFactory(superuser=True))
    for campaign in campaigns.campaigns(site, built.mailed):
        wanted = round(SPARE * REQUESTS * campaign.share / 100)
        result = fuzzing.run(site, campaign, wanted, until)
        print(f"  {campaign.name}: {told(result.statuses)}", flush=True)
        requests += result.statuses
        faults |= result.faults
    every = campaigns.each_address(site, campaigns.METHODS)
    print(f"  each address by each method: {told(every.statuses)}", flush=True)
    requests += every.statuses
    faults |= every.faults
    kinds = file_cases.kinds(signed_in(eindredacteur()))
    for kind in kinds:
        found = file_cases.run(kind, FILES // len(kinds), folder, until)
        print(f"  {kind.name}: {told(found.statuses)}", flush=True)
        files += found.statuses
        faults |= found.faults
    return requests, files, faults


def told(statuses: Counter[int]) -> str:
    parts = ", ".join(f"{number} x {status}" for status, number in sorted(statuses.items()))
    return f"{statuses.total()} ({parts})"


if __name__ == "__main__":
    main()
