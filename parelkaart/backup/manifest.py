"""What a backup says about itself: the first thing to read of it, and what all else is held to."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from parelkaart.backup.errors import BackupError

# Raise it when an older version of the site would read a new file wrongly.
FORMAT = 1


@dataclass(frozen=True)
class Table:
    columns: list[str]
    rows: int
    sha256: str
    last_key: int


@dataclass(frozen=True)
class File:
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """`sealed` can be opened by who has the secret key, and says nothing."""

    version: str
    made_at: str
    database: str
    migrations: list[str]
    sealed: str
    tables: dict[str, Table]
    media: dict[str, File]

    def as_json(self) -> str:
        return json.dumps({"format": FORMAT} | asdict(self), ensure_ascii=False, indent=1)

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())


def parse(raw: bytes) -> Manifest:
    try:
        data = json.loads(raw)
        newer = data.pop("format") > FORMAT
        if not newer:
            return _manifest(data)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise BackupError("De inhoudsopgave van deze back-up is niet te lezen.") from error
    raise BackupError(
        f"Deze back-up is gemaakt met een nieuwere versie van de site ({data.get('version')}). "
        "Herstel hem met die versie."
    )


def _manifest(data: dict[str, Any]) -> Manifest:
    tables = {name: Table(**table) for name, table in data.pop("tables").items()}
    media = {name: File(**file) for name, file in data.pop("media").items()}
    return Manifest(tables=tables, media=media, **data)
