"""Where an address of the site stands in the static copy."""

from __future__ import annotations

from pathlib import PurePosixPath

INDEX = "index.html"


def file_of(path: str) -> PurePosixPath | None:
    """The file of a path without its query, as a web server for plain files looks for it.

    None for what would lead outside the copy.
    """
    parts = path.strip("/").split("/") if path.strip("/") else []
    if any(part in ("", ".", "..") or "\\" in part or "\0" in part for part in parts):
        return None
    file = PurePosixPath(*parts)
    return file / INDEX if path.endswith("/") else file
