"""MiniSearch: the search of many small sites, in JavaScript; fuzzy words and prefixes.

It is installed by npm into a folder outside the project (BENCHMARK_CACHE, by default
~/.cache/parelkaart-benchmarks), once.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.engines.corpus import DEPTH, FIELDS, SECONDS_PER_ENGINE, Corpus, UnavailableError
from benchmarks.judged import Answers

PACKAGE = "minisearch@7.2.0"
SCRIPT = Path(__file__).with_suffix(".mjs")


def measure(corpus: Corpus, queries: list[str]) -> Iterator[tuple[str, Answers]]:
    module = _installed()
    settings = {"fields": FIELDS, "depth": DEPTH, "queries": queries}
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(settings, file)
        file.flush()
        # The whole index lives in memory, about 15 kB for each document.
        paths = map(str, (SCRIPT, module, corpus.path, file.name))
        command = ["node", "--max-old-space-size=8000", *paths]
        try:
            done = subprocess.run(
                command, check=True, capture_output=True, text=True, timeout=SECONDS_PER_ENGINE
            )
        except subprocess.TimeoutExpired as error:
            raise UnavailableError(f"took more than {SECONDS_PER_ENGINE} s") from error
        except subprocess.CalledProcessError as error:
            raise UnavailableError(f"node failed: {error.stderr[-300:]}") from error
    yield "MiniSearch, fuzzy + prefix", json.loads(done.stdout)


def _installed() -> Path:
    default = Path.home() / ".cache" / "parelkaart-benchmarks"
    cache = Path(os.environ.get("BENCHMARK_CACHE") or default)
    module = cache / "node_modules" / "minisearch" / "dist" / "es" / "index.js"
    if module.exists():
        return module
    if not (shutil.which("node") and shutil.which("npm")):
        raise UnavailableError("node and npm are not installed here")
    cache.mkdir(parents=True, exist_ok=True)
    install = ["npm", "install", "--silent", "--prefix", str(cache), PACKAGE]
    if subprocess.run(install, check=False).returncode:
        raise UnavailableError(f"npm could not install {PACKAGE}")
    return module
