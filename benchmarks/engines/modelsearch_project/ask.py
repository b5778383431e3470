"""Loads the documents into django-modelsearch and writes its answers, way by way."""

from __future__ import annotations

import json
import sys
from itertools import islice
from pathlib import Path
from typing import Any

import django


def main() -> None:
    documents, question, answer = map(Path, sys.argv[1:])
    django.setup()
    _load(documents)
    queries = json.loads(question.read_text(encoding="utf-8"))
    answers: dict[str, Any] = {}
    for name, ask in (("AND", _all_words), ("OR", _some_words), ("OR + fuzzy", _with_fuzzy)):
        answers[name] = {query: ask(query) for query in queries}
        # After each way, so that a time limit loses only what was not finished.
        answer.write_text(json.dumps(answers), encoding="utf-8")


def _load(path: Path) -> None:
    from django.core.management import call_command  # noqa: PLC0415 - needs Django set up
    from django.db import connection  # noqa: PLC0415 - the same

    from benchmarks.engines.modelsearch_project.models import Document  # noqa: PLC0415 - the same

    call_command("migrate", run_syncdb=True, verbosity=0)
    call_command("enable_unaccent")
    call_command("enable_trigram")
    with path.open(encoding="utf-8") as lines:
        while chunk := [Document(**json.loads(line)) for line in islice(lines, 1000)]:
            Document.objects.bulk_create(chunk)
    call_command("rebuild_modelsearch_index", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _slugs(query: Any, **options: Any) -> list[str]:
    from benchmarks.engines.corpus import DEPTH  # noqa: PLC0415 - needs Django set up
    from benchmarks.engines.modelsearch_project.models import Document  # noqa: PLC0415 - the same

    return [found.slug for found in Document.objects.search(query, **options)[:DEPTH]]


def _all_words(query: str) -> list[str]:
    return _slugs(query, operator="and")


def _some_words(query: str) -> list[str]:
    return _slugs(query, operator="or")


def _with_fuzzy(query: str) -> list[str]:
    """Its trigram search fills up what the search by words left empty."""
    from modelsearch.query import Fuzzy  # noqa: PLC0415 - needs Django set up

    found = _some_words(query)
    return list(dict.fromkeys([*found, *_slugs(Fuzzy(query, unaccent=True))]))


if __name__ == "__main__":
    main()
