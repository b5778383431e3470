"""manage.py import_boundaries [FILE|URL]: the boundaries of municipalities for the map."""

from __future__ import annotations

import re
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from municipalities.boundaries import (
    BoundaryError,
    OfflineError,
    StoreReport,
    fetch,
    pdok_url,
    read_boundaries,
    store_boundaries,
)
from municipalities.boundaries.reading import Boundary
from municipalities.models import Municipality
from practices.version import bump

MOST_NAMED = 10
OFFLINE = (
    "De kaart werkt ook zonder grenzen: zij toont dan een cirkel per gemeente. Haal de grenzen "
    "later op met: manage.py import_boundaries"
)


class Command(BaseCommand):
    help = (
        "Leest gemeentegrenzen voor de kaart: alles of niets. Zonder bron: de gegeneraliseerde "
        "grenzen van het CBS bij PDOK."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bron", nargs="?", help="bestand of webadres met GeoJSON (WGS84)")
        parser.add_argument("--jaar", type=_year, help="van welk jaar (standaard: dit jaar)")
        parser.add_argument(
            "--timeout", type=float, default=30, help="zoveel seconden wachten op antwoord"
        )
        parser.add_argument(
            "--if-missing", action="store_true", help="niets doen als er al grenzen zijn"
        )
        parser.add_argument(
            "--quiet-offline", action="store_true", help="geen fout als er geen verbinding is"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if (
            options["if_missing"]
            and Municipality.objects.existing().filter(boundary__isnull=False).exists()
        ):
            self.stdout.write("Er zijn al gemeentegrenzen.")
            return
        this_year = timezone.localdate().year
        try:
            boundaries = self._boundaries(options["bron"], options["jaar"], options["timeout"])
        except OfflineError as error:
            if not options["quiet_offline"]:
                raise CommandError(f"{error}\n{OFFLINE}") from error
            self.stdout.write(f"Gemeentegrenzen overgeslagen: {error}\n{OFFLINE}")
            return
        except BoundaryError as error:
            raise CommandError(f"{error}\nEr is niets veranderd.") from error
        self._store(boundaries, options["jaar"] or this_year)

    def _boundaries(self, source: str | None, year: int | None, timeout: float) -> list[Boundary]:
        if source is None:
            return self._from_pdok(year, timeout)
        self.stdout.write(f"Grenzen lezen uit {source}")
        if source.startswith(("https://", "http://")):
            return read_boundaries(fetch(source, timeout), year)
        try:
            content = Path(source).read_bytes()
        except OSError as error:
            raise BoundaryError(f"{source} is niet te lezen: {error.strerror}.") from error
        return read_boundaries(content, year)

    def _from_pdok(self, year: int | None, timeout: float) -> list[Boundary]:
        """Of the year asked for; else of this year or, when CBS is not that far yet, the last."""
        this_year = timezone.localdate().year
        for candidate in [year] if year else [this_year, this_year - 1]:
            self.stdout.write(f"Grenzen van {candidate} ophalen bij PDOK")
            content = fetch(pdok_url(candidate), timeout)
            if b'"Feature"' in content:
                return read_boundaries(content, candidate)
        raise BoundaryError(f"PDOK heeft geen grenzen van {year or this_year}.")

    def _store(self, boundaries: list[Boundary], year: int) -> None:
        self.stdout.write(f"{len(boundaries)} gebieden gelezen en in orde bevonden")
        with transaction.atomic():
            report = store_boundaries(boundaries, year)
            if not report.stored:
                raise CommandError(
                    "Geen enkel gebied hoort bij een gemeente in deze catalogus "
                    f"({_named(report.unknown + report.kept)}). Er is niets veranderd."
                )
            bump()
        self._tell(report)

    def _tell(self, report: StoreReport) -> None:
        if report.unknown:
            self.stdout.write(
                f"Onbekende codes, overgeslagen ({len(report.unknown)}): {_named(report.unknown)}"
            )
        if report.kept:
            self.stdout.write(
                "Bestond toen niet, houdt de grens van vroeger of later "
                f"({len(report.kept)}): {_named(report.kept)}"
            )
        if report.missing:
            self.stdout.write(f"Nog zonder grens ({len(report.missing)}): {_named(report.missing)}")
        self.stdout.write(self.style.SUCCESS(f"Klaar: {len(report.stored)} grenzen bewaard."))


def _year(text: str) -> int:
    """A day in any other year is none."""
    if not re.fullmatch(r"[1-9]\d{3}", text, re.ASCII):
        raise ArgumentTypeError(f"'{text}' is geen jaar zoals 2024")
    return int(text)


def _named(names: list[str]) -> str:
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" en nog {more}" if more > 0 else "")
