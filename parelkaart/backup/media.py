"""The uploaded files, and how others take their place in one go."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO

from django.conf import settings

from parelkaart.backup.errors import BackupError
from parelkaart.backup.manifest import File
from parelkaart.storage import UNFINISHED

NEW = ".restore-new"
OLD = ".restore-old"
BLOCK = 1 << 20


def is_safe(name: str) -> bool:
    """Whether this is a place below the folder, and one of a file that a backup would hold."""
    path = PurePosixPath(name)
    hidden = any(part.startswith(".") for part in path.parts)
    odd = path.is_absolute() or "\\" in name or not name.isprintable()
    return bool(path.parts) and str(path) == name and not hidden and not odd


def files(root: Path) -> Iterator[tuple[str, Path]]:
    """Those that are whole, with their names below the folder."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in names if not name.endswith(UNFINISHED)):
            path = Path(folder) / name
            below = path.relative_to(root).as_posix()
            if is_safe(below) and path.is_file() and not path.is_symlink():
                yield below, path


def copied(content: Iterable[bytes], into: IO[bytes] | None = None) -> File:
    """What went by: its size and its sum."""
    size, total = 0, sha256()
    for block in content:
        size += len(block)
        total.update(block)
        if into is not None:
            into.write(block)
    return File(size, total.hexdigest())


def blocks(of: IO[bytes]) -> Iterator[bytes]:
    while block := of.read(BLOCK):
        yield block


class Exchange:
    """New files wait in a folder inside the old one, until all of them are there.

    Inside, because the folder may be a volume of its own, that cannot be renamed.
    """

    def __init__(self) -> None:
        self.root = Path(settings.MEDIA_ROOT)
        self.new = self.root / NEW
        self.old = self.root / OLD
        self._arrived: list[str] = []

    def prepare(self) -> None:
        if self.old.exists():
            raise BackupError(
                f"De map {self.old} is van een herstel dat is afgebroken. Horen die bestanden bij "
                "de database van nu, zet ze dan terug. Haal de map daarna weg."
            )
        try:
            shutil.rmtree(self.new, ignore_errors=True)
            self.new.mkdir(parents=True)
        except OSError as error:
            raise BackupError(f"In {self.root} kan niet geschreven worden: {error}") from error

    def add(self, name: str, content: Iterable[bytes], expected: File) -> None:
        path = self.new / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as into:
            found = copied(content, into)
        if found != expected:
            raise BackupError(f"Het bestand {name} in de back-up is beschadigd.")
        path.chmod(settings.FILE_UPLOAD_PERMISSIONS or 0o644)

    def swap(self) -> None:
        os.sync()
        self.old.mkdir()
        for path in _entries(self.root):
            path.rename(self.old / path.name)
        for path in _entries(self.new):
            path.rename(self.root / path.name)
            self._arrived.append(path.name)

    def undo(self) -> None:
        """The files of before, however far it came."""
        for name in self._arrived:
            (self.root / name).rename(self.new / name)
        for path in _entries(self.old) if self.old.exists() else []:
            path.rename(self.root / path.name)
        self.finish()

    def finish(self) -> None:
        for folder in (self.old, self.new):
            shutil.rmtree(folder, ignore_errors=True)


def _entries(folder: Path) -> list[Path]:
    """Without our own two, and without what a file system keeps in its root."""
    return [
        path
        for path in folder.iterdir()
        if not path.name.startswith(".") and path.name != "lost+found"
    ]
