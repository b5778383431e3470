"""What of a practice is searched, and how much each part says about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from municipalities.models import Municipality
from practices.models import Practice, Term
from practices.search.analysis import tokenise

TITLE, KEYS, SUMMARY, SYNONYMS, BODY = 6.0, 2.5, 2.5, 1.5, 1.0
DERIVED = 0.5
MAX_IMPACT = 1000
# A fixed length instead of the catalogue's average: the postings of a practice then
# depend on nothing but that practice, and updating one equals rebuilding all.
TYPICAL_LENGTH = 150

BODY_FIELDS = (
    "background",
    "goal",
    "approach",
    "results",
    "did_not_work",
    "conditions",
    "adaptable_parts",
    "partners",
    "cost_note",
    "legal_basis",
)
VOCABULARIES = ("themes", "target_groups", "barriers", "instruments", "recommendations", "steps")
PREFETCH = (*VOCABULARIES, "regions", "claims", "municipalities__successor__successor")


class Passage(NamedTuple):
    weight: float
    text: str


def passages(practice: Practice) -> Iterator[Passage]:
    """The searched texts; cheap only with PREFETCH."""
    yield Passage(TITLE, practice.title)
    yield Passage(KEYS, " ".join(_places(practice)))
    yield Passage(KEYS, practice.get_kind_display())
    for term in _terms(practice):
        yield Passage(KEYS, term.name)
        yield Passage(SYNONYMS, " ".join(term.synonym_list))
    yield Passage(SUMMARY, practice.summary)
    for field in BODY_FIELDS:
        yield Passage(BODY, getattr(practice, field))
    for claim in practice.claims.all():
        yield Passage(BODY, claim.statement)


def _terms(practice: Practice) -> Iterator[Term]:
    for name in VOCABULARIES:
        yield from getattr(practice, name).all()


def _places(practice: Practice) -> Iterator[str]:
    yield practice.neighbourhood
    yield practice.location_name
    for municipality in practice.municipalities.all():
        yield from _names_through_time(municipality)
    for region in practice.regions.all():
        yield f"{region.name} {region.synonyms}"


def _names_through_time(municipality: Municipality) -> Iterator[str]:
    yield municipality.name
    while municipality.successor is not None:
        municipality = municipality.successor
        yield municipality.name


def impacts(texts: Iterable[Passage]) -> dict[str, int]:
    """Term -> how much the document is about it, 1 to 1000; rises ever slower with use."""
    frequency: dict[str, float] = defaultdict(float)
    length = 0
    for weight, text in texts:
        for token in tokenise(text):
            length += 1
            whole, *pieces = token.terms
            frequency[whole] += weight
            for piece in pieces:
                frequency[piece] += weight * DERIVED
    slowness = 3.6 * (0.5 + 0.5 * length / TYPICAL_LENGTH)
    return {
        term: max(1, round(MAX_IMPACT * count / (count + slowness)))
        for term, count in frequency.items()
    }
