"""Packages of npm, installed once into a folder outside the project.

BENCHMARK_CACHE names it; by default it is ~/.cache/parelkaart-benchmarks.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from benchmarks.engines.corpus import UnavailableError


def cache() -> Path:
    default = Path.home() / ".cache" / "parelkaart-benchmarks"
    return Path(os.environ.get("BENCHMARK_CACHE") or default)


def installed(package: str, file: str) -> Path:
    """Where a file of a package is; raises UnavailableError when it cannot be installed.

    Without its scripts: what a package wants to do while it is installed, it may not do here.
    """
    path = cache() / "node_modules" / file
    if path.exists():
        return path
    if not (shutil.which("node") and shutil.which("npm")):
        raise UnavailableError("node and npm are not installed here")
    cache().mkdir(parents=True, exist_ok=True)
    install = ["npm", "install", "--silent", "--ignore-scripts", "--prefix", str(cache()), package]
    if subprocess.run(install, check=False).returncode:
        raise UnavailableError(f"npm could not install {package}")
    return path
