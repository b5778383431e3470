from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from parelkaart.accounts.events import log_event
from parelkaart.backup.errors import BackupError
from parelkaart.backup.reading import opened
from parelkaart.backup.restoring import restore
from parelkaart.backup.telling import KEY_UNKNOWN, summary


class Command(BaseCommand):
    help = (
        "Zet een back-up terug: alles of niets. Kijkt eerst of het bestand heel is. Iedereen "
        "logt daarna opnieuw in. Herstel alleen een back-up die u zelf hebt gemaakt."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="BESTAND", type=Path)
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="ook als er al iets staat: alles van nu gaat weg",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with opened(options["file"]) as archive:
                self.stdout.write(f"De back-up is heel: {summary(archive.manifest)}.")
                restore(archive, overwrite=options["overwrite"], progress=self._show_progress)
                log_event("backup_restored", made_at=archive.manifest.made_at)
                if not archive.key_is_known:
                    self.stderr.write(KEY_UNKNOWN)
        except BackupError as error:
            raise CommandError(f"{error}\nEr is niets veranderd.") from error
        self.stdout.write(
            self.style.SUCCESS("Hersteld. Elke tabel is vergeleken, en de zoekindex is klaar.")
        )

    def _show_progress(self, done: int, total: int) -> None:
        if total > 1000:
            self.stdout.write(f"Zoekindex: {done} van {total}")
