"""One request for practices, answered once: every list, map and export comes from here.

finder = PracticeFinder(request.GET, path="/praktijken/")
finder.results   all practices found, in order (a list that loads what is looked at)
finder.page      the cards of the current page, highlighted
finder.facets    options with counts;  finder.pills  what is chosen, with remove links
finder.areas     counts for the map
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from pyroaring import FrozenBitMap

from municipalities.gazetteer import Gazetteer
from municipalities.models import Municipality
from practices import cards, querystrings, version
from practices.areas import Area, municipality_areas, wide_areas
from practices.facets import FACETS, Facet, build_facets, narrowed
from practices.filters import PracticeFilterSet, SortOrder
from practices.keysets import in_keys
from practices.likeness import LikeForm, by_likeness
from practices.listing import PracticeList
from practices.models import Practice
from practices.paging import page_links
from practices.querysets import PracticeQuerySet
from practices.remarks import Remarks
from practices.search import Answer
from practices.snapshot import Snapshot, snapshot

PARTIAL_LIMIT = 10
CARD_PHOTO = "photos"


@dataclass(frozen=True)
class Pill:
    facet_label: str
    label: str
    remove_url: str


@dataclass(frozen=True)
class SortOption:
    value: str
    label: str
    selected: bool


# Names of addresses -> what a visitor calls that kind of file.
DOWNLOADS = {
    "practice_csv": "CSV",
    "practice_ods": "ODS",
    "practice_xlsx": "XLSX",
    "practice_json": "JSON",
    "practice_places": "GeoJSON",
}


class PracticeFinder:
    """See the module's description. Lazy: a format pays only for what it uses."""

    def __init__(self, data: QueryDict, path: str = "") -> None:
        cleaned = querystrings.clean(data)
        self.version = version.current()
        self.snapshot: Snapshot = snapshot(self.version)
        self.path = path or reverse("practice_list")
        self.filterset = PracticeFilterSet(
            cleaned, queryset=Practice.objects.published(), snapshot=self.snapshot
        )
        self.is_literal = querystrings.LITERAL in cleaned
        self._page_number = querystrings.page_number(cleaned)

    @property
    def gazetteer(self) -> Gazetteer:
        return self.snapshot.gazetteer

    # --- the question ---------------------------------------------------------

    @cached_property
    def text(self) -> str:
        return str(self.filterset.values["q"])

    @cached_property
    def parameters(self) -> QueryDict:
        """The filters in force, in canonical form; without the page."""
        chosen = {name: self.filterset.selected(name) for name in FACETS}
        chosen["q"] = [self.text]
        chosen["volgorde"] = [self._chosen_sort if self._chosen_sort != self._usual_sort else ""]
        chosen["zoals"] = [self.like.slug] if self.like else []
        chosen[querystrings.LITERAL] = [querystrings.YES] if self.is_literal else []
        return querystrings.build(chosen)

    @property
    def has_old_names(self) -> bool:
        """Whether the address named a term or a place as it was called before."""
        return bool(self.filterset.values) and self.filterset.has_old_names

    @property
    def is_filtered(self) -> bool:
        return any(name in self.parameters for name in ("q", *FACETS))

    @cached_property
    def like(self) -> Municipality | None:
        """The municipality that the order compares with; None in every other order."""
        other_order = self.filterset.values["volgorde"] not in ("", SortOrder.LIKENESS)
        return None if other_order else self.filterset.like

    @property
    def _chosen_sort(self) -> str:
        if self.like:
            return SortOrder.LIKENESS
        chosen = str(self.filterset.values["volgorde"])
        return "" if chosen == SortOrder.LIKENESS else chosen

    @cached_property
    def sort(self) -> str:
        chosen = self._chosen_sort
        if chosen and (chosen != SortOrder.RELEVANCE or self.text):
            return chosen
        return self._usual_sort

    @property
    def _usual_sort(self) -> str:
        """The order that needs no mention in the address."""
        return SortOrder.RELEVANCE if self.text else SortOrder.CONFIRMED

    @cached_property
    def answer(self) -> Answer | None:
        """What the search says; None when nothing was asked."""
        if not self.text:
            return None
        return Answer(self.text, correct=not self.is_literal, token=self.version)

    # --- the answer -----------------------------------------------------------

    @cached_property
    def searched(self) -> FrozenBitMap:
        """What the search alone finds."""
        if self.answer is None:
            return self.snapshot.published
        return FrozenBitMap(self.answer.results) & self.snapshot.published

    @cached_property
    def found(self) -> FrozenBitMap:
        """The keys of the practices found, in no order."""
        return narrowed(self.filterset, self.searched)

    @property
    def queryset(self) -> PracticeQuerySet:
        """The practices found, for a question that only the database can answer."""
        public = Practice.objects.published()
        # All of them need no list of keys, and an index can then give their order.
        everything = self.found == self.snapshot.published
        return public if everything else public.filter(in_keys(self.found))

    @cached_property
    def results(self) -> PracticeList:
        """The practices found, in the order of the screen, with what a card shows."""
        return PracticeList(self._placed(pk for pk in self._ordered if pk in self.found))

    @cached_property
    def partial(self) -> PracticeList:
        """Practices that answer only a part of the question, best first."""
        if self.answer is None:
            return PracticeList([])
        passing = narrowed(self.filterset, self.snapshot.published)
        return PracticeList([pk for pk in self.answer.partial if pk in passing])

    @property
    def _ordered(self) -> Iterable[int]:
        if self.answer is not None and self.sort == SortOrder.RELEVANCE:
            return self.answer.results
        if self.like:
            return by_likeness(self.found, self.like, self.snapshot)
        return self.snapshot.orders[self.sort]

    @cached_property
    def _reached(self) -> tuple[FrozenBitMap, ...]:
        """When places are chosen: done there, done in what it merged with, only covering it."""
        reach = self.filterset.reach()
        if reach is None:
            return ()
        here = self.snapshot.in_place(reach)
        family = FrozenBitMap(self.snapshot.in_family(reach) - here)
        wider = FrozenBitMap(self.snapshot.published - here - family)
        return here, family, wider

    def _placed(self, pks: Iterable[int]) -> list[int]:
        """What happens in the place itself before what merely covers it."""
        ordered = list(pks)
        if not self._reached:
            return ordered
        return list(chain.from_iterable([pk for pk in ordered if pk in g] for g in self._reached))

    def covers_only(self, pk: int) -> bool:
        """Whether it is found for the chosen place only because of its wider scope."""
        return bool(self._reached) and pk in self._reached[-1]

    @cached_property
    def total(self) -> int:
        return len(self.found)

    @property
    def count_sentence(self) -> str:
        noun = "praktijk" if self.total == 1 else "praktijken"
        return f"{self.total} {noun} gevonden"

    @cached_property
    def page(self) -> Page[Any]:
        """The current page; a number that does not exist gives the nearest page."""
        results = self.results.with_details(CARD_PHOTO)
        page = Paginator(results, settings.PRACTICES_PER_PAGE).get_page(self._page_number)
        page.object_list = self.dressed(page.object_list)
        return page

    def dressed(self, practices: Iterable[Any]) -> list[Any]:
        """Practices with what their cards print, the words of the question marked."""
        shown = list(practices)
        terms = self.answer.terms if self.answer else frozenset()
        reasons = self.answer.reasons([p.pk for p in shown]) if self.answer else {}
        for practice in shown:
            cards.dress(practice, terms, covers_only=self.covers_only(practice.pk))
            cards.explain(practice, terms, reasons.get(practice.pk, ""))
        return shown

    @cached_property
    def partial_page(self) -> list[Any]:
        """The weaker answers, shown under the last page of results."""
        if self.page.has_next():
            return []
        return self.dressed(self.partial.with_details(CARD_PHOTO)[:PARTIAL_LIMIT])

    @cached_property
    def remarks(self) -> Remarks:
        return Remarks(self.answer, self.filterset, self.searched, self.parameters, self.path)

    # --- facets, pills and links ------------------------------------------------

    @cached_property
    def facets(self) -> list[Facet]:
        return build_facets(self.filterset, self.searched)

    @cached_property
    def pills(self) -> list[Pill]:
        pills = [
            self._pill(facet.parameter, facet.label, option.value, option.label)
            for facet in self.facets
            for option in facet.options
            if option.selected
        ]
        if self.text:
            pills.insert(0, self._pill("q", "Zoekwoorden", self.text, self.text))
        return pills

    def _pill(self, parameter: str, facet_label: str, value: str, label: str) -> Pill:
        rest = querystrings.without(self.parameters, parameter, value)
        return Pill(facet_label, label, querystrings.url(self.path, rest))

    @property
    def sort_options(self) -> list[SortOption]:
        return [
            SortOption(value, self._order_label(label), value == self.sort)
            for value, label in SortOrder.LABELS.items()
            if self._offers(value)
        ]

    def _order_label(self, label: str) -> str:
        return label.replace("mijn gemeente", self.like.name) if self.like else label

    def _offers(self, order: str) -> bool:
        """Likeness is chosen by naming a municipality, in a list of its own."""
        needed = {SortOrder.RELEVANCE: self.text, SortOrder.LIKENESS: self.like}
        return bool(needed.get(order, True))

    @cached_property
    def like_form(self) -> LikeForm:
        return LikeForm(self.gazetteer, self.like, self.parameters, self.path)

    def url(self, name: str) -> str:
        """The same question in another format or on another page."""
        return querystrings.url(reverse(name), self.parameters)

    @property
    def clear_url(self) -> str:
        return self.path

    @property
    def list_url(self) -> str:
        return self.url("practice_list")

    @property
    def map_url(self) -> str:
        return self.url("practice_map")

    @property
    def download_urls(self) -> list[tuple[str, str]]:
        """The kind of file and its address, for every kind that this list comes in."""
        return [(label, self.url(name)) for name, label in DOWNLOADS.items()]

    @property
    def feed_url(self) -> str:
        return self.url("practice_feed")

    @property
    def geojson_url(self) -> str:
        return self.url("practice_geojson")

    def _page_url(self, number: int) -> str:
        query = self.parameters.copy()
        if number > 1:
            query[querystrings.PAGE] = str(number)
        return querystrings.url(self.path, query)

    @property
    def page_links(self) -> dict[str, Any]:
        return page_links(self.page, self._page_url)

    # --- the map --------------------------------------------------------------

    @cached_property
    def areas(self) -> list[Area]:
        """Each municipality of today; see `practices.areas`."""
        return municipality_areas(self.filterset, self.searched, self.found, self._area_url)

    @cached_property
    def wide_areas(self) -> list[Area]:
        """Regions and the country; see `practices.areas`."""
        return wide_areas(self.snapshot, self.found, self._area_url, self.list_url)

    def _area_url(self, parameter: str, slug: str) -> str:
        query = querystrings.with_only(self.parameters, parameter, slug)
        return querystrings.url(reverse("practice_list"), query)

    @cached_property
    def placeless_practices(self) -> FrozenBitMap:
        """Practices of which no municipality is known and that do not cover an area."""
        return FrozenBitMap(self.snapshot.placeless & self.found)

    @property
    def placeless(self) -> int:
        return len(self.placeless_practices)
