from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from practices.editorial.digests import age, send_all
from practices.editorial.people import name_of
from practices.editorial.reminders import Item, PlannedDigest, plan
from practices.site_address import MissingSiteUrlError, site_address


class Command(BaseCommand):
    help = (
        "Mailt wie praktijken bijhoudt welke er nagekeken moeten worden: hoogstens één keer per "
        "30 dagen. Mag elke dag draaien."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="toont wie wat zou krijgen, en verstuurt niets"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        try:
            site_address()
        except MissingSiteUrlError as error:
            raise CommandError(str(error)) from error
        if options["dry_run"]:
            self._show(plan(now, save=False))
            return
        result = send_all(now, self._tell_failure)
        self.stdout.write(f"Verstuurd: {result.sent}.")
        if result.failed:
            raise CommandError(
                f"Niet verstuurd: {result.failed}. De volgende keer wordt het opnieuw geprobeerd."
            )

    def _tell_failure(self, planned: PlannedDigest, failure: Exception) -> None:
        self.stderr.write(f"Mislukt voor {_who(planned)}: {failure}")

    def _show(self, digests: list[PlannedDigest]) -> None:
        for planned in digests:
            self.stdout.write(_who(planned))
            for item, escalated in planned.reminds_of:
                mark = " (voor de eindredactie)" if escalated else ""
                self.stdout.write(f"  {_line(item)}{mark}")
            for item in planned.broken:
                self.stdout.write(f"  {item.practice.title}: een link werkt niet meer")
            if left_out := sum(planned.left_out.values()):
                self.stdout.write(f"  en nog {left_out}, te veel voor één mail")
        self.stdout.write(f"Proef: {len(digests)} te versturen, er is niets verstuurd.")


def _who(planned: PlannedDigest) -> str:
    return f"{name_of(planned.recipient)} <{planned.recipient.email}>"


def _line(item: Item) -> str:
    return f"{item.practice.title}: {age(item.practice, timezone.localdate())}"
