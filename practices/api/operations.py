"""What can be read. The texts are those of the public description, so they are Dutch."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    QueryDict,
)
from django.shortcuts import get_object_or_404
from ninja import Query

from municipalities.models import Municipality, OldMunicipalitySlug
from practices.api import building, shapes
from practices.api.app import finder_of, reads
from practices.api.paging import tell_page
from practices.api.parameters import PlaceQuestion, PracticeQuestion, SuggestionQuestion
from practices.finder import PracticeFinder
from practices.models import (
    Barrier,
    Instrument,
    ParticipationStep,
    Practice,
    Recommendation,
    TargetGroup,
    Theme,
)
from practices.old_addresses import by_old_slug
from practices.overview import overview
from practices.querystrings import clean
from practices.suggestions import suggest

PRACTICES, PLACES, LISTS, MORE = "Praktijken", "Plaatsen", "Trefwoorden", "Verder"

# --- practices ----------------------------------------------------------------------


@reads(
    "/praktijken",
    name="practices",
    shape=shapes.Praktijken,
    question=PracticeQuestion,
    tags=[PRACTICES],
    summary="Praktijken zoeken en filteren",
    description="Zonder parameters zijn dat alle praktijken. Een pagina na de laatste is leeg.",
)
def practices(
    request: HttpRequest, response: HttpResponse, vraag: Query[PracticeQuestion]
) -> shapes.Praktijken:
    finder = finder_of(request)
    start = (vraag.pagina - 1) * vraag.per_pagina
    rows = finder.results.with_details(*building.LISTING)[start : start + vraag.per_pagina]
    tell_page(request, response, finder.total, vraag.pagina, vraag.per_pagina)
    absolute = request.build_absolute_uri
    return shapes.Praktijken(praktijken=[building.practice(row, absolute) for row in rows])


@reads(
    "/praktijken/{slug:sleutel}",
    name="practice",
    shape=shapes.PraktijkDetail,
    question=PlaceQuestion,
    tags=[PRACTICES],
    summary="Eén praktijk",
    description="Met resultaten, bronnen, verbanden en overnames.",
)
def practice(request: HttpRequest, sleutel: str, vraag: Query[PlaceQuestion]) -> Any:
    public = Practice.objects.published().select_related("owner", "step_from", "step_to")
    found = public.for_listing().prefetch_related(*building.DETAIL).filter(slug=sleutel).first()
    if found is None:
        return _moved(request, building.practice_url(by_old_slug(sleutel).slug))
    return building.practice_detail(found, request.build_absolute_uri)


def _moved(request: HttpRequest, path: str) -> HttpResponsePermanentRedirect:
    return HttpResponsePermanentRedirect(request.build_absolute_uri(path))


# --- places -------------------------------------------------------------------------


@reads(
    "/gemeenten",
    name="municipalities",
    shape=shapes.Gemeenten,
    question=PlaceQuestion,
    tags=[PLACES],
    summary="Gemeenten",
    description="Ook die er niet meer zijn; `opgegaanIn` zegt waar ze nu bij horen.",
)
def municipalities(request: HttpRequest, vraag: Query[PlaceQuestion]) -> shapes.Gemeenten:
    finder = PracticeFinder(QueryDict())
    return shapes.Gemeenten(
        gemeenten=[
            shapes.Gemeente(**_municipality(request, row, finder))
            for row in finder.gazetteer.municipalities
        ]
    )


def _municipality(request: HttpRequest, row: Municipality, finder: PracticeFinder) -> Any:
    count = _counts(finder, "gemeente")[row.slug]
    return building.municipality(row, finder.gazetteer, count, request.build_absolute_uri)


def _counts(finder: PracticeFinder, parameter: str) -> dict[str, int]:
    return building.counts(next(f for f in finder.facets if f.parameter == parameter))


@reads(
    "/gemeenten/{slug:sleutel}",
    name="municipality",
    shape=shapes.GemeenteDetail,
    question=PlaceQuestion,
    tags=[PLACES],
    summary="Eén gemeente",
    description="Met het aantal mensen met bijstand en de grens, als die bekend zijn.",
)
def municipality(request: HttpRequest, sleutel: str, vraag: Query[PlaceQuestion]) -> Any:
    found = Municipality.objects.prefetch_related("figures").filter(slug=sleutel).first()
    if found is None:
        old = get_object_or_404(
            OldMunicipalitySlug.objects.select_related("municipality"), slug=sleutel
        )
        return _moved(request, building.municipality_url(old.municipality.slug))
    told = _municipality(request, found, PracticeFinder(QueryDict()))
    return building.municipality_detail(found, told)


@reads("/regios", name="regions", shape=shapes.Regios, tags=[PLACES], summary="Regio's")
def regions(request: HttpRequest) -> shapes.Regios:
    finder = PracticeFinder(QueryDict())
    counts, gazetteer = _counts(finder, "regio"), finder.gazetteer
    rows = [building.region(row, gazetteer, counts[row.slug]) for row in gazetteer.regions]
    return shapes.Regios(regios=rows)


# --- vocabularies ---------------------------------------------------------------------


def _terms(model: Any, *together: str) -> Any:
    """All terms with `n`, their number of public practices. One query."""
    public = Q(practices__in=Practice.objects.published())
    return model.objects.select_related(*together).annotate(
        n=Count("practices", filter=public, distinct=True)
    )


@reads("/themas", name="themes", shape=shapes.Themas, tags=[LISTS], summary="Thema's")
def themes(request: HttpRequest) -> shapes.Themas:
    return shapes.Themas(themas=[shapes.Term(**building.term(row)) for row in _terms(Theme)])


@reads(
    "/doelgroepen",
    name="target_groups",
    shape=shapes.Doelgroepen,
    tags=[LISTS],
    summary="Doelgroepen",
)
def target_groups(request: HttpRequest) -> shapes.Doelgroepen:
    rows = [shapes.Term(**building.term(row)) for row in _terms(TargetGroup)]
    return shapes.Doelgroepen(doelgroepen=rows)


@reads("/knelpunten", name="barriers", shape=shapes.Knelpunten, tags=[LISTS], summary="Knelpunten")
def barriers(request: HttpRequest) -> shapes.Knelpunten:
    rows = [
        shapes.Knelpunt(
            **building.term(row), waar=row.level, onderdeel_van=building.maybe(row.parent)
        )
        for row in _terms(Barrier, "parent")
    ]
    return shapes.Knelpunten(knelpunten=rows)


@reads(
    "/instrumenten",
    name="instruments",
    shape=shapes.Instrumenten,
    tags=[LISTS],
    summary="Instrumenten",
)
def instruments(request: HttpRequest) -> shapes.Instrumenten:
    rows = [
        shapes.TermInGroep(**building.term(row), groep=row.category) for row in _terms(Instrument)
    ]
    return shapes.Instrumenten(instrumenten=rows)


@reads(
    "/aanbevelingen",
    name="recommendations",
    shape=shapes.Aanbevelingen,
    tags=[LISTS],
    summary="Aanbevelingen",
)
def recommendations(request: HttpRequest) -> shapes.Aanbevelingen:
    rows = [
        shapes.TermInGroep(**building.term(row), groep=row.group) for row in _terms(Recommendation)
    ]
    return shapes.Aanbevelingen(aanbevelingen=rows)


@reads(
    "/treden",
    name="steps",
    shape=shapes.Treden,
    tags=[LISTS],
    summary="Treden op weg naar betaald werk",
    description="In volgorde, de laagste eerst.",
)
def steps(request: HttpRequest) -> shapes.Treden:
    rows = [shapes.Term(**building.term(row)) for row in _terms(ParticipationStep)]
    return shapes.Treden(treden=rows)


@reads(
    "/keuzelijsten",
    name="choices",
    shape=shapes.Keuzelijsten,
    tags=[LISTS],
    summary="Vaste keuzes",
    description="Van de filters en velden die geen trefwoorden zijn, met hoe ze op de site heten.",
)
def choices(request: HttpRequest) -> shapes.Keuzelijsten:
    return shapes.Keuzelijsten(keuzelijsten=building.choices())


# --- and more -------------------------------------------------------------------------


@reads(
    "/kerncijfers",
    name="figures",
    shape=shapes.Kerncijfers,
    tags=[MORE],
    summary="De catalogus in cijfers",
)
def figures(request: HttpRequest) -> shapes.Kerncijfers:
    return building.figures(overview())


@reads(
    "/zoeksuggesties",
    name="suggested",
    shape=shapes.Zoeksuggesties,
    question=SuggestionQuestion,
    tags=[MORE],
    summary="Wat de site aanvult tijdens het typen",
    description="Hoogstens veertien regels, vanaf twee letters.",
)
def suggested(request: HttpRequest, vraag: Query[SuggestionQuestion]) -> shapes.Zoeksuggesties:
    rows = [
        shapes.Zoeksuggestie(
            soort=line.kind, tekst=line.text, url=request.build_absolute_uri(line.url)
        )
        for line in suggest(clean(request.GET).get("q", ""))
    ]
    return shapes.Zoeksuggesties(zoeksuggesties=rows)
