from typing import Any

from django.core.management.base import BaseCommand

from practices.search import rebuild


class Command(BaseCommand):
    help = "Bouwt de zoekindex opnieuw op, met alle gepubliceerde praktijken."

    def handle(self, *args: Any, **options: Any) -> None:
        count = rebuild(self._show_progress)
        self.stdout.write(self.style.SUCCESS(f"Zoekindex klaar: {count} praktijken."))

    def _show_progress(self, done: int, total: int) -> None:
        if total > 1000:
            self.stdout.write(f"{done} van {total}")
