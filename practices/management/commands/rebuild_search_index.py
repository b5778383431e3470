from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from practices.search import catch_up, rebuild


class Command(BaseCommand):
    help = "Bouwt de zoekindex opnieuw op, met alle gepubliceerde praktijken."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-behind",
            action="store_true",
            help="alleen de praktijken die achterlopen, als die er zijn",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_behind"]:
            self.stdout.write(f"Liep achter, nu bijgewerkt: {catch_up()} praktijken.")
            return
        count = rebuild(self._show_progress)
        self.stdout.write(self.style.SUCCESS(f"Zoekindex klaar: {count} praktijken."))

    def _show_progress(self, done: int, total: int) -> None:
        if total > 1000:
            self.stdout.write(f"{done} van {total}")
