"""A small site with a bit of everything, and a backup of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.management import call_command
from django.db import connection

from parelkaart.backup.rows import lines
from parelkaart.backup.tables import kept
from parelkaart.backup.writing import MANIFEST, MARK, SUM_LENGTH, add_sum
from tests.factories import AdoptionFactory, ClaimFactory, PhotoFactory, UserFactory


def everything(media: Path) -> dict[str, Any]:
    """All rows of all tables that are kept, and all uploaded files."""
    rows = {model._meta.db_table: list(lines(connection, model)) for model in kept()}
    files = {str(path.relative_to(media)): path for path in media.rglob("*") if path.is_file()}
    return rows | {name: path.read_bytes() for name, path in files.items()}


def remade(path: Path, change: Callable[[dict[str, bytes], dict[str, Any]], None]) -> Path:
    """The backup as somebody else would make it: changed, and whole."""
    with ZipFile(path) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(content.pop(MANIFEST))
    change(content, manifest)
    made = path.with_name("anders.zip")
    with made.open("w+b") as file:
        with ZipFile(file, "w") as archive:
            archive.comment = MARK + b"0" * SUM_LENGTH
            for name, data in content.items():
                archive.writestr(name, data)
            archive.writestr(MANIFEST, json.dumps(manifest))
        add_sum(file)
    return made


@pytest.fixture
def site(db: None, media: Path) -> Path:
    AdoptionFactory()
    ClaimFactory()
    UserFactory()
    PhotoFactory()
    return media


@pytest.fixture
def backup(site: Path, tmp_path: Path) -> Path:
    path = tmp_path / "parels.zip"
    call_command("backup", path, verbosity=0)
    return path
