"""The copy changes place with its successor in one step: a reader never sees half of one.

DIR is a link to a folder beside it. The one before the last stays, for who is still reading it.
"""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

KEPT = 2
ABANDONED = 24 * 3600  # seconds; so old is what a run left that was killed


class NotACopyError(Exception):
    def __init__(self, target: Path) -> None:
        super().__init__(f"{target} bestaat al en is geen kopie. Kies een andere map.")


@contextmanager
def successor(target: Path) -> Iterator[Path]:
    """A folder to fill. It takes the place of the old one when the block ends well."""
    target = target.absolute()
    if target.exists() and not target.is_symlink() and (target.is_file() or any(target.iterdir())):
        raise NotACopyError(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    _remove_abandoned(target)
    new = target.parent / f".{target.name}-{uuid4().hex}"
    new.mkdir()
    try:
        yield new
    except BaseException:
        shutil.rmtree(new)
        raise
    _take_place(new, target)
    for old in _copies(target)[:-KEPT]:
        shutil.rmtree(old)


def _take_place(new: Path, target: Path) -> None:
    folder = target.parent / f"{target.name}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
    new.rename(folder)
    link = target.parent / f".{target.name}-{uuid4().hex}"
    link.symlink_to(folder.name)
    if target.is_dir() and not target.is_symlink():
        target.rmdir()  # Empty, and a link cannot replace a folder.
    link.replace(target)


def _copies(target: Path) -> list[Path]:
    """The oldest first."""
    name = re.compile(rf"{re.escape(target.name)}-\d{{8}}T\d{{12}}")
    return sorted(path for path in target.parent.iterdir() if name.fullmatch(path.name))


def _remove_abandoned(target: Path) -> None:
    name = re.compile(rf"\.{re.escape(target.name)}-[0-9a-f]{{32}}")
    for path in target.parent.iterdir():
        if not name.fullmatch(path.name) or time.time() - path.lstat().st_mtime < ABANDONED:
            continue
        if path.is_symlink():
            path.unlink()
        else:
            shutil.rmtree(path)
