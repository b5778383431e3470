"""Stores generated entries in the configured database, in chunks of bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from random import Random
from typing import Any

from django.db import connection, transaction
from django.utils.text import slugify

from benchmarks.generator import TODAY, Entry, Place, entries, places
from benchmarks.grammar import load
from municipalities.enums import RegionKind
from municipalities.models import Municipality, Region
from practices.enums import LOWEST_ASSESSED_LEVEL, Evidence, Proof, Scope, State
from practices.models import (
    Barrier,
    Claim,
    Instrument,
    Practice,
    PracticeMunicipality,
    Source,
    TargetGroup,
    Theme,
)
from practices.version import bump

CHUNK = 1000
# Generated names get codes that no municipality has.
FIRST_CODE = 7000
# Share of the entries that go to municipalities that were there already.
AT_HOME = 0.1
VOCABULARIES: dict[str, Any] = {
    "themes": Theme,
    "target_groups": TargetGroup,
    "barriers": Barrier,
    "instruments": Instrument,
}

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Surroundings:
    """What entries refer to, looked up once. Terms in order of popularity."""

    municipalities: dict[str, Municipality]
    residents: list[Municipality]
    terms: dict[str, list[int]]
    source: Source

    def homes(self, entry: Entry) -> list[Municipality]:
        share = entry.choices["home"]
        if self.residents and (share < AT_HOME or not self.municipalities):
            place = share / AT_HOME if self.municipalities else share
            return [self.residents[int(place * len(self.residents))]]
        return [self.municipalities[name] for name in entry.places]

    def linked(self, entry: Entry, vocabulary: str) -> set[int]:
        terms = self.terms[vocabulary]
        return {terms[int(share * len(terms))] for share in entry.links[vocabulary]}


def fill(
    count: int,
    seed: int = 1,
    start: int = 0,
    *,
    apart: bool = False,
    new_municipalities: bool = True,
    progress: Progress | None = None,
) -> None:
    """Add `count` published practices from number `start`. The index is left as it is.

    Apart: they get no term and no municipality that the catalogue has of its own, so that
    none of them is a right answer to a question judged on that catalogue.
    """
    around = _surroundings(apart, new_municipalities)
    done = 0
    for chunk in _chunks(entries(count, seed, start)):
        with transaction.atomic():
            _store(chunk, around)
        done += len(chunk)
        if progress:
            progress(done, count)


def tidy() -> None:
    """Tell readers that the catalogue changed, and PostgreSQL's planner how large it is.

    A server in use gets its statistics from autovacuum, sooner or later.
    """
    bump()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _chunks(items: Iterable[Entry]) -> Iterator[list[Entry]]:
    source = iter(items)
    while chunk := list(islice(source, CHUNK)):
        yield chunk


@transaction.atomic
def _surroundings(apart: bool, new_municipalities: bool) -> Surroundings:
    residents = Municipality.objects.exclude(code__gte=f"GM{FIRST_CODE}").filter(
        successor__isnull=True
    )
    source, _ = Source.objects.get_or_create(
        slug="gen-bron", defaults={"title": "Verzonnen bron voor metingen"}
    )
    return Surroundings(
        municipalities=_municipalities() if new_municipalities else {},
        residents=[] if apart else list(residents),
        terms={name: _terms(model, name, apart) for name, model in VOCABULARIES.items()},
        source=source,
    )


def _terms(model: Any, vocabulary: str, apart: bool) -> list[int]:
    theirs = model.objects.exclude(slug__startswith="gen-").order_by("slug")
    pks = [] if apart else list(theirs.values_list("pk", flat=True))
    if not pks:
        extra = {"level": "organisatie"} if model is Barrier else {}
        for name in load("vocabularies")[vocabulary]:
            slug = f"gen-{slugify(name)}"
            model.objects.get_or_create(slug=slug, defaults={"name": name, **extra})
        ours = model.objects.filter(slug__startswith="gen-").order_by("slug")
        pks = list(ours.values_list("pk", flat=True))
    Random(0).shuffle(pks)
    return pks


def _municipalities() -> dict[str, Municipality]:
    """All places of words/places.yaml; those that exist already are used as they are."""
    found = {municipality.name: municipality for municipality in Municipality.objects.all()}
    regions: dict[str, Region] = {region.name: region for region in Region.objects.all()}
    missing = [
        _municipality(number, place, regions)
        for number, place in enumerate(places())
        if place.name not in found
    ]
    # In one go: saved one by one, each would make the index look for its practices.
    Municipality.objects.bulk_create(missing)
    found |= {municipality.name: municipality for municipality in missing}
    return {place.name: found[place.name] for place in places()}


def _municipality(number: int, place: Place, regions: dict[str, Region]) -> Municipality:
    province = _region(regions, place.province, RegionKind.PROVINCE, None)
    jitter = Random(place.name)
    return Municipality(
        name=place.name,
        slug=f"gen-{slugify(place.name)}",
        code=f"GM{FIRST_CODE + number}",
        region=_region(regions, place.region, RegionKind.LABOUR_MARKET, province),
        province=province,
        lat=round(place.middle[0] + jitter.uniform(-0.12, 0.12), 5),
        lon=round(place.middle[1] + jitter.uniform(-0.2, 0.2), 5),
    )


def _region(known: dict[str, Region], name: str, kind: RegionKind, parent: Region | None) -> Region:
    if name not in known:
        known[name] = Region.objects.create(
            name=name, slug=f"gen-{slugify(name)}", kind=kind, parent=parent
        )
    return known[name]


def _store(chunk: list[Entry], around: Surroundings) -> None:
    homes = [around.homes(entry) for entry in chunk]
    practices = Practice.objects.bulk_create(
        [_practice(entry, home[0]) for entry, home in zip(chunk, homes, strict=True)]
    )
    PracticeMunicipality.objects.bulk_create(
        PracticeMunicipality(practice=practice, municipality=municipality)
        for practice, home in zip(practices, homes, strict=True)
        for municipality in home
    )
    _link_vocabularies(chunk, practices, around)
    _link_regions(practices, homes)
    Claim.objects.bulk_create(
        Claim(
            practice=practice,
            statement=f"Aantal deelnemers in het eerste jaar van {practice.title}",
            value=20 + practice.pk % 400,
            unit="deelnemers",
            proof=Proof.COUNT,
            source=around.source,
        )
        for practice in practices
        if practice.evidence_level == Evidence.MEASURED
    )


def _link_vocabularies(chunk: list[Entry], practices: list[Practice], around: Surroundings) -> None:
    for vocabulary, model in VOCABULARIES.items():
        through = getattr(Practice, vocabulary).through
        column = f"{model._meta.model_name}_id"
        through.objects.bulk_create(
            through(practice_id=practice.pk, **{column: term})
            for entry, practice in zip(chunk, practices, strict=True)
            for term in sorted(around.linked(entry, vocabulary))
        )


def _link_regions(practices: list[Practice], homes: list[list[Municipality]]) -> None:
    through = Practice.regions.through
    through.objects.bulk_create(
        through(practice_id=practice.pk, region_id=home[0].region_id)
        for practice, home in zip(practices, homes, strict=True)
        if practice.scope == Scope.REGION
    )


def _practice(entry: Entry, home: Municipality) -> Practice:
    chosen = dict(entry.choices)
    located = chosen.pop("located") and home.lat is not None
    north, east = chosen.pop("north"), chosen.pop("east")
    chosen.pop("home")
    practice = Practice(
        slug=entry.slug, state=State.PUBLISHED, owner=home, **entry.texts, **chosen, **entry.dates
    )
    if located:
        practice.lat = round(float(home.lat) + north, 5)
        practice.lon = round(float(home.lon) + east, 5)
    if practice.evidence_level >= LOWEST_ASSESSED_LEVEL:
        practice.assessed_by, practice.assessed_on = "Verzonnen beoordelaar", TODAY
    return practice
