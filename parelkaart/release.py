"""What the pages of this installation are made with: another mark, other pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.signals import setting_changed
from django.views.debug import get_default_exception_reporter_filter

SOURCES = ("municipalities", "parelkaart", "practices", "templates")
SUFFIXES = {".html", ".py", ".txt", ".svg"}


@lru_cache(maxsize=1)
def release() -> str:
    """The same in every process. Reads all source files, once in a process (about 20 ms)."""
    mark = blake2b(digest_size=8)
    for path in _sources(settings.BASE_DIR):
        mark.update(path.read_bytes())
    mark.update(str(getattr(staticfiles_storage, "manifest_hash", "")).encode())
    mark.update(_settings().encode())
    return mark.hexdigest()


def _sources(root: Path) -> Iterator[Path]:
    yield root / "requirements.txt"
    for folder in SOURCES:
        yield from sorted(path for path in (root / folder).rglob("*") if path.suffix in SUFFIXES)


def _settings() -> str:
    """All of them, for a page may show any; Django leaves the secrets out."""
    safe = get_default_exception_reporter_filter().get_safe_settings()
    return json.dumps(safe, sort_keys=True, default=_plain)


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, set | frozenset) else str(value)


def _forget(**kwargs: Any) -> None:
    release.cache_clear()


setting_changed.connect(_forget)
