"""What a visitor sees of a filter: options with counts, ready to print.

Each facet is counted with its own filter left out, so that its numbers say what choosing
another option would give.
"""

from __future__ import annotations

from dataclasses import dataclass

from pyroaring import FrozenBitMap

from practices.filters import PracticeFilterSet

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


def narrowed(
    filterset: PracticeFilterSet, practices: FrozenBitMap, *, leaving_out: str = ""
) -> FrozenBitMap:
    """Those of the practices that pass every facet's filter, or every one but one."""
    for parameter in FACETS:
        chosen = filterset.chosen(parameter)
        if chosen is not None and parameter != leaving_out:
            practices = FrozenBitMap(practices & chosen)
    return practices


def build_facets(filterset: PracticeFilterSet, practices: FrozenBitMap) -> list[Facet]:
    """All facets over these practices; costs no query."""
    return [_facet(filterset, parameter, practices) for parameter in FACETS]


def _facet(filterset: PracticeFilterSet, parameter: str, practices: FrozenBitMap) -> Facet:
    chosen = set(filterset.selected(parameter))
    base = narrowed(filterset, practices, leaving_out=parameter)
    options = tuple(
        FacetOption(
            option.value,
            option.label,
            option.practices.intersection_cardinality(base),
            option.value in chosen,
        )
        for option in filterset.options(parameter)
    )
    return Facet(parameter, str(filterset.filters[parameter].label), options)
