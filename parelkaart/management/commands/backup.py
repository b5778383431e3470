"""The database and the uploaded files in one file: for cron, every day."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DEFAULT_DB_ALIAS, connections

from parelkaart.accounts.events import log_event
from parelkaart.backup.errors import BackupError
from parelkaart.backup.reading import check_fit, opened
from parelkaart.backup.telling import KEY_UNKNOWN, summary
from parelkaart.backup.writing import write


class Command(BaseCommand):
    help = (
        "Maakt een back-up van de database en de geüploade bestanden in één bestand, terwijl de "
        "site draait. Past op SQLite en op PostgreSQL. Bewaar de SECRET_KEY apart."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="BESTAND", type=Path, help="bijvoorbeeld parels.zip")
        parser.add_argument(
            "--check", action="store_true", help="kijkt alleen of deze back-up heel is en hier past"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self._check(options["file"])
            return
        try:
            written = write(options["file"], connections[DEFAULT_DB_ALIAS])
        except BackupError as error:
            raise CommandError(f"{error}\nEr is geen back-up gemaakt.") from error
        except OSError as error:
            raise CommandError(
                f"{options['file']} is niet te schrijven: {error.strerror}.\n"
                "Er is geen back-up gemaakt."
            ) from error
        log_event("backup_made", rows=written.manifest.rows)
        for name in written.missing:
            self.stderr.write(f"Het bestand {name} is er niet, en staat niet in de back-up.")
        self.stdout.write(self.style.SUCCESS(f"Back-up gemaakt: {summary(written.manifest)}."))

    def _check(self, path: Path) -> None:
        try:
            with opened(path) as archive:
                self.stdout.write(f"De back-up is heel: {summary(archive.manifest)}.")
                check_fit(archive.manifest, connections[DEFAULT_DB_ALIAS])
                if not archive.key_is_known:
                    self.stderr.write(KEY_UNKNOWN)
        except BackupError as error:
            raise CommandError(str(error)) from error
