"""Writes what the site is made of: a CycloneDX list of the packages in requirements.txt.

`python scripts/sbom.py FILE`. The same packages give the same file. What developing needs is in
the same environment, and left out.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

ROOT = Path(__file__).resolve().parent.parent
VERSION = SchemaVersion.V1_6
LIST = [str(Path(sys.executable).with_name("cyclonedx-py")), "environment"]
LIST += ["--output-reproducible", "--spec-version", VERSION.to_version()]
LIST += ["--pyproject", "pyproject.toml", sys.executable]


def sbom() -> str:
    """Raises ValueError for a package that is not installed as it is pinned."""
    done = subprocess.run(LIST, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - fixed words
    text = json.dumps(narrowed(json.loads(done.stdout), pinned()), indent=2, sort_keys=True)
    if error := JsonStrictValidator(VERSION).validate_str(text):
        raise ValueError(f"Not a list as CycloneDX describes it: {error}")
    return text + "\n"


def pinned() -> dict[str, str]:
    """Name, as PyPI writes it in addresses -> version."""
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    pins = [line.split("#")[0].strip().split("==") for line in lines if "==" in line]
    return {normal(name.split("[")[0]): version for name, version in pins}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def narrowed(document: dict[str, Any], pins: dict[str, str]) -> dict[str, Any]:
    kept = [part for part in document["components"] if normal(part["name"]) in pins]
    found = {normal(part["name"]): part["version"] for part in kept}
    if found != pins:
        raise ValueError(f"Not installed as pinned: {sorted(pins.items() - found.items())}")
    known = {part["bom-ref"] for part in kept} | {document["metadata"]["component"]["bom-ref"]}
    links = [
        link | {"dependsOn": [ref for ref in link.get("dependsOn", []) if ref in known]}
        for link in document["dependencies"]
        if link["ref"] in known
    ]
    return document | {"components": kept, "dependencies": links}


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(sbom(), encoding="utf-8")
