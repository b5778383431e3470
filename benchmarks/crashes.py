"""Kills the web server while editors save and import, on both databases (tests/crashes.py).

`python -m benchmarks.crashes --rounds 50` kills it so often, at moments that follow from `--seed`,
and fails when anything that was promised is not there afterwards, or something is half.
An argument names one database.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tests import postgres
from tests.crashes import Outcome, run
from tests.environment import discard, prepare
from tests.processes import manage, production

SITE = {"IS_HTTPS": "0", "REQUIRE_SECOND_FACTOR": "0", "LOG_LEVEL": "ERROR"}
ENGINES = ("sqlite", "postgresql")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engines", nargs="*", help=f"{' or '.join(ENGINES)}; both without it")
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    # The clients read the forms with code of the site, which needs settings of its own.
    own = prepare()
    failed = 0
    for engine in options.engines or ENGINES:
        if engine == "postgresql" and postgres.binaries() is None:
            print("SKIPPED: PostgreSQL is not installed here.")
            continue
        started = time.monotonic()
        outcome = measure(engine, options.rounds, options.seed)
        tell(engine, outcome, time.monotonic() - started)
        failed += len(outcome.wrong)
    discard(own)
    if failed:
        raise SystemExit(f"Lost or half: {failed}.")


def measure(engine: str, rounds: int, seed: int) -> Outcome:
    with ExitStack() as stack:
        folder = tempfile.TemporaryDirectory(prefix="parelkaart-bench-")
        var = Path(stack.enter_context(folder))
        database = stack.enter_context(postgres.cluster()) if engine == "postgresql" else {}
        environment = production(var, **database, **SITE)
        collected = manage("collectstatic", "--noinput", "-v", "0", environment=environment)
        if collected.returncode:
            raise SystemExit(collected.stderr)
        return run(environment, rounds, seed)


def tell(engine: str, outcome: Outcome, seconds: float) -> None:
    print(
        f"{engine}: killed {outcome.rounds} times in {seconds:.0f} s; {outcome.saves} saves and"
        f" {outcome.imports} imports were promised, {outcome.cut_off} clients were cut off;"
        f" {len(outcome.wrong)} lost or half, {outcome.left_over} files of photos left over"
    )
    for line in outcome.wrong:
        print(f"  {line}")


if __name__ == "__main__":
    main()
