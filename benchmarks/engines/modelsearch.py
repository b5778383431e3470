"""django-modelsearch on PostgreSQL: full text search in Django's own terms.

It needs settings of its own, so it runs in a process of its own (modelsearch_project).
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.engines.corpus import SECONDS_PER_ENGINE, Corpus, UnavailableError
from benchmarks.judged import ROOT, Answers


def measure(corpus: Corpus, queries: list[str]) -> Iterator[tuple[str, Answers]]:
    if not corpus.databases.cluster:
        raise UnavailableError("PostgreSQL is not installed here")
    if importlib.util.find_spec("modelsearch") is None:
        raise UnavailableError("no modelsearch: pip install -r benchmarks/requirements.txt")
    name = corpus.databases.create_database(f"modelsearch-{corpus.size}")
    with tempfile.TemporaryDirectory() as folder:
        question, answer = Path(folder) / "queries.json", Path(folder) / "answers.json"
        question.write_text(json.dumps(queries), encoding="utf-8")
        program = "benchmarks.engines.modelsearch_project.ask"
        environment = {
            **os.environ,
            **corpus.databases.cluster,
            "DB_NAME": name,
            "DJANGO_SETTINGS_MODULE": "benchmarks.engines.modelsearch_project.settings",
        }
        try:
            subprocess.run(
                [sys.executable, "-W", "ignore", "-m", program, corpus.path, question, answer],
                env=environment,
                cwd=ROOT,
                check=True,
                timeout=SECONDS_PER_ENGINE,
                stdout=subprocess.DEVNULL,
            )
        except subprocess.CalledProcessError as error:
            raise UnavailableError("its process failed, see above") from error
        except subprocess.TimeoutExpired as error:
            if not answer.exists():
                raise UnavailableError(f"took more than {SECONDS_PER_ENGINE} s") from error
            print(
                f"  modelsearch was stopped after {SECONDS_PER_ENGINE} s; its last part is missing"
            )
        for way, answers in json.loads(answer.read_text(encoding="utf-8")).items():
            yield f"django-modelsearch (PostgreSQL), {way}", answers
