"""Encrypts the secrets of the second step: a stolen backup must not give codes.

The key follows from SECRET_KEY. After a change of that key the old one, in
SECRET_KEY_FALLBACKS, still opens what it sealed.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [
            Fernet(urlsafe_b64encode(sha256(f"parelkaart.accounts:{key}".encode()).digest()))
            for key in keys
        ]
    )


def seal(text: str) -> str:
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str | None:
    """None for what no known key sealed."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None
