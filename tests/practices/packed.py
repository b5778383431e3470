"""What is in a download, whatever kind of file it is."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile


def content_of(response: Any) -> bytes:
    return b"".join(response) if response.streaming else response.content


def members(content: bytes) -> dict[str, str]:
    """The files in a ZIP, which ODS and XLSX are too."""
    with ZipFile(BytesIO(content)) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist()}


def unpacked(content: bytes) -> str:
    return "\n".join(members(content).values())
