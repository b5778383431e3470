from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from practices.api import urls  # noqa: F401 - so that every operation is known
from practices.api.app import api


def document() -> str:
    return json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=2) + "\n"


class Command(BaseCommand):
    help = "Writes the description of the API to docs/api/openapi.json, or to another file."

    def add_arguments(self, parser: CommandParser) -> None:
        default = settings.BASE_DIR / "docs" / "api" / "openapi.json"
        parser.add_argument("file", nargs="?", type=Path, default=default)

    def handle(self, *args: Any, **options: Any) -> None:
        options["file"].write_text(document(), encoding="utf-8")
        self.stdout.write(f"Wrote {options['file']}.")
