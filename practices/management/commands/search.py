import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http import QueryDict

from practices.finder import PracticeFinder
from practices.search.explain import explain


class Command(BaseCommand):
    help = "Zoekt zoals de site zoekt, en toont wat een bezoeker zou zien."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("vraag", nargs="?")
        parser.add_argument("--limit", type=int, default=10, help="hoeveel resultaten (10)")
        parser.add_argument("--json", action="store_true", help="als JSON")
        parser.add_argument("--filters", default="", help='querystring, bijvoorbeeld "thema=taal"')
        parser.add_argument("--explain", action="store_true", help="waarom dit gevonden wordt")
        parser.add_argument("--batch", metavar="BESTAND", help="een vraag per regel")

    def handle(self, *args: Any, vraag: str | None, batch: str | None, **options: Any) -> None:
        if (vraag is None) == (batch is None):
            raise CommandError('Geef één vraag, of --batch met een bestand: search "schulden"')
        limit = max(0, options["limit"])
        for question in [vraag] if batch is None else _lines(batch):
            finder = _finder(question or "", options["filters"])
            if options["json"] and batch is not None:
                slugs = [practice.slug for practice, _ in _shown(finder, limit)]
                self._print_json({"query": question, "slugs": slugs})
            elif options["json"]:
                self._print_json(_as_data(question or "", finder, limit))
            else:
                self._print_text(finder, limit, with_heading=batch is not None)
                if options["explain"] and finder.answer is not None:
                    self.stdout.writelines(f"{line}\n" for line in explain(finder.answer, limit))

    def _print_json(self, data: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(data, ensure_ascii=False))

    def _print_text(self, finder: PracticeFinder, limit: int, *, with_heading: bool) -> None:
        if with_heading:
            self.stdout.write(f"# {finder.text}")
        self.stdout.write(finder.count_sentence)
        for practice, is_result in _shown(finder, limit):
            mark = "" if is_result else "  (gedeeltelijk)"
            self.stdout.write(f"{practice.slug}  {practice.title}{mark}")


def _lines(path: str) -> list[str]:
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"Kan {path} niet lezen: {error}") from error
    return [line for line in text.splitlines() if line.strip()]


def _finder(question: str, filters: str) -> PracticeFinder:
    data = QueryDict(filters, mutable=True)
    data["q"] = question
    return PracticeFinder(data)


def _shown(finder: PracticeFinder, limit: int) -> Iterator[tuple[Any, bool]]:
    """The results and, when there are fewer than asked for, the partial ones after them."""
    results = finder.results[:limit]
    yield from ((practice, True) for practice in results)
    yield from ((practice, False) for practice in finder.partial[: limit - len(results)])


def _as_data(question: str, finder: PracticeFinder, limit: int) -> dict[str, Any]:
    scores = {hit.practice: hit.score for hit in finder.answer.hits} if finder.answer else {}
    return {
        "query": question,
        "total": finder.total,
        "results": [
            {
                "slug": practice.slug,
                "title": practice.title,
                "score": scores.get(practice.pk, 0),
                "partial": not is_result,
            }
            for practice, is_result in _shown(finder, limit)
        ],
    }
