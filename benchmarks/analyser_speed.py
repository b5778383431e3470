"""`python -m benchmarks.analyser_speed`: how many documents a second the analyser takes.

Documents of 120 generated words, on one core. The first pass starts with empty caches; the
second sees other documents with mostly the same words, as in the middle of a rebuild.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import django

from benchmarks.generator import entries
from benchmarks.tables import machine, table

WORDS = 120
DOCUMENTS = 2000


def documents(number: int, seed: int) -> Iterator[str]:
    """Texts of exactly as many words as the measure asks for."""
    words: list[str] = []
    for entry in entries(number * 2, seed):
        words += " ".join(entry.texts.values()).split()
        while len(words) >= WORDS and number:
            yield " ".join(words[:WORDS])
            words = words[WORDS:]
            number -= 1


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parelkaart.settings")
    os.environ.setdefault("DEBUG", "1")
    django.setup()
    from practices.search.analysis import tokenise  # noqa: PLC0415 - needs Django set up

    rows = []
    for name, seed in (("empty caches", 1), ("warm caches", 2)):
        texts = list(documents(DOCUMENTS, seed))
        began = time.process_time()
        terms = sum(len(tokenise(text)) for text in texts)
        seconds = time.process_time() - began
        rows.append(
            [name, str(len(texts)), f"{len(texts) / seconds:,.0f}", f"{terms / len(texts):.0f}"]
        )
    print(f"Documents of {WORDS} words ({machine()}), one core")
    print(table(["pass", "documents", "documents a second", "tokens each"], rows))


if __name__ == "__main__":
    main()
