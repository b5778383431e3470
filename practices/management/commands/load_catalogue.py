"""`manage.py load_catalogue [DIR]`: the catalogue that ships with the project."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from practices.importers import CatalogueError, SectionResult, load_catalogue, load_thesaurus


class Command(BaseCommand):
    help = (
        "Laadt de meegeleverde praktijken, gemeenten en lijsten. Voegt alleen toe wat nog "
        "nooit geladen is; wat een redacteur wijzigt, hernoemt of verwijdert blijft zo."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "directory",
            nargs="?",
            type=Path,
            default=settings.CATALOGUE_DIR,
            help="map met de YAML-bestanden (standaard: %(default)s)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                results = load_catalogue(options["directory"], self._report)
                new, left_alone = load_thesaurus(options["directory"])
        except CatalogueError as error:
            raise CommandError(
                f"Er is niets geladen. Wat er mis is ({len(error.problems)}):\n"
                + "\n".join(f"- {problem}" for problem in error.problems)
            ) from error
        self.stdout.write(f"Zoekwoordengroepen: {new + left_alone} ({new} nieuw)")
        added = sum(result.added for result in results) + new
        self.stdout.write(self.style.SUCCESS(f"Klaar: {added} nieuw geladen."))

    def _report(self, result: SectionResult) -> None:
        line = f"{result.label}: {result.total}"
        if result.added < result.total:
            line += f" ({result.added} nieuw, {result.left_alone} bleven zoals ze waren"
            line += f", {result.left_out} weggelaten)" if result.left_out else ")"
        self.stdout.write(line)
