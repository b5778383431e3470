"""MiniSearch: the search of many small sites, in JavaScript; fuzzy words and prefixes."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.engines.corpus import DEPTH, FIELDS, SECONDS_PER_ENGINE, Corpus, UnavailableError
from benchmarks.judged import Answers
from benchmarks.node import installed

PACKAGE = "minisearch@7.2.0"
SCRIPT = Path(__file__).with_suffix(".mjs")


def measure(corpus: Corpus, queries: list[str]) -> Iterator[tuple[str, Answers]]:
    module = installed(PACKAGE, "minisearch/dist/es/index.js")
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
