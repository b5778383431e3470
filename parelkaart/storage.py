"""Static files as a visitor gets them: with their hash in the name, compressed, and few.

And uploaded files, that are there whole or not at all.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, join
from secrets import token_hex
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'^@import url\("(?P<name>[^"/]+)"\);\n', re.MULTILINE)

UNFINISHED = ".deel"

Paths = dict[str, tuple[Any, str]]


class UploadStorage(FileSystemStorage):
    """A file gets its name when all of it is on the disk.

    A row names it only afterwards, so neither a process that is killed nor a power cut leaves a
    row with half a file (docs/adr/0035). What is left of such a moment, `tidy_photos` removes.
    """

    def _save(self, name: str, content: File) -> str:
        unfinished = f"{name}.{token_hex(4)}{UNFINISHED}"
        part = super()._save(unfinished, content)  # type: ignore[misc]
        whole = Path(self.path(name))
        _flush(Path(self.path(part)))
        Path(self.path(part)).replace(whole)
        _flush(whole.parent)
        return name


def _flush(path: Path) -> None:
    """A folder too: the name is in it."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class SiteStorage(CompressedManifestStaticFilesStorage):
    """Puts a style sheet in the place where another imports it.

    A browser shows nothing until all style sheets of the head are there, and finds an import
    only after it has the file that has it. In development it is an import as any other.
    """

    def post_process(
        self, paths: Paths, dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str, bool | Exception]]:
        whole = {name: found for name in paths if (found := _whole(name, paths))}
        if not dry_run:
            for name, sheet in whole.items():
                self.delete(name)  # Error pages use the name without a hash.
                self._save(name, sheet.open(name))
        yield from super().post_process(
            paths | {name: (sheet, name) for name, sheet in whole.items()}, dry_run, **options
        )


class _Sheet:
    """Stands in for the storage that a file comes from: only its content is asked."""

    def __init__(self, text: str) -> None:
        self.text = text

    def open(self, name: str) -> ContentFile:
        return ContentFile(self.text.encode(), name)


def _whole(name: str, paths: Paths) -> _Sheet | None:
    if not name.endswith(".css"):
        return None
    text = _read(name, paths)
    whole = IMPORT.sub(lambda found: _read(join(dirname(name), found["name"]), paths), text)
    return _Sheet(whole) if whole != text else None


def _read(name: str, paths: Paths) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        return file.read().decode()
