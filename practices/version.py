"""The version of the public catalogue: what is kept in memory or in a browser is good for one."""

from __future__ import annotations

from secrets import token_hex

from practices.models import CatalogueVersion


def bump() -> None:
    """A new version, in the caller's transaction.

    Holds a lock until that transaction ends, so versions become visible one by one:
    whoever has seen a version has seen every change before it.
    """
    CatalogueVersion.objects.update_or_create(
        pk=CatalogueVersion.SINGLETON, defaults={"token": token_hex(8)}
    )


def current() -> str:
    """Costs one query; empty before anything was ever published."""
    rows = CatalogueVersion.objects.filter(pk=CatalogueVersion.SINGLETON)
    return rows.values_list("token", flat=True).first() or ""
