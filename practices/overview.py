"""The catalogue in numbers: how many entries there are of what.

Each number is that of a facet without any filter, so it is what its link finds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.http import QueryDict

from municipalities.charts import BarChart, bar_chart
from practices.enums import AdoptionState
from practices.facets import FacetOption
from practices.finder import PracticeFinder
from practices.models import Adoption, Practice, PracticeMunicipality
from practices.querystrings import filter_url

# Largest first; the others have an order of their own.
BY_NUMBER = ("thema", "doelgroep")
SHOWN = ("thema", "doelgroep", "regio", "bewijs", "actueel")
SEVERAL = (
    "Een praktijk kan bij meer dan één horen, dus de aantallen zijn samen hoger dan het totaal."
)
NOTES = {
    "thema": SEVERAL,
    "doelgroep": SEVERAL,
    "regio": "Wat een gemeente doet, telt ook mee in haar regio's en provincie.",
    "bewijs": "Van zwak naar sterk. Hoe we dat bepalen, staat op de pagina Over.",
    "actueel": "Hoe lang geleden iemand zei dat de tekst klopt.",
}
TITLES = {
    "thema": "Thema's",
    "doelgroep": "Doelgroepen",
    "regio": "Regio's",
    "bewijs": "Bewijs",
    "actueel": "Actueel",
}
MOST_YEARS = 12


@dataclass(frozen=True)
class BarRow:
    """`length` is that of its bar, as a percentage of the longest in the chart."""

    label: str
    count: int
    length: int
    url: str


@dataclass(frozen=True)
class Chart:
    key: str
    title: str
    note: str
    summary: str
    rows: list[BarRow]


@dataclass(frozen=True)
class AdoptionsByYear:
    """`chart` is None when there are no two years to compare."""

    total: int
    undated: int
    years: list[tuple[int, int]]
    chart: BarChart | None


@dataclass(frozen=True)
class Overview:
    practices: int
    municipalities: int
    charts: list[Chart]
    adoptions: AdoptionsByYear


def overview() -> Overview:
    """Costs three queries: the version of the catalogue, the municipalities, the adoptions."""
    finder = PracticeFinder(QueryDict())
    facets = {facet.parameter: facet.options for facet in finder.facets}
    return Overview(
        practices=finder.total,
        municipalities=_municipalities(),
        charts=[_chart(key, facets[key], finder.total) for key in SHOWN],
        adoptions=_adoptions(),
    )


def _municipalities() -> int:
    """Those that do something themselves; what holds for a whole region counts for none."""
    doing = PracticeMunicipality.objects.filter(practice__in=Practice.objects.published())
    return doing.values("municipality").distinct().count()


def _chart(key: str, options: Iterable[FacetOption], total: int) -> Chart:
    options = list(options)
    if key in BY_NUMBER:
        options.sort(key=lambda option: (-option.count, option.label))
    longest = max((option.count for option in options), default=0) or 1
    rows = [
        BarRow(
            option.label,
            option.count,
            round(100 * option.count / longest),
            filter_url(key, option.value) if option.count else "",
        )
        for option in options
    ]
    return Chart(key, TITLES[key], NOTES[key], _in_words(rows, total), rows)


def _in_words(rows: list[BarRow], total: int) -> str:
    """What the eye sees at once."""
    most = max(rows, key=lambda row: row.count, default=None)
    if most is None or not most.count:
        return "Hier is nog niets over bekend."
    return f"Het vaakst: {most.label} ({most.count} van de {total})."


def _adoptions() -> AdoptionsByYear:
    """Of those that began; who only thinks about it did not take anything over yet."""
    begun = Adoption.objects.filter(practice__in=Practice.objects.published()).exclude(
        state=AdoptionState.CONSIDERING
    )
    found = begun.values_list("since__year").annotate(Count("pk")).order_by()
    counted = dict(found)
    undated = counted.pop(None, 0)
    years = [(year, counted.get(year, 0)) for year in _span(counted)]
    labels, values = [str(year) for year, _ in years], [number for _, number in years]
    return AdoptionsByYear(
        total=undated + sum(counted.values()),
        undated=undated,
        years=years,
        chart=bar_chart("Begonnen overnames per jaar", labels, values),
    )


def _span(years: Iterable[int]) -> range:
    """Without a gap; at most the last twelve."""
    known = list(years)
    if not known:
        return range(0)
    return range(max(min(known), max(known) - MOST_YEARS + 1), max(known) + 1)
