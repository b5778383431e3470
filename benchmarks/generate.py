"""`python -m benchmarks.generate --count 10000`: a large catalogue in the configured database.

The database is the one of the site (DB_ENGINE, DB_NAME, VAR_DIR …); it must be migrated.
Meant for a scratch database: generated entries are published practices like all others.
Their slugs start with `gen-`.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable

import django


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=int, default=0, help="number of the first entry")
    parser.add_argument("--apart", action="store_true", help="with terms and places of their own")
    parser.add_argument("--existing-municipalities", action="store_true", help="add no places")
    parser.add_argument("--no-index", action="store_true", help="leave the search index as it is")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parelkaart.settings")
    django.setup()
    from benchmarks.filling import fill, tidy  # noqa: PLC0415 - needs Django set up
    from practices.search import rebuild  # noqa: PLC0415 - the same

    fill(
        options.count,
        options.seed,
        options.start,
        apart=options.apart,
        new_municipalities=not options.existing_municipalities,
        progress=reporter("entries stored"),
    )
    if not options.no_index:
        rebuild(reporter("entries indexed"))
    tidy()


def reporter(what: str) -> Callable[[int, int], None]:
    """Prints progress every few seconds, and at the end."""
    began = time.monotonic()
    told = began

    def report(done: int, total: int) -> None:
        nonlocal told
        now = time.monotonic()
        if now - told > 5 or done == total:
            told = now
            print(f"  {done} of {total} {what} ({now - began:.0f} s)", flush=True)

    return report


if __name__ == "__main__":
    main()
