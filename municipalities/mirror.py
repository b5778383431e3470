"""Spiegelgemeenten: how much two municipalities are alike, as a number from 0 to 1.

Half of it is the number of people on bijstand in the last year that both have a figure of
(the smaller divided by the larger), a quarter how that number changed since the first such
year, a quarter the regions they share. A part that is not known counts as not alike at all.
Everything is about the municipalities of today, with what was merged into them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from municipalities.figures import Series, series_of_today
from municipalities.gazetteer import Gazetteer
from municipalities.models import Municipality, Region

SIZE_WEIGHT, TREND_WEIGHT, REGION_WEIGHT = 0.5, 0.25, 0.25
# A difference in growth of this many percentage points is as unlike as can be.
UNLIKE_TREND = 25


@dataclass(frozen=True)
class Likeness:
    """Of one municipality to the chosen one. `year` and `recipients` are what was compared."""

    municipality: Municipality
    score: float
    year: int | None
    recipients: int | None
    since: int | None
    change: int | None
    region: Region | None

    @property
    def percentage(self) -> int:
        return round(100 * self.score)


class Mirror:
    """Compares municipalities of today, by primary key. Asks nothing of the database."""

    def __init__(self, gazetteer: Gazetteer, series: Mapping[int, Series]) -> None:
        self.gazetteer = gazetteer
        self.series = series

    @classmethod
    def load(cls, gazetteer: Gazetteer) -> Mirror:
        """Costs one query."""
        return cls(gazetteer, series_of_today(gazetteer))

    def ranked(self, pk: int) -> list[Likeness]:
        """All other municipalities of today, most alike first; equals by name."""
        others = (m for m in self.gazetteer.municipalities_of_today if m.pk != pk)
        found = [self.likeness(pk, other.pk) for other in others]
        return sorted(found, key=lambda one: (-one.score, one.municipality.name))

    def scores(self, pk: int) -> dict[int, float]:
        """Of every municipality of today, the chosen one included."""
        return {one.municipality.pk: one.score for one in self.ranked(pk)} | {pk: 1.0}

    def likeness(self, pk: int, other: int) -> Likeness:
        mine, theirs = self.series.get(pk, {}), self.series.get(other, {})
        shared = sorted(mine.keys() & theirs.keys())
        year = shared[-1] if shared else None
        since = shared[0] if len(shared) > 1 else None
        growth = _change(theirs, since, year)
        score = (
            SIZE_WEIGHT * _size(mine, theirs, year)
            + TREND_WEIGHT * _trend(_change(mine, since, year), growth)
            + REGION_WEIGHT * self._region(pk, other)
        )
        return Likeness(
            municipality=self.gazetteer.municipality(other),
            score=score,
            year=year,
            recipients=None if year is None else theirs[year],
            since=since,
            change=None if growth is None else round(growth),
            region=self._shared_region(pk, other),
        )

    def has_figures(self, pk: int) -> bool:
        return bool(self.series.get(pk))

    def _covering(self, pk: int) -> frozenset[int]:
        return self.gazetteer.covering(self.gazetteer.municipality(pk))

    def _region(self, pk: int, other: int) -> float:
        mine, theirs = self._covering(pk), self._covering(other)
        return len(mine & theirs) / len(mine | theirs)

    def _shared_region(self, pk: int, other: int) -> Region | None:
        """The smallest region that both lie in."""
        shared = self._covering(pk) & self._covering(other)
        # The more regions lie around a region, the smaller it is.
        smallest = max(shared, key=lambda r: (len(self.gazetteer.around(r)), -r), default=None)
        return None if smallest is None else self.gazetteer.region(smallest)


def _size(mine: Series, theirs: Series, year: int | None) -> float:
    if year is None:
        return 0.0
    smaller, larger = sorted((mine[year], theirs[year]))
    return smaller / larger if larger else 1.0


def _change(series: Series, since: int | None, year: int | None) -> float | None:
    """In per cent."""
    if since is None or year is None or not series[since]:
        return None
    return 100 * (series[year] - series[since]) / series[since]


def _trend(mine: float | None, theirs: float | None) -> float:
    if mine is None or theirs is None:
        return 0.0
    return max(0.0, 1 - abs(mine - theirs) / UNLIKE_TREND)
