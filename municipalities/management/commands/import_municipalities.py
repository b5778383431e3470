"""manage.py import_municipalities FILE [--apply]: the yearly reclassification."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from municipalities.reclassification import Plan, reclassify
from municipalities.reclassification_file import FileError, Problem, read_rows
from practices.version import bump

HEADINGS = {
    "new": "Nieuw",
    "renamed": "Andere naam",
    "moved": "Andere regio of provincie",
    "merged": "Opgegaan",
    "owners": "Eigenaar van praktijken",
    "warnings": "Let op",
}


class Command(BaseCommand):
    help = (
        "Leest een herindeling: nieuwe, hernoemde en samengevoegde gemeenten. Zonder --apply "
        "is het een proef: u ziet wat er zou veranderen. De kolommen staan in "
        "docs/operations.md, onder ‘Herindeling’."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bestand", type=Path, help="CSV-bestand (UTF-8, met ; of ,)")
        parser.add_argument("--apply", action="store_true", help="voer de wijzigingen echt uit")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = options["bestand"].read_bytes()
            rows, problems = read_rows(content, timezone.localdate())
        except OSError as error:
            raise CommandError(
                f"{options['bestand']} is niet te lezen: {error.strerror}."
            ) from error
        except FileError as error:
            raise CommandError(f"{error}\nEr is niets veranderd.") from error
        self._stop_at(problems)
        with transaction.atomic():
            plan = reclassify(rows, apply=options["apply"])
            self._stop_at(plan.problems)
            if options["apply"] and (plan.changes or plan.owners):
                bump()
        self._tell(plan, applied=options["apply"])

    def _stop_at(self, problems: list[Problem]) -> None:
        if problems:
            found = sorted(set(problems))
            listed = "\n".join(f"- {problem}" for problem in found)
            raise CommandError(f"Er is niets veranderd. Wat er mis is ({len(found)}):\n{listed}")

    def _tell(self, plan: Plan, *, applied: bool) -> None:
        for name, heading in HEADINGS.items():
            found = getattr(plan, name)
            if found:
                self.stdout.write(f"{heading} ({len(found)}):")
                self.stdout.write("\n".join(f"- {text}" for text in found))
        self.stdout.write(f"Ongewijzigd: {plan.unchanged}")
        if applied:
            self.stdout.write(self.style.SUCCESS(f"Klaar: {plan.changes} wijzigingen."))
        else:
            self.stdout.write("Dit was een proef: er is niets veranderd. Uitvoeren: --apply")
