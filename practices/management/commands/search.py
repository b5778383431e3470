import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.http import QueryDict

from practices.finder import PracticeFinder


class Command(BaseCommand):
    help = "Zoekt zoals de site zoekt, en toont wat een bezoeker zou zien."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("vraag")
        parser.add_argument("--limit", type=int, default=10, help="hoeveel resultaten (10)")
        parser.add_argument("--json", action="store_true", help="als JSON")
        parser.add_argument("--filters", default="", help='querystring, bijvoorbeeld "thema=taal"')

    def handle(self, *args: Any, vraag: str, **options: Any) -> None:
        data = QueryDict(options["filters"], mutable=True)
        data["q"] = vraag
        finder = PracticeFinder(data)
        rows = list(finder.results[: max(0, options["limit"])])
        if options["json"]:
            self._print_json(vraag, finder.total, rows)
        else:
            self.stdout.write(finder.count_sentence)
            for practice in rows:
                self.stdout.write(f"{practice.slug}  {practice.title}")

    def _print_json(self, question: str, total: int, rows: list[Any]) -> None:
        answer = {
            "query": question,
            "total": total,
            "results": [{"slug": p.slug, "title": p.title, "score": p.score} for p in rows],
        }
        self.stdout.write(json.dumps(answer, ensure_ascii=False))
