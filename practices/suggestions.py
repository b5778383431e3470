"""What to offer while somebody types: practices, places, words of the vocabularies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from practices import querystrings, version
from practices.models import TitlePart
from practices.search import by_code_point, fold, startswith
from practices.snapshot import Snapshot, snapshot

MIN_LENGTH = 2
MAX_PRACTICES, MAX_OTHERS = 5, 3
# More parts than practices: a title can begin like this at two of its words.
MAX_PARTS = 20
_PARAMETER_OF = {
    "themes": "thema",
    "target_groups": "doelgroep",
    "barriers": "knelpunt",
    "instruments": "instrument",
}


@dataclass(frozen=True)
class SuggestionLine:
    kind: str
    text: str
    url: str


def suggest(typed: str) -> list[SuggestionLine]:
    """At most fourteen lines from two queries, whatever the number of practices."""
    beginning = fold(typed).strip()
    if len(beginning) < MIN_LENGTH:
        return []
    catalogue = snapshot(version.current())
    return [
        *_places(catalogue, beginning),
        *_terms(catalogue, beginning),
        *_practices(beginning),
    ]


def _practices(beginning: str) -> Iterator[SuggestionLine]:
    parts = TitlePart.objects.filter(startswith("text", beginning))
    parts = parts.order_by(by_code_point("text"), "practice")
    rows = parts.values_list("practice__title", "practice__slug")[:MAX_PARTS]
    for title, slug in list(dict.fromkeys(rows))[:MAX_PRACTICES]:
        yield SuggestionLine("praktijk", title, reverse("practice_detail", args=[slug]))


def _places(catalogue: Snapshot, beginning: str) -> list[SuggestionLine]:
    gazetteer = catalogue.gazetteer
    municipalities = _beginning_with(
        beginning, ((m.name, m.slug) for m in gazetteer.municipalities)
    )
    regions = _beginning_with(beginning, ((r.name, r.slug) for r in gazetteer.regions))
    lines = [_filter("gemeente", name, slug) for name, slug in municipalities]
    lines += [_filter("regio", name, slug) for name, slug in regions]
    return lines[:MAX_OTHERS]


def _terms(catalogue: Snapshot, beginning: str) -> Iterator[SuggestionLine]:
    for name, parameter in _PARAMETER_OF.items():
        terms = ((term.name, term.slug) for term in catalogue.terms[name])
        for label, slug in _beginning_with(beginning, terms)[:MAX_OTHERS]:
            yield _filter(parameter, label, slug)


def _filter(parameter: str, name: str, slug: str) -> SuggestionLine:
    return SuggestionLine(parameter, name, querystrings.filter_url(parameter, slug))


def _beginning_with(beginning: str, rows: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Rows of which a word of the name begins like this; names that begin so first."""
    found = [row for row in rows if f" {beginning}" in f" {fold(row[0])}"]
    return sorted(found, key=lambda row: (not fold(row[0]).startswith(beginning), row[0]))
