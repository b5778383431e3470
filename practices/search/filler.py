"""Words that say nothing in a question to this site."""

from __future__ import annotations

from django.conf import settings

from practices.search import language


def _region(name: str) -> frozenset[str]:
    """`Noord-Brabant` -> brabant, brabants, brabantse: all of the catalogue is about it."""
    last = name.casefold().replace("-", " ").split()[-1:]
    return frozenset(word + end for word in last for end in ("", "s", "se"))


FILLER = language.FILLER | _region(settings.SITE_REGION)
