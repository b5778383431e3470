"""What the page says about a question itself: other spelling, a place, a way out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict
from pyroaring import FrozenBitMap
from rapidfuzz import fuzz, process

from practices import querystrings
from practices.facets import FACETS, narrowed
from practices.filters import PracticeFilterSet
from practices.search import Answer, fold

MAX_WAYS_OUT = 5
MAX_NEAREST = 3
LEAST_ALIKE = 70  # per cent
_VOCABULARIES = ("thema", "doelgroep", "knelpunt", "instrument")


@dataclass(frozen=True)
class SpellingRemark:
    """`typed` was looked for as `used`; `literal_url` looks for it as it was typed."""

    typed: str
    used: str
    literal_url: str


@dataclass(frozen=True)
class PlaceOffer:
    """A place in the question that can be a filter instead."""

    name: str
    url: str


@dataclass(frozen=True)
class WayOut:
    """What would be found without one part of the question."""

    label: str
    count: int
    url: str


@dataclass(frozen=True)
class NearTerm:
    """A word of the vocabularies that looks like the question."""

    name: str
    url: str


@dataclass(frozen=True)
class Remarks:
    """`searched`: what the words alone find. Lazy, and free of queries."""

    answer: Answer | None
    filterset: PracticeFilterSet
    searched: FrozenBitMap
    parameters: QueryDict
    path: str

    @cached_property
    def spelling(self) -> SpellingRemark | None:
        if self.answer is None or not self.answer.plan.corrections:
            return None
        corrections = self.answer.plan.corrections
        literal = querystrings.with_only(self.parameters, querystrings.LITERAL, querystrings.YES)
        return SpellingRemark(
            " ".join(correction.typed for correction in corrections),
            " ".join(correction.used for correction in corrections),
            querystrings.url(self.path, literal),
        )

    @cached_property
    def place_offers(self) -> list[PlaceOffer]:
        """Places that the question names and that are not chosen as a filter yet."""
        if self.answer is None:
            return []
        offers: dict[str, PlaceOffer] = {}
        for place, rest in self.answer.plan.places:
            if place.slug not in self.filterset.selected(place.parameter):
                query = querystrings.with_only(self.parameters, "q", rest or None)
                query = querystrings.with_added(query, place.parameter, place.slug)
                url = querystrings.url(self.path, query)
                offers.setdefault(place.name, PlaceOffer(place.name, url))
        return list(offers.values())

    @cached_property
    def ways_out(self) -> list[WayOut]:
        """Which part of the question to drop, and what that gives; the most first."""
        found = [
            self._without(parameter, f"zonder {label.lower()}", self.searched)
            for parameter in FACETS
            if self.filterset.selected(parameter)
            and (label := str(self.filterset.filters[parameter].label))
        ]
        if self.answer is not None:
            everything = self.filterset.snapshot.published
            found.append(self._without("q", "zonder zoekwoorden", everything))
        useful = [way for way in found if way.count]
        return sorted(useful, key=lambda way: -way.count)[:MAX_WAYS_OUT]

    @cached_property
    def nearest_terms(self) -> list[NearTerm]:
        """For a question without an answer: terms that are written much like it."""
        if self.answer is None:
            return []
        terms = {
            (parameter, option.value): option.label
            for parameter in _VOCABULARIES
            for option in self.filterset.options(parameter)
            if option.practices
        }
        alike = process.extract(
            fold(self.answer.text),
            {key: fold(label) for key, label in terms.items()},
            scorer=fuzz.WRatio,
            score_cutoff=LEAST_ALIKE,
            limit=MAX_NEAREST,
        )
        return [NearTerm(terms[key], querystrings.filter_url(*key)) for _, _, key in alike]

    def _without(self, parameter: str, label: str, practices: FrozenBitMap) -> WayOut:
        count = len(narrowed(self.filterset, practices, leaving_out=parameter))
        query = querystrings.with_only(self.parameters, parameter, None)
        return WayOut(label, count, querystrings.url(self.path, query))
