"""A small catalogue in which everything occurs, and a naive answer to each question about it.

The reference (`found`, `counts`) works on the plain table below, one entry at a time, and
shares no code with the site.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from municipalities.models import Municipality, Region
from practices.models import Barrier, Instrument, Practice, TargetGroup, Theme
from practices.search.index import indexing_once
from tests.factories import (
    BarrierFactory,
    InstrumentFactory,
    MunicipalityFactory,
    PracticeFactory,
    RegionFactory,
    TargetGroupFactory,
    ThemeFactory,
)

# slug -> kind, what it is part of
REGIONS = {
    "limburg": ("provincie", None),
    "gelderland": ("provincie", None),
    "zuid-limburg": ("arbeidsmarktregio", "limburg"),
    "noord-limburg": ("arbeidsmarktregio", "limburg"),
    "rijk-van-nijmegen": ("arbeidsmarktregio", "gelderland"),
    "parkstad": ("subregio", "zuid-limburg"),
}
# slug -> smallest region, province, what it was merged into in 2019
MUNICIPALITIES = {
    "beekdaelen": ("parkstad", "limburg", None),
    "heerlen": ("parkstad", "limburg", None),
    "maastricht": ("zuid-limburg", "limburg", None),
    "mook-en-middelaar": ("rijk-van-nijmegen", "limburg", None),
    "nuth": ("parkstad", "limburg", "beekdaelen"),
    "schinnen": ("zuid-limburg", "limburg", "beekdaelen"),
    "venlo": ("noord-limburg", "limburg", None),
}
TERMS = {
    "thema": (Theme, ThemeFactory, "themes", ["taal", "zorg", "schulden"]),
    "doelgroep": (TargetGroup, TargetGroupFactory, "target_groups", ["jongeren", "ouderen"]),
    "knelpunt": (Barrier, BarrierFactory, "barriers", ["geld", "vervoer"]),
    "instrument": (Instrument, InstrumentFactory, "instruments", ["coach", "cursus"]),
}
CHOICES = {
    "soort": ["initiatief", "pilot", "programma", "methode", "samenwerking"],
    "fase": ["gepland", "pilot", "loopt", "afgerond", "onbekend"],
    "bewijs": [
        "genoemd",
        "praktijkervaring",
        "gemeten-resultaat",
        "onderbouwd",
        "aanwijzingen-voor-effect",
        "effectief",
    ],
    "actueel": ["actueel", "binnenkort", "verouderd"],
}
OPTIONS = (
    {parameter: slugs for parameter, (_, _, _, slugs) in TERMS.items()}
    | {"regio": list(REGIONS), "gemeente": list(MUNICIPALITIES)}
    | CHOICES
)


@dataclass(frozen=True)
class Entry:
    slug: str
    municipalities: str = ""
    regions: str = ""
    scope: str = "gemeente"
    thema: str = ""
    doelgroep: str = ""
    knelpunt: str = ""
    instrument: str = ""
    soort: str = "initiatief"
    fase: str = "loopt"
    bewijs: str = "genoemd"
    actueel: str = "verouderd"
    state: str = "gepubliceerd"

    @property
    def title(self) -> str:
        return self.slug.replace("-", " ").capitalize()


ENTRIES = (
    Entry("taalhuis", "heerlen", thema="taal", doelgroep="ouderen", actueel="actueel"),
    Entry("taalcoach", "maastricht", thema="taal zorg", instrument="coach", bewijs="effectief"),
    Entry("taalles", "venlo heerlen", thema="taal", doelgroep="jongeren ouderen", soort="pilot"),
    Entry("cooperatie", "schinnen", thema="zorg", knelpunt="geld vervoer", actueel="actueel"),
    Entry("buurtbus", "nuth", knelpunt="vervoer", scope="wijk", fase="afgerond"),
    Entry("dorpshuis", "beekdaelen", thema="zorg", doelgroep="ouderen", fase="pilot"),
    Entry(
        "regioplan",
        regions="zuid-limburg",
        scope="regio",
        thema="schulden",
        instrument="coach cursus",
        soort="programma",
        bewijs="praktijkervaring",
    ),
    Entry(
        "parkstadpas",
        "heerlen",
        regions="parkstad",
        scope="regio",
        knelpunt="geld",
        actueel="binnenkort",
    ),
    Entry("limburgplan", regions="limburg", scope="provincie", thema="taal", soort="programma"),
    Entry("landelijk", scope="landelijk", thema="schulden", soort="methode", bewijs="onderbouwd"),
    Entry("nijmegenplan", regions="rijk-van-nijmegen", scope="regio", fase="gepland"),
    # Linked to a region without holding in all of it.
    Entry("noordproef", regions="noord-limburg", scope="gemeente", fase="onbekend"),
    Entry("nergens", scope="onbekend", thema="zorg", instrument="cursus", actueel="actueel"),
    Entry("kladje", "heerlen", thema="taal", doelgroep="ouderen", state="concept"),
    Entry("in-behandeling", "heerlen", thema="taal", knelpunt="geld", state="ter-beoordeling"),
    Entry("oud-archief", scope="landelijk", thema="taal", state="gearchiveerd"),
)
PUBLIC = tuple(entry for entry in ENTRIES if entry.state == "gepubliceerd")


# --- into the database ------------------------------------------------------------


def load() -> dict[str, Practice]:
    _load_places()
    _load_terms()
    with indexing_once():
        return {entry.slug: _load_entry(number, entry) for number, entry in enumerate(ENTRIES)}


def _load_places() -> None:
    regions: dict[str | None, Region | None] = {None: None}
    for position, (slug, (kind, parent)) in enumerate(REGIONS.items()):
        regions[slug] = RegionFactory(
            slug=slug, name=_name(slug), kind=kind, parent=regions[parent], position=position
        )
    municipalities: dict[str | None, Municipality | None] = {None: None}
    for slug, (region, province, successor) in MUNICIPALITIES.items():
        municipalities[slug] = MunicipalityFactory(
            slug=slug,
            name=_name(slug),
            region=regions[region],
            province=regions[province],
            successor=municipalities[successor],
            valid_to=date(2019, 1, 1) if successor else None,
        )


def _load_terms() -> None:
    for _, factory, _, slugs in TERMS.values():
        for position, slug in enumerate(slugs):
            factory(slug=slug, name=slug.capitalize(), position=position)


def _load_entry(number: int, entry: Entry) -> Practice:
    practice = PracticeFactory(
        slug=entry.slug,
        title=entry.title,
        summary=f"Korte samenvatting van {entry.slug}.",
        kind=entry.soort,
        scope=entry.scope,
        reported_phase=entry.fase,
        evidence_level=1 + CHOICES["bewijs"].index(entry.bewijs),
        assessed_by="Movisie",
        assessed_on=date(2024, 1, 1),
        review_months=12,
        confirmed_on=confirmed_on(entry),
        described_on=date(2018, 6, 1),
        state=entry.state,
        published_on=date(2020, 1, 1) + timedelta(days=number),
    )
    practice.municipalities.set(Municipality.objects.filter(slug__in=entry.municipalities.split()))
    practice.regions.set(Region.objects.filter(slug__in=entry.regions.split()))
    for parameter, (model, _, relation, _) in TERMS.items():
        terms = model.objects.filter(slug__in=getattr(entry, parameter).split())
        getattr(practice, relation).set(terms)
    return practice


def confirmed_on(entry: Entry) -> date | None:
    """With a review term of a year: today, or so long ago that it is due within a month."""
    today = timezone.localdate()
    return {
        "actueel": today,
        "binnenkort": today - timedelta(days=335),
        "verouderd": None,
    }[entry.actueel]


def _name(slug: str) -> str:
    return slug.capitalize()


# --- the reference ------------------------------------------------------------------

Question = dict[str, list[str]]


def found(question: Question) -> set[str]:
    """The slugs of what a visitor should find."""
    return {entry.slug for entry in PUBLIC if _passes_all(entry, question)}


def counts(question: Question, parameter: str) -> dict[str, int]:
    """What each option of a facet would give instead of the facet's present choice."""
    return {option: len(found(question | {parameter: [option]})) for option in OPTIONS[parameter]}


