"""Makes the secret key of this installation, once: `secret_key.py FILE`."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path


def ensure(path: Path) -> None:
    """Readable by its owner only, from the first moment that it exists."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size:
        return
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(64))


if __name__ == "__main__":
    ensure(Path(sys.argv[1]))
