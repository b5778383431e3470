"""The API asked thousands of things by schemathesis, on both databases.

`python -m benchmarks.api_cases` makes at least CASES (5,000) cases on each, of what the
description allows and of what it does not, and stops at the first answer that is a 5xx or off
the description. The catalogue is that of `fixtures/`; an argument names one database.
"""

# Models can be imported only after the environment says which database is meant.
# ruff: noqa: PLC0415

from __future__ import annotations

import logging
import os
import sys
import time
from collections import Counter

CASES = int(os.environ.get("CASES", "5000"))
# Five operations with parameters, asked in three ways each; some kinds have fewer cases.
KINDS = 5 * 3
SPARE = 1.4


def main() -> None:
    if sys.argv[1:] == ["measure"]:
        measure()
        return
    from benchmarks.databases import Databases

    with Databases() as databases:
        databases.collect_static()
        for engine in sys.argv[1:] or databases.engines:
            databases.catalogue(engine, "api").show("-m", "benchmarks.api_cases", "measure")


def measure() -> None:
    import django

    django.setup()
    logging.disable(logging.WARNING)  # Refusing is what is asked for.
    from django.db import connection

    from tests.api_cases import run
    from tests.api_keys import keys

    started = time.monotonic()
    answers = run(round(SPARE * CASES / KINDS), keys())
    statuses: Counter[int] = Counter()
    for (_, status), number in answers.items():
        statuses[status] += number
    told = ", ".join(f"{number} x {status}" for status, number in sorted(statuses.items()))
    total = sum(statuses.values())
    print(f"{connection.vendor}: {total} cases in {time.monotonic() - started:.0f} s ({told})")
    if total < CASES:
        raise SystemExit(f"Too few cases: {total} of {CASES}.")


if __name__ == "__main__":
    main()
