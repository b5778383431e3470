"""The address bar: cleaned once on the way in, written back in one canonical form.

Pure functions on query strings; nothing here knows what a value means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from django.http import QueryDict
from django.urls import reverse

# The public interface of every list and export. Changing one breaks saved links.
PARAMETERS = (
    "q",
    "thema",
    "doelgroep",
    "knelpunt",
    "instrument",
    "gemeente",
    "regio",
    "soort",
    "fase",
    "bewijs",
    "actueel",
    "volgorde",
    "zoals",
    "letterlijk",
    "pagina",
)
PAGE = "pagina"
# Set to YES: look for the words exactly as typed, without correcting their spelling.
LITERAL, YES = "letterlijk", "ja"
MAX_LENGTH = 200
MAX_VALUES = 50
# Surrogates are what is left of bytes that were not UTF-8; no database stores them.
_UNREADABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")


def clean(data: QueryDict) -> QueryDict:
    """Only known parameters, without unreadable characters, blanks, repeats and excess."""
    cleaned = QueryDict(mutable=True)
    for name in PARAMETERS:
        values = (_UNREADABLE.sub(" ", value)[:MAX_LENGTH].strip() for value in data.getlist(name))
        kept = list(dict.fromkeys(value for value in values if value))[:MAX_VALUES]
        if kept:
            cleaned.setlist(name, kept)
    cleaned._mutable = False  # type: ignore[attr-defined]
    return cleaned


def page_number(query: QueryDict) -> int:
    """The page asked for: 1 for nonsense and for anything below 1."""
    try:
        return max(1, int(query.get(PAGE, "1")))
    except ValueError:
        return 1


def build(parameters: Mapping[str, Iterable[str]]) -> QueryDict:
    """A query string in canonical order from the values that are in force."""
    query = QueryDict(mutable=True)
    for name in PARAMETERS:
        values = [str(value) for value in parameters.get(name, ()) if value]
        if values:
            query.setlist(name, values)
    return query


def with_only(query: QueryDict, name: str, value: str | None) -> QueryDict:
    """The same with one value for a parameter, or without it; starts at page one again."""
    changed = query.copy()
    changed.pop(PAGE, None)
    changed.pop(name, None)
    if value is not None:
        changed[name] = value
    return build(dict(changed.lists()))


def with_added(query: QueryDict, name: str, value: str) -> QueryDict:
    """The same with one more value for a parameter; starts at page one again."""
    changed = query.copy()
    changed.pop(PAGE, None)
    changed.appendlist(name, value)
    return build(dict(changed.lists()))


def without(query: QueryDict, name: str, value: str) -> QueryDict:
    """The same without one value of a parameter; starts at page one again."""
    changed = query.copy()
    changed.pop(PAGE, None)
    changed.setlist(name, [other for other in changed.getlist(name) if other != value])
    return build(dict(changed.lists()))


def url(path: str, query: QueryDict) -> str:
    encoded = query.urlencode()
    return f"{path}?{encoded}" if encoded else path


def filter_url(parameter: str, value: str, name: str = "practice_list") -> str:
    """The address of the list (or another page) with one filter on."""
    return url(reverse(name), build({parameter: [value]}))
