"""For cron, once a day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from practices.contributions.tidying import SENDER_DAYS, UNCONFIRMED_DAYS, tidy


class Command(BaseCommand):
    help = (
        f"Verwijdert voorstellen die na {UNCONFIRMED_DAYS} dagen niet bevestigd zijn, en naam en "
        f"e-mailadres van afzenders {SENDER_DAYS} dagen nadat hun voorstel is afgehandeld."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = tidy()
        self.stdout.write(
            f"Onbevestigde voorstellen verwijderd: {done.deleted}. "
            f"Afzenders gewist: {done.emptied}."
        )
