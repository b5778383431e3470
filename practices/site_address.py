"""The address of the site itself, for what is made without a request: mail and visits."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urljoin

from django.conf import settings

Absolute = Callable[[str], str]  # a path of the site as a full address

MISSING = (
    "SITE_URL ontbreekt: het adres van deze site, bijvoorbeeld https://parels.example.org. "
    "Zonder dat adres zijn er geen links te maken."
)


class MissingSiteUrlError(Exception):
    def __init__(self) -> None:
        super().__init__(MISSING)


def site_address() -> str:
    if not settings.SITE_URL:
        raise MissingSiteUrlError
    return settings.SITE_URL


def absolute(path: str) -> str:
    return urljoin(site_address(), path)
