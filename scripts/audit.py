"""Looks for known weaknesses: in our own code with bandit, in the packages with pip-audit.

`python scripts/audit.py` does both, with the argument `code` only the first, which needs no
network. Fails when something is found. Packages that could not be looked up, for want of a
network, are told and are no failure.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CODE = ("municipalities", "parelkaart", "practices", "scripts", "manage.py")
# What is below medium, ruff looks at too, and each exception stands in the code with its reason.
BANDIT = [str(BIN / "bandit"), "--quiet", "-ll", "--recursive", *CODE]
PIP_AUDIT = [str(BIN / "pip-audit"), "--requirement", "requirements.txt"]
PIP_AUDIT += ["--requirement", "requirements-observability.txt"]
PIP_AUDIT += ["--disable-pip", "--no-deps", "--format", "json", "--progress-spinner", "off"]


def code() -> bool:
    done = _run(BANDIT)
    # Its warnings are about exceptions that it met more than once.
    print(done.stdout + done.stderr if done.returncode else "Code: nothing found.")
    return done.returncode == 0


def packages() -> bool:
    """What the site needs or may use, in the database of advisories of PyPI."""
    done = _run(PIP_AUDIT)
    try:
        report = json.loads(done.stdout)
    except ValueError:
        print(f"Packages: NOT looked up.\n{done.stderr.strip().splitlines()[-1:]}")
        return True
    found, unknown = told(report["dependencies"])
    print("\n".join(found) or "Packages: nothing found.")
    if unknown:
        print(f"Packages: {len(unknown)} NOT looked up, the database cannot be reached.")
    return not found


def told(dependencies: list[dict[str, Any]]) -> tuple[list[str], list[str]]:
    """A line for each weakness, and the names that could not be looked up."""
    found = [
        f"{package['name']} {package['version']}: {weakness['id']}, mended in"
        f" {', '.join(weakness['fix_versions']) or 'no version yet'}"
        for package in dependencies
        for weakness in package.get("vulns", [])
    ]
    return found, [package["name"] for package in dependencies if "skip_reason" in package]


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - fixed words


def main(*arguments: str) -> int:
    well = [code()] if arguments == ("code",) else [code(), packages()]
    return 0 if all(well) else 1


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
