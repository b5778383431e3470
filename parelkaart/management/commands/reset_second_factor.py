"""For when somebody lost telephone, keys and recovery codes, and no beheerder can help."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from parelkaart.accounts import factors, sessions
from parelkaart.accounts.events import log_event


class Command(BaseCommand):
    help = "Verwijdert de tweede stap van een gebruiker en beëindigt de sessies."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="NAAM", help="de gebruikersnaam")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"Er is geen gebruiker ‘{username}’.")
        if not factors.remove(user):
            raise CommandError(f"‘{username}’ heeft geen tweede stap.")
        sessions.end_all(user)
        log_event("factor_removed", user=user, by="reset_second_factor")
        self.stdout.write(
            f"De tweede stap van ‘{username}’ is weg. Die stelt de gebruiker zelf weer in."
        )
