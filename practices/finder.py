"""One request for practices, answered once: every list, map and export comes from here.

finder = PracticeFinder(request.GET, path="/praktijken/")
finder.results   all practices found, in order (a queryset)
finder.page      the cards of the current page, highlighted
finder.facets    options with counts;  finder.pills  what is chosen, with remove links
finder.areas     counts for the map
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import BigIntegerField, Case, Count, F, QuerySet, Value, When
from django.db.models.functions import Lower
from django.http import QueryDict
from django.urls import reverse

from municipalities.models import Municipality, Region
from practices import cards, querystrings
from practices.enums import REGIONAL_SCOPES, WIDE_SCOPES, Scope
from practices.facets import FACETS, Facet, build_facets, selected_values
from practices.filters import PracticeFilterSet, SortOrder
from practices.models import Practice, PracticeMunicipality
from practices.places import Gazetteer
from practices.search import by_relevance

NATIONWIDE = "Heel Nederland"


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


@dataclass(frozen=True)
class Area:
    """A municipality of today, or a wider area, with its number of practices."""

    place: Municipality | Region | None
    name: str
    count: int
    url: str


@dataclass(frozen=True)
class PageLink:
    number: int | None  # None: pages left out here
    url: str
    current: bool


class PracticeFinder:
    """See the module's description. Lazy: a format pays only for what it uses."""

    def __init__(self, data: QueryDict, path: str = "") -> None:
        cleaned = querystrings.clean(data)
        self.gazetteer = Gazetteer()
        self.path = path or reverse("practice_list")
        self.filterset = PracticeFilterSet(
            cleaned,
            queryset=Practice.objects.published().with_lifecycle(),
            gazetteer=self.gazetteer,
        )
        self._page_number = querystrings.page_number(cleaned)

    # --- the question ---------------------------------------------------------

    @cached_property
    def text(self) -> str:
        return str(self.filterset.values["q"])

    @property
    def query(self) -> str:
        return self.text

    @cached_property
    def parameters(self) -> QueryDict:
        """The filters in force, in canonical form; without the page."""
        names = ("q", *FACETS, "volgorde")
        return querystrings.build({name: selected_values(self.filterset, name) for name in names})

    @property
    def is_filtered(self) -> bool:
        return any(name in self.parameters for name in ("q", *FACETS))

    @cached_property
    def sort(self) -> str:
        chosen = self.filterset.values["volgorde"]
        if chosen and (chosen != SortOrder.RELEVANCE or self.text):
            return str(chosen)
        return SortOrder.RELEVANCE if self.text else SortOrder.CONFIRMED

    # --- the answer -----------------------------------------------------------

    @cached_property
    def found(self) -> QuerySet[Practice]:
        """The practices found, in no order: for counting and for subqueries."""
        return self.filterset.narrowed().order_by()

    @cached_property
    def results(self) -> QuerySet[Practice]:
        """The practices found, in the order of the screen, with what a card shows."""
        if self.text and self.sort == SortOrder.RELEVANCE:
            ranked = by_relevance(self.filterset.narrowed(leaving_out="q"), self.text)
            order = list(ranked.query.order_by)
        else:
            ranked = self.found
            order = self._order
        reach = self.filterset.reach()
        if reach is not None:
            # What happens in the place itself comes before what merely covers it.
            ranked, order = ranked.annotate(reach=reach.rank()), ["reach", *order]
        return ranked.order_by(*order).for_listing()

    @property
    def _order(self) -> list[Any]:
        by_title = [Lower("title"), "pk"]
        match self.sort:
            case SortOrder.TITLE:
                return by_title
            case SortOrder.NEWEST:
                return [F("published_on").desc(nulls_last=True), *by_title]
        return [
            F("confirmed_on").desc(nulls_last=True),
            F("described_on").desc(nulls_last=True),
            *by_title,
        ]

    @cached_property
    def total(self) -> int:
        return self.found.count()

    @property
    def count_sentence(self) -> str:
        noun = "praktijk" if self.total == 1 else "praktijken"
        return f"{self.total} {noun} gevonden"

    @cached_property
    def page(self) -> Page[Any]:
        """The current page; a number that does not exist gives the nearest page."""
        paginator = Paginator(self.results, settings.PRACTICES_PER_PAGE)
        paginator.count = self.total
        page = paginator.get_page(self._page_number)
        page.object_list = [cards.dress(practice, self.text) for practice in page.object_list]
        return page

    # --- facets, pills and links ------------------------------------------------

    @cached_property
    def facets(self) -> list[Facet]:
        return build_facets(self.filterset)

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
            SortOption(value, label, value == self.sort)
            for value, label in SortOrder.LABELS.items()
            if self.text or value != SortOrder.RELEVANCE
        ]

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
    def csv_url(self) -> str:
        return self.url("practice_csv")

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
        page = self.page
        numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
        return {
            "previous_url": self._page_url(page.number - 1) if page.has_previous() else None,
            "next_url": self._page_url(page.number + 1) if page.has_next() else None,
            "numbers": [
                PageLink(number, self._page_url(number), number == page.number)
                if isinstance(number, int)
                else PageLink(None, "", False)
                for number in numbers
            ],
        }

    # --- the map --------------------------------------------------------------

    @cached_property
    def areas(self) -> list[Area]:
        """Each municipality of today with the practices done there, the merged ones included.

        A practice of a whole region is not counted in each of its municipalities: that is
        what `wide_areas` is for.
        """
        counts = self._counts_by_current_municipality()
        return [
            self._area(municipality, municipality.name, counts.get(municipality.pk, 0), "gemeente")
            for municipality in self.gazetteer.municipalities
            if self.gazetteer.current_pk[municipality.pk] == municipality.pk
        ]

    def _counts_by_current_municipality(self) -> dict[int, int]:
        merged = [
            When(municipality=old, then=Value(now))
            for old, now in self.gazetteer.current_pk.items()
            if old != now
        ]
        links = PracticeMunicipality.objects.filter(practice__in=self.found.values("pk"))
        now = Case(*merged, default=F("municipality"), output_field=BigIntegerField())
        counted = links.order_by().annotate(now=now).values("now")
        return dict(counted.annotate(n=Count("practice", distinct=True)).values_list("now", "n"))

    @cached_property
    def wide_areas(self) -> list[Area]:
        """Regions with the practices that hold in all of them, and the whole country."""
        regional = Practice.regions.through.objects.filter(
            practice__in=self.found.filter(scope__in=REGIONAL_SCOPES).values("pk")
        )
        counted = regional.order_by().values("region").annotate(n=Count("practice"))
        counts = dict(counted.values_list("region", "n"))
        areas = [
            self._area(region, region.name, counts[region.pk], "regio")
            for region in self.gazetteer.regions
            if region.pk in counts
        ]
        national = self.found.filter(scope=Scope.COUNTRY).count()
        if national:
            areas.append(Area(None, NATIONWIDE, national, self.list_url))
        return areas

    def _area(self, place: Any, name: str, count: int, parameter: str) -> Area:
        query = querystrings.with_only(self.parameters, parameter, place.slug)
        return Area(place, name, count, querystrings.url(reverse("practice_list"), query))

    @cached_property
    def placeless(self) -> int:
        """Practices of which no municipality is known and that do not cover an area."""
        linked = PracticeMunicipality.objects.values("practice")
        return self.found.exclude(scope__in=WIDE_SCOPES).exclude(pk__in=linked).count()

    def first_titles(self, limit: int = 3) -> dict[int, list[str]]:
        """Municipality of today -> a few titles, for the map's tooltips. One query."""
        titles: dict[int, list[str]] = {}
        links = PracticeMunicipality.objects.filter(practice__in=self.found.values("pk"))
        pairs: Iterable[tuple[int, str]] = links.order_by(
            Lower("practice__title"), "practice"
        ).values_list("municipality", "practice__title")
        for pk, title in pairs:
            known = titles.setdefault(self.gazetteer.current_pk[pk], [])
            if len(known) < limit and title not in known:
                known.append(title)
        return titles
