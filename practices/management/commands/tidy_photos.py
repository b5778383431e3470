"""For cron, once a day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from practices.leftovers import HOURS, LeftOvers


class Command(BaseCommand):
    help = "Verwijdert bestanden van foto's die bij geen enkele praktijk (meer) horen."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--hours",
            type=float,
            default=HOURS,
            help="uren dat een bestand oud moet zijn (%(default)s); jonger kan in gebruik zijn",
        )
        parser.add_argument("--dry-run", action="store_true", help="noemt ze, maar bewaart ze")

    def handle(self, *args: Any, **options: Any) -> None:
        found = LeftOvers(max(0, options["hours"]) * 3600)
        if options["dry_run"]:
            self.stdout.write("\n".join([*found.names, "Proef: er is niets verwijderd."]))
            return
        self.stdout.write(f"Bestanden verwijderd: {found.remove()}.")
