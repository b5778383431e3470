from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http.request import split_domain_port, validate_host
from django.utils import timezone
from django.utils.formats import date_format

from parelkaart.mirror.building import Builder, Outcome
from parelkaart.mirror.folders import NotACopyError, successor
from parelkaart.mirror.visiting import Visitor, as_for_a_copy
from practices.site_address import MissingSiteUrlError, site_address


class Command(BaseCommand):
    help = (
        "Schrijft alles wat openbaar is als bestanden in een map die elke webserver kan tonen. "
        "Pas als alles klopt, komt de nieuwe kopie in de plaats van de vorige."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder",
            metavar="MAP",
            nargs="?",
            default=settings.MIRROR_DIR,
            help="waar de kopie komt; zonder dit: MIRROR_DIR",
        )

    def handle(self, *args: Any, folder: str, **options: Any) -> None:
        base = self._base()
        if not folder:
            raise CommandError("Noem een map, of geef MIRROR_DIR een waarde.")
        started, day = time.monotonic(), timezone.localdate()
        try:
            with successor(Path(folder)) as new, as_for_a_copy():
                outcome = Builder(Visitor(base), new, day).build()
                self._refuse(outcome)
        except NotACopyError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Kopie van {date_format(day, 'j F Y')}: {outcome.files} bestanden, "
            f"{outcome.size / 1_000_000:.1f} MB, in {time.monotonic() - started:.0f} s."
        )

    def _base(self) -> str:
        if settings.DEBUG:
            raise CommandError("Niet met DEBUG=1: pagina's om te ontwikkelen zijn geen kopie.")
        try:
            base = site_address()
        except MissingSiteUrlError as error:
            raise CommandError(str(error)) from error
        host = split_domain_port(base.partition("://")[2])[0]
        if not validate_host(host, settings.ALLOWED_HOSTS):
            raise CommandError(f"{host} uit SITE_URL staat niet in ALLOWED_HOSTS.")
        return base

    def _refuse(self, outcome: Outcome) -> None:
        if outcome.problems:
            lines = "\n".join(f"- {problem}" for problem in outcome.problems)
            raise CommandError(f"De kopie klopt niet, en de vorige blijft staan:\n{lines}")
