"""What may be asked, and everything that is wrong with what was asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest, QueryDict
from ninja import Field, Schema
from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from practices import querystrings
from practices.api.problems import parameter_error
from practices.enums import Evidence, Freshness, Kind, Phase
from practices.filters import SortOrder
from practices.finder import PracticeFinder

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
MAX_PER_PAGE = 100
LAST_PAGE = 1_000_000
# Parameters of which the values are in the catalogue, by their keys.
OF_CATALOGUE = ("thema", "doelgroep", "knelpunt", "instrument", "gemeente", "regio")
UNKNOWN_PARAMETER = "Deze parameter bestaat niet."
UNKNOWN_KEY = "Deze sleutel bestaat niet. Kijk in {where}."
_LISTS = {
    "thema": "/themas",
    "doelgroep": "/doelgroepen",
    "knelpunt": "/knelpunten",
    "instrument": "/instrumenten",
    "gemeente": "/gemeenten",
    "zoals": "/gemeenten",
    "regio": "/regios",
}


def one_of(values: Iterable[str]) -> Any:
    """A closed list, told in the schema and held here."""
    choices = list(values)
    told: Any = {"enum": choices}

    def known(value: str) -> str:
        if value not in choices:
            raise PydanticCustomError("unknown_value", "unknown", {"choices": ", ".join(choices)})
        return value

    return Annotated[str, AfterValidator(known), Field(json_schema_extra=told)]


def _several(description: str) -> Any:
    """OR within a parameter: it may be given more than once."""
    return Field([], max_length=querystrings.MAX_VALUES, description=description)


Key = Annotated[str, Field(max_length=querystrings.MAX_LENGTH)]


class PlaceQuestion(Schema):
    crs: one_of([CRS84]) = Field(  # type: ignore[valid-type]
        CRS84, description="Coördinatenstelsel van het antwoord: alleen CRS84."
    )


class PracticeQuestion(PlaceQuestion):
    q: str = Field(
        "", max_length=querystrings.MAX_LENGTH, description="Zoekwoorden, zoals op de site."
    )
    thema: list[Key] = _several("Sleutels van thema's. Meer dan één: elk ervan telt.")
    doelgroep: list[Key] = _several("Sleutels van doelgroepen.")
    knelpunt: list[Key] = _several("Sleutels van knelpunten.")
    instrument: list[Key] = _several("Sleutels van instrumenten.")
    gemeente: list[Key] = _several(
        "Sleutels van gemeenten. Vindt ook wat in de hele regio, provincie of het hele land "
        "geldt, en wat gebeurt in gemeenten die zijn samengegaan."
    )
    regio: list[Key] = _several("Sleutels van regio's.")
    soort: list[one_of(Kind.values)] = _several("Soort praktijk.")  # type: ignore[valid-type]
    fase: list[one_of(Phase.values)] = _several("Fase op dit moment.")  # type: ignore[valid-type]
    bewijs: list[one_of(level.slug for level in Evidence)] = _several(  # type: ignore[valid-type]
        "Hoe sterk het bewijs is."
    )
    actueel: list[one_of(Freshness.values)] = _several(  # type: ignore[valid-type]
        "Hoe lang geleden iemand zei dat de tekst klopt."
    )
    volgorde: one_of(SortOrder.LABELS) = Field(  # type: ignore[valid-type]
        SortOrder.CONFIRMED,
        description="Met zoekwoorden is dat vanzelf 'relevantie'; 'lijkt' vraagt 'zoals'.",
    )
    zoals: str = Field(
        "",
        max_length=querystrings.MAX_LENGTH,
        description="Sleutel van een gemeente: wat daarop lijkt, komt eerst.",
    )
    letterlijk: one_of([querystrings.YES]) = Field(  # type: ignore[valid-type]
        querystrings.YES,
        description="Zoek precies wat er staat, zonder de spelling te verbeteren.",
    )
    pagina: int = Field(1, ge=1, le=LAST_PAGE, description="Nummer van de pagina.")
    per_pagina: int = Field(
        settings.PRACTICES_PER_PAGE,
        ge=1,
        le=MAX_PER_PAGE,
        alias="perPagina",
        description="Aantal praktijken op een pagina.",
    )


class SuggestionQuestion(Schema):
    q: str = Field(
        min_length=1, max_length=querystrings.MAX_LENGTH, description="Wat er is getypt."
    )


def names(question: type[Schema] | None) -> set[str]:
    if question is None:
        return set()
    return {field.alias or name for name, field in question.model_fields.items()}


def catalogue_errors(
    request: HttpRequest, question: type[Schema] | None, finder: PracticeFinder | None
) -> list[dict[str, Any]]:
    """What no type can tell: parameters and keys that do not exist. Old keys still do."""
    known = names(question)
    errors = [
        parameter_error(name, "unknown_parameter", UNKNOWN_PARAMETER)
        for name in request.GET
        if name not in known
    ]
    if finder is None:
        return errors
    for name in OF_CATALOGUE:
        present = {option.value for option in finder.filterset.options(name)}
        # Cleaned one by one, so that an error can tell which of them it is.
        for index, value in enumerate(request.GET.getlist(name)):
            if not _now(finder, name, value) & present:
                errors.append(_unknown_key(name, index))
    if request.GET.get("zoals") and finder.filterset.like is None:
        errors.append(_unknown_key("zoals", None))
    return errors


def _now(finder: PracticeFinder, name: str, value: str) -> set[str]:
    """The present key; a query only for one that nothing has now."""
    if value in {option.value for option in finder.filterset.options(name)}:
        return {value}
    question = QueryDict(mutable=True)
    question[name] = value
    return set(PracticeFinder(question).filterset.values[name])


def _unknown_key(name: str, index: int | None) -> dict[str, Any]:
    detail = UNKNOWN_KEY.format(where=_LISTS[name])
    return parameter_error(name, "unknown_value", detail, index)
