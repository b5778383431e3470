"""What a visitor sees of a filter: options with counts, ready to print.

Each facet is counted with its own filter left out, so that its numbers say what choosing
another option would give.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from practices.filters import ChoicesFilter, PlaceFilter, PracticeFilterSet, VocabularyFilter
from practices.models import Practice
from practices.places import Gazetteer, PlaceLinks

FACETS = (
    "thema",
    "doelgroep",
    "knelpunt",
    "instrument",
    "regio",
    "gemeente",
    "soort",
    "fase",
    "bewijs",
    "actueel",
)


@dataclass(frozen=True)
class FacetOption:
    value: str
    label: str
    count: int
    selected: bool

    @property
    def disabled(self) -> bool:
        """Choosing it would give nothing. A selected option can always be taken back."""
        return not self.count and not self.selected


@dataclass(frozen=True)
class Facet:
    parameter: str
    label: str
    options: tuple[FacetOption, ...]

    @property
    def selected_count(self) -> int:
        return sum(option.selected for option in self.options)

    @property
    def is_open(self) -> bool:
        return self.selected_count > 0 or self.parameter == FACETS[0]


def selected_values(filterset: PracticeFilterSet, parameter: str) -> list[str]:
    """The values in force, as they stand in the address."""
    value = filterset.values[parameter]
    if isinstance(value, str):
        return [value] if value else []
    return [item if isinstance(item, str) else item.slug for item in value]


def build_facets(filterset: PracticeFilterSet) -> list[Facet]:
    """All facets; the number of queries depends on the filters, not on the practices."""
    return [_facet(filterset, parameter) for parameter in FACETS]


def _facet(filterset: PracticeFilterSet, parameter: str) -> Facet:
    chosen = set(selected_values(filterset, parameter))
    definition = filterset.filters[parameter]
    practices = filterset.narrowed(leaving_out=parameter).order_by()
    options = tuple(
        FacetOption(value, label, count, value in chosen)
        for value, label, count in _counted(definition, practices, filterset.gazetteer)
    )
    return Facet(parameter, definition.label, options)


def _counted(
    definition: Any, practices: QuerySet[Practice], gazetteer: Gazetteer
) -> Iterable[tuple[str, str, int]]:
    match definition:
        case VocabularyFilter():
            return _count_terms(definition, practices)
        case PlaceFilter():
            return _count_places(definition, practices, gazetteer)
        case ChoicesFilter():
            return _count_choices(definition, practices)
    raise TypeError(definition)


def _count_terms(
    definition: VocabularyFilter, practices: QuerySet[Practice]
) -> Iterator[tuple[str, str, int]]:
    # Counted over keys: grouping the filtered queryset itself would count its joins.
    here = Q(practices__in=practices.values("pk"))
    terms = definition.extra["model"].objects.annotate(n=Count("practices", filter=here))
    yield from terms.order_by("position", "name").values_list("slug", "name", "n")


def _count_choices(
    definition: ChoicesFilter, practices: QuerySet[Practice]
) -> Iterator[tuple[str, str, int]]:
    counted = practices.values(definition.field_name).annotate(n=Count("pk"))
    counts = dict(counted.values_list(definition.field_name, "n"))
    for value, label in definition.extra["choices"]:
        yield value, label, counts.get(definition.stored(value), 0)


def _count_places(
    definition: PlaceFilter, practices: QuerySet[Practice], gazetteer: Gazetteer
) -> Iterator[tuple[str, str, int]]:
    links = PlaceLinks.of(practices)
    for place in definition.places(gazetteer):
        yield place.slug, place.name, links.count(definition.reach_of(place, gazetteer))
