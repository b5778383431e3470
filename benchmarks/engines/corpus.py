"""What every engine gets: documents of four fields, written to a file once."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.databases import Databases
from benchmarks.metrics import DEPTH

# The weight of a field, for engines that can weigh; the same for all of them.
FIELDS = {"title": 6.0, "keys": 2.5, "summary": 2.5, "body": 1.0}
# One engine may take this long at one size; what it finished by then counts.
SECONDS_PER_ENGINE = int(os.environ.get("ENGINE_SECONDS", "900"))

__all__ = ["DEPTH", "FIELDS", "SECONDS_PER_ENGINE", "Corpus", "UnavailableError", "words"]


class UnavailableError(Exception):
    """Why an engine cannot take part here."""


@dataclass(frozen=True)
class Corpus:
    path: Path
    databases: Databases
    size: str

    def documents(self) -> Iterator[dict[str, str]]:
        """Read again for every engine, so that memory does not depend on the size."""
        with self.path.open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)


def words(query: str) -> list[str]:
    """The words of a question, for engines whose syntax trips over punctuation."""
    return re.findall(r"\w+", query)
