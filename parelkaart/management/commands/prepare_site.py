from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from practices import search

LOCK_TIMEOUT = "10s"


class Command(BaseCommand):
    help = (
        "Zet alles klaar na een installatie of een nieuwe versie: tabellen, catalogus, grenzen, "
        "zoekindex en statische bestanden. Maakt ook het eerste account, als "
        "DJANGO_SUPERUSER_USERNAME is gegeven. Mag vaker; verandert niets wat er al staat."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self._tables()
        call_command("load_catalogue", stdout=self.stdout)
        self._boundaries()
        if search.out_of_step().exists():
            call_command("rebuild_search_index", stdout=self.stdout)
        self._static_files()
        self._first_account()
        self.stdout.write(self.style.SUCCESS("De site staat klaar."))

    def _tables(self) -> None:
        """A migration that has to wait for a lock makes all readers wait behind it."""
        if connection.vendor != "postgresql":
            call_command("migrate", verbosity=0)
            return
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = %s", [LOCK_TIMEOUT])
            call_command("migrate", verbosity=0)
            cursor.execute("RESET lock_timeout")

    def _boundaries(self) -> None:
        """The map does without; another site that fails must not keep ours from starting."""
        options = {"if_missing": True, "quiet_offline": True, "timeout": 5}
        try:
            call_command("import_boundaries", stdout=self.stdout, **options)
        except CommandError as error:
            self.stderr.write(f"Gemeentegrenzen overgeslagen: {error}")

    def _static_files(self) -> None:
        """A container has them in its image, where nobody may write."""
        if settings.STATIC_ROOT.is_dir() and not os.access(settings.STATIC_ROOT, os.W_OK):
            self.stdout.write(f"{settings.STATIC_ROOT} is alleen te lezen, en blijft zo.")
            return
        call_command("collectstatic", interactive=False, verbosity=0)

    def _first_account(self) -> None:
        users = get_user_model()
        name = os.environ.get("DJANGO_SUPERUSER_USERNAME")
        if not name or users.objects.filter(is_superuser=True).exists():
            return
        password = os.environ.get("DJANGO_SUPERUSER_PASSWORD", "")
        if file := os.environ.get("DJANGO_SUPERUSER_PASSWORD_FILE"):
            password = Path(file).read_text(encoding="utf-8").strip()
        email = os.environ.get("DJANGO_SUPERUSER_EMAIL", "")
        try:
            validate_password(password, users(username=name, email=email))
        except ValidationError as error:
            raise CommandError("DJANGO_SUPERUSER_PASSWORD: " + " ".join(error.messages)) from error
        users.objects.create_superuser(name, email, password)
        self.stdout.write(f"Account {name} gemaakt; inloggen op /inloggen/.")
