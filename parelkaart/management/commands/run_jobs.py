from __future__ import annotations

import signal
from argparse import ArgumentTypeError
from datetime import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from parelkaart.jobs import Runner


def moment(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError("geef een tijd, zoals 02:15") from error


class Command(BaseCommand):
    help = (
        "Doet wat een site elke nacht doet: opruimen, back-up, statische kopie, controle van links "
        "en herinneringen. Eén keer, of met --every-day elke dag tot het proces stopt."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every-day", metavar="UU:MM", type=moment, help="bijvoorbeeld 02:15")

    def handle(self, *args: Any, every_day: time | None, **options: Any) -> None:
        runner = Runner(tell=self.stdout.write)
        signal.signal(signal.SIGTERM, runner.stop)
        signal.signal(signal.SIGINT, runner.stop)
        if every_day:
            self.stdout.write(f"Elke dag om {every_day:%H:%M}.")
            self.stdout.flush()
            runner.every_day(every_day.hour, every_day.minute)
        elif failed := runner.once():
            raise CommandError(f"Mislukt: {', '.join(failed)}.")
