"""Files of photos that no photo names: of a save that was cut off or undone, or of a photo whose
process was killed between taking the row away and taking its files away (docs/adr/0035).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from django.core.files.storage import FileSystemStorage

from practices.models import Photo

HOURS = 24


class LeftOvers:
    """Found when made. What is younger may be of a save that is still going on."""

    def __init__(self, older_than: float = HOURS * 3600) -> None:
        column = Photo._meta.get_field("image")
        self.storage = cast("FileSystemStorage", column.storage)
        self._folder = str(column.upload_to)
        # Looked at before the rows: a photo that is saved in between is in neither.
        files = list(self._old(time.time() - older_than))
        kept = {name for photo in Photo.objects.iterator() for name in photo.files()}
        self.names = sorted(set(files) - kept)

    def _old(self, before: float) -> Iterator[str]:
        folder = Path(self.storage.path(self._folder))
        for path in folder.iterdir() if folder.is_dir() else ():
            if path.is_file() and path.stat().st_mtime <= before:
                yield f"{self._folder}{path.name}"

    def remove(self) -> int:
        for name in self.names:
            self.storage.delete(name)
        return len(self.names)