def _passes_all(entry: Entry, question: Question) -> bool:
    return all(
        any(_passes(entry, parameter, value) for value in values)
        for parameter, values in question.items()
        if values
    )


def _passes(entry: Entry, parameter: str, value: str) -> bool:
    if parameter == "q":
        return value in entry.title.lower()
    if parameter == "gemeente":
        return _in_municipality(entry, value)
    if parameter == "regio":
        return _in_region(entry, value)
    return value in getattr(entry, parameter).split()


def _in_municipality(entry: Entry, slug: str) -> bool:
    family = [other for other in MUNICIPALITIES if _now(other) == _now(slug)]
    around = [region for member in family for region in _regions_of(member)]
    return (
        entry.scope == "landelijk"
        or _share(entry.municipalities, family)
        or (entry.scope in ("regio", "provincie") and _share(entry.regions, around))
    )


def _in_region(entry: Entry, slug: str) -> bool:
    parts = [region for region in REGIONS if slug in _line(region)]
    members = [m for m in MUNICIPALITIES if set(_regions_of(m)) & set(parts)]
    return (
        entry.scope == "landelijk"
        or _share(entry.municipalities, members)
        or _share(entry.regions, parts)
        or (entry.scope in ("regio", "provincie") and _share(entry.regions, _line(slug)))
    )


def _now(slug: str) -> str:
    return MUNICIPALITIES[slug][2] or slug


def _line(region: str | None) -> list[str]:
    return [region, *_line(REGIONS[region][1])] if region else []


def _regions_of(municipality: str) -> list[str]:
    region, province, _ = MUNICIPALITIES[municipality]
    return [*_line(region), province]


def _share(words: str, wanted: Iterable[str]) -> bool:
    return bool(set(words.split()) & set(wanted))
