"""What the API says, field by field: nothing leaves that is not named here."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import ConfigDict
from pydantic.alias_generators import to_camel

from practices.enums import (
    AdoptionState,
    BarrierLevel,
    ClaimKind,
    CostClass,
    Evidence,
    Freshness,
    Kind,
    MunicipalityRole,
    Phase,
    Scope,
)


def _enum(values: Any) -> Any:
    return Annotated[str, Field(json_schema_extra={"enum": list(values)})]


class Shape(Schema):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class Punt(Shape):
    """GeoJSON, in CRS84: eerst de lengte, dan de breedte."""

    type: Literal["Point"] = "Point"
    coordinates: list[float] = Field(min_length=2, max_length=2)


class Verwijzing(Shape):
    sleutel: str
    naam: str


class Praktijk(Shape):
    """Zoals in een lijst."""

    sleutel: str = Field(description="Blijft werken, ook als de praktijk een andere krijgt.")
    titel: str
    url: str = Field(description="Adres in deze API.")
    webpagina: str
    soort: _enum(Kind.values)  # type: ignore[valid-type]
    samenvatting: str
    bereik: _enum(Scope.values) = Field(description="Waar de praktijk voor geldt.")  # type: ignore[valid-type]
    gemeenten: list[Verwijzing]
    regios: list[Verwijzing]
    themas: list[Verwijzing]
    doelgroepen: list[Verwijzing]
    knelpunten: list[Verwijzing]
    instrumenten: list[Verwijzing]
    fase: _enum(Phase.values)  # type: ignore[valid-type]
    actueel: _enum(Freshness.values)  # type: ignore[valid-type]
    bewijs: _enum(level.slug for level in Evidence)  # type: ignore[valid-type]
    kosten: _enum(CostClass.values)  # type: ignore[valid-type]
    beschreven_op: date | None = Field(description="De dag waarvoor de tekst geldt.")
    bevestigd_op: date | None = Field(description="Toen zei iemand dat de tekst nog klopt.")
    gewijzigd_op: datetime
    locatie: Punt | None = Field(description="Alleen bij een precies adres.")


class Uitvoerder(Verwijzing):
    rol: _enum(MunicipalityRole.values)  # type: ignore[valid-type]


class Bron(Shape):
    titel: str
    uitgever: str
    verschenen_op: date | None
    url: str
    licentie: str
    vindplaats: str


class Resultaat(Shape):
    """Een bewering met haar bron. Zonder `getal` zegt de bewering alles."""

    soort: _enum(ClaimKind.values)  # type: ignore[valid-type]
    bewering: str
    getal: float | None
    hoe_precies: str
    eenheid: str
    op_een_totaal_van: int | None
    periode: str
    bewijs: str = Field(description="Hoe we het weten.")
    bron: Bron


class Verband(Shape):
    verband: str
    sleutel: str
    titel: str
    url: str
    toelichting: str


class Overname(Shape):
    gemeente: Verwijzing
    stand: _enum(AdoptionState.values)  # type: ignore[valid-type]
    sinds: date | None
    aanpassingen: str
    reden_gestopt: str


class Foto(Shape):
    url: str
    beschrijving: str
    maker: str
    licentie: str


class PraktijkDetail(Praktijk):
    """Alles wat op de pagina van een praktijk staat, zonder contactgegevens."""

    aanleiding: str
    doel: str
    aanpak: str
    resultaten_in_woorden: str
    wat_niet_werkte: str
    nodig: str
    aanpasbaar: str
    toelichting_kosten: str
    tijd_tot_de_start: str
    partners: list[str]
    wettelijk_kader: str
    juridische_kanttekening: str
    open_vragen: str
    toelichting_redactie: str
    uitvoerders: list[Uitvoerder]
    eigenaar: Verwijzing | None
    wijk: str
    naam_locatie: str
    aanbevelingen: list[Verwijzing]
    treden: list[Verwijzing]
    van_trede: Verwijzing | None
    naar_trede: Verwijzing | None
    toelichting_fase: str
    begonnen_op: date | None
    gestopt_op: date | None
    toelichting_bewijs: str
    bewijs_beoordeeld_door: str
    bewijs_beoordeeld_op: date | None
    resultaten: list[Resultaat]
    bronnen: list[Bron]
    verbanden: list[Verband]
    overnames: list[Overname]
    fotos: list[Foto]


class Praktijken(Shape):
    praktijken: list[Praktijk]


class Gemeente(Shape):
    sleutel: str
    naam: str
    url: str
    webpagina: str
    cbs_code: str = Field(description="GM en vier cijfers.")
    identificatie: str = Field(description="Volgens TOOI.")
    regio: Verwijzing
    provincie: Verwijzing
    bestaat_sinds: date | None
    opgegaan_op: date | None
    opgegaan_in: Verwijzing | None
    aantal_praktijken: int = Field(description="Wat het filter 'gemeente' vindt.")
    locatie: Punt | None = Field(description="Plaats van het gemeentehuis.")


class Bijstandscijfer(Shape):
    jaar: int
    peildatum: date | None
    mensen: int
    bron: str


class GemeenteDetail(Gemeente):
    website: str
    toelichting: str
    bijstand: list[Bijstandscijfer]
    grens: dict[str, Any] | None = Field(
        description="GeoJSON (MultiPolygon of Polygon), vereenvoudigd; in CRS84."
    )


class Gemeenten(Shape):
    gemeenten: list[Gemeente]


class Regio(Shape):
    sleutel: str
    naam: str
    soort: str
    onderdeel_van: Verwijzing | None
    uitleg: str
    aantal_praktijken: int = Field(description="Wat het filter 'regio' vindt.")


class Regios(Shape):
    regios: list[Regio]


class Term(Shape):
    sleutel: str
    naam: str
    uitleg: str
    andere_woorden: list[str]
    aantal_praktijken: int


class Knelpunt(Term):
    waar: _enum(BarrierLevel.values)  # type: ignore[valid-type]
    onderdeel_van: Verwijzing | None


class TermInGroep(Term):
    groep: str


class Themas(Shape):
    themas: list[Term]


class Doelgroepen(Shape):
    doelgroepen: list[Term]


class Knelpunten(Shape):
    knelpunten: list[Knelpunt]


class Instrumenten(Shape):
    instrumenten: list[TermInGroep]


class Aanbevelingen(Shape):
    aanbevelingen: list[TermInGroep]


class Treden(Shape):
    treden: list[Term]


class Keuze(Shape):
    waarde: str
    naam: str


class Keuzelijst(Shape):
    sleutel: str
    keuzes: list[Keuze]


class Keuzelijsten(Shape):
    keuzelijsten: list[Keuzelijst]


class Aantal(Shape):
    naam: str
    aantal: int


class Verdeling(Shape):
    filter: str
    titel: str
    toelichting: str
    aantallen: list[Aantal]


class OvernamesPerJaar(Shape):
    jaar: int
    aantal: int


class Kerncijfers(Shape):
    praktijken: int
    gemeenten: int = Field(description="Gemeenten die zelf iets doen.")
    verdelingen: list[Verdeling]
    overnames: int = Field(description="Begonnen overnames.")
    overnames_zonder_jaar: int
    overnames_per_jaar: list[OvernamesPerJaar]


class Zoeksuggestie(Shape):
    soort: str
    tekst: str
    url: str = Field(description="Adres op de site.")


class Zoeksuggesties(Shape):
    zoeksuggesties: list[Zoeksuggestie]


class Plek(Schema):
    name: str
    index: int | None = None


class Fout(Schema):
    """Eén ding dat niet klopt."""

    waar: str = Field(alias="in")
    location: Plek
    code: str
    detail: str


class Probleem(Schema):
    """Volgens RFC 9457."""

    title: str
    status: int
    detail: str
    errors: list[Fout] = Field([], description="Alles wat niet klopt, tegelijk.")
