from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from practices.enums import LinkState
from practices.links.checking import OfflineError, Round, run
from practices.links.visiting import Visitor
from practices.site_address import MissingSiteUrlError, site_address

OFFLINE = "Geen enkele site gaf antwoord. Werkt de internetverbinding? Er is niets opgeslagen."


class Command(BaseCommand):
    help = "Bekijkt of de links in bronnen en naar gemeenten nog werken."
    # For tests only: a visitor that may go to their own server.
    stealth_options = ("visitor",)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--limit",
            type=int,
            default=200,
            help="hoeveel links hoogstens, langst geleden bekeken eerst (%(default)s)",
        )
        parser.add_argument("--dry-run", action="store_true", help="bekijkt, maar bewaart niets")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            agent = f"parelkaart-linkcontrole (+{site_address()})"
            visitor = options.get("visitor") or Visitor(agent)
            found = run(visitor, max(0, options["limit"]), save=not options["dry_run"])
        except MissingSiteUrlError as error:
            raise CommandError(str(error)) from error
        except OfflineError as error:
            raise CommandError(OFFLINE) from error
        self._report(found)
        if options["dry_run"]:
            self.stdout.write("Proef: er is niets opgeslagen.")

    def _report(self, found: Round) -> None:
        counts = [
            f"{LinkState(state).label.lower()}: {count}"
            for state, count in sorted(found.states.items())
        ]
        total = found.states.total()
        self.stdout.write(", ".join([f"Bekeken: {total}", *counts]) + ".")
        for check in found.died:
            self.stdout.write(f"Werkt niet meer: {check.url} – {check.reason}")
