"""For a trial on SQLite that goes on as a site on PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from parelkaart.accounts.events import log_event
from parelkaart.backup.copying import copy_from_sqlite
from parelkaart.backup.errors import BackupError


class Command(BaseCommand):
    help = (
        "Kopieert een proef in SQLite naar de lege database van deze site, en vergelijkt daarna "
        "elke tabel rij voor rij. Geüploade bestanden blijven waar ze staan."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "path", metavar="PAD", type=Path, help="bijvoorbeeld parelkaart.sqlite3"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rows = copy_from_sqlite(options["path"], self._show_progress)
        except BackupError as error:
            raise CommandError(f"{error}\nEr is niets veranderd.") from error
        log_event("trial_copied", rows=sum(rows.values()))
        for table, count in rows.items():
            if count:
                self.stdout.write(f"{table}: {count}")
        told = (
            f"Klaar: {sum(rows.values())} rijen in {len(rows)} tabellen, alle gelijk aan de proef."
        )
        self.stdout.write(self.style.SUCCESS(told))

    def _show_progress(self, done: int, total: int) -> None:
        if total > 1000:
            self.stdout.write(f"Zoekindex: {done} van {total}")
