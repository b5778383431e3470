"""Runs the site's commands as an operator does: in a process with its own environment."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def production(var: Path, **variables: str) -> dict[str, str]:
    """The environment of a real site, with a SQLite database in the folder."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    key = "".join(chr(ord("A") + number % 50) for number in range(70))
    return kept | {"SECRET_KEY": key, "VAR_DIR": str(var), "PYTHONWARNINGS": "error"} | variables


def manage(*arguments: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return python("manage.py", *arguments, environment=environment)


def python(*arguments: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
