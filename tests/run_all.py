"""Everything that must hold, in one run: `make test`.

Style, types, layers and migrations; the suite on SQLite; the tests that start servers of their
own; the browser tests; and on PostgreSQL, once more, the tests that have a database. What this
machine lacks is skipped and said out loud, or is an error with REQUIRE_ALL=1. With the argument
`checks`: only style, types, layers and migrations. With `coverage`: the suite on SQLite, measured;
that makes it half as long again, so it runs alone.
"""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests import chromium, postgres

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
VAR = ROOT / "var"
PYTEST = [sys.executable, "-m", "pytest"]
PARALLEL = ["-n", "2", "--dist", "loadfile"]
ONCE_PER_DATABASE = "not browser and not servers"
# More than there are processors, as much of it waits for a server: so they are 97% busy.
SERVERS = [*PYTEST, "-n", "4", "--dist", "loadfile", "-m", "servers"]
SUITE = [*PYTEST, *PARALLEL, "-m", ONCE_PER_DATABASE]
# What has no database (tests/conftest.py) cannot differ, so the first run tested it.
SUITE_WITH_DATABASE = [*PYTEST, *PARALLEL, "-m", f"{ONCE_PER_DATABASE} and database"]
# Nor does the form of pages, documents, headers and lines of the log.
FORM = [
    *("nl", "practices/notes"),
    *(f"parelkaart/{name}" for name in ("components", "logs", "manual", "share", "theme")),
    *(f"parelkaart/test_{name}.py" for name in ("every_page", "forgery", "headers", "pages")),
    "parelkaart/test_payload.py",
]
SUITE_WITH_DATABASE += [f"--ignore=tests/{place}" for place in FORM]
ON_SQLITE = {"DB_ENGINE": "sqlite"}
# Pytest's own last line, decorated or not: "=== 12 passed, 1 skipped in 3.45s ===".
CLOSING_LINE = re.compile(r"^=*\s*\d+ (passed|failed|error|skipped|deselected|warning).* in .*s")
WIDTH = 78


@dataclass
class Outcome:
    name: str
    state: str  # "ok", "FAILED" or "SKIPPED"
    told: str
    closing: str = ""


def main(*arguments: str) -> int:
    VAR.mkdir(exist_ok=True)
    if arguments == ("checks",):
        return _summary(_checks())
    if arguments == ("coverage",):
        return _summary([_coverage()])
    return _summary([*_checks(), *_suites()])


def _checks() -> list[Outcome]:
    debug = {"DEBUG": "1", "VAR_DIR": str(VAR)}
    return [
        _step("ruff check", [BIN / "ruff", "check", "."]),
        _step("ruff format", [BIN / "ruff", "format", "--check", "."]),
        _step("weaknesses", [sys.executable, "scripts/audit.py", "code"]),
        _step("import layers", [BIN / "lint-imports"], debug),
        _step("types", [BIN / "mypy"], debug),
        _step(
            "migrations",
            [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
            debug,
        ),
    ]


def _suites() -> list[Outcome]:
    return [
        _step(f"tests on SQLite {sqlite3.sqlite_version}", SUITE, ON_SQLITE),
        _step("tests with servers of their own", SERVERS, ON_SQLITE),
        _in_browser(),
        _on_postgres(),
    ]


def _in_browser() -> Outcome:
    if chromium.executable() is None:
        return _skipped("browser tests", "Chromium is not installed")
    name = f"browser tests in {chromium.version()}"
    return _step(name, [*PYTEST, *PARALLEL, "-m", "browser"], ON_SQLITE)


def _on_postgres() -> Outcome:
    if postgres.binaries() is None:
        return _skipped("tests with a database on PostgreSQL", "PostgreSQL is not installed")
    with postgres.cluster() as variables:
        name = f"tests with a database on {postgres.version()}"
        return _step(name, SUITE_WITH_DATABASE, variables)


def _coverage() -> Outcome:
    """The floor is in pyproject.toml."""
    report = ["--cov", "--cov-report=term-missing:skip-covered"]
    environment = ON_SQLITE | {"COVERAGE_FILE": str(VAR / ".coverage")}
    return _step("coverage", [*SUITE, *report], environment)


def _step(name: str, command: list[object], variables: dict[str, str] | None = None) -> Outcome:
    """Runs a command while showing what it prints; remembers its last lines."""
    print(f"\n--- {name} ".ljust(WIDTH, "-"), flush=True)
    started = time.monotonic()
    lines: list[str] = []
    with subprocess.Popen(
        [str(word) for word in command],
        cwd=ROOT,
        env=os.environ | (variables or {}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            lines.append(line.strip())
    closing = next((line for line in reversed(lines) if CLOSING_LINE.match(line)), "")
    state = "FAILED" if process.returncode else "ok"
    return Outcome(name, state, f"{time.monotonic() - started:.0f} s", closing)


def _skipped(name: str, reason: str) -> Outcome:
    if os.environ.get("REQUIRE_ALL") == "1":
        return Outcome(name, "FAILED", f"{reason}, and REQUIRE_ALL=1 asks for it")
    return Outcome(name, "SKIPPED", f"OVERGESLAGEN: {reason}; this part was NOT tested")


def _summary(outcomes: list[Outcome]) -> int:
    print("\n" + " Summary ".center(WIDTH, "="))
    for outcome in outcomes:
        if not outcome.closing:
            print(f"{outcome.state:8}{outcome.name}: {outcome.told}")
    for outcome in outcomes:
        if outcome.closing:
            print(f"{outcome.state:8}{outcome.name}:\n{outcome.closing}")
    failed = [outcome.name for outcome in outcomes if outcome.state == "FAILED"]
    skipped = [outcome.name for outcome in outcomes if outcome.state == "SKIPPED"]
    if skipped:
        print(f"!!! SKIPPED / OVERGESLAGEN: {', '.join(skipped)} !!!")
    print(f"FAILED: {', '.join(failed)}" if failed else "All that could run here passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
