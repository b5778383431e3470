"""From what the catalogue knows to what the API says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from municipalities.gazetteer import Gazetteer
from municipalities.models import Municipality
from practices.api import shapes
from practices.entry import related
from practices.enums import CostClass, Evidence, Freshness, Kind, Phase, Proof, Scope
from practices.facets import Facet
from practices.models import Practice
from practices.overview import Overview
from practices.schema_org import tooi
from practices.site_address import Absolute

LISTING = ("barriers", "instruments")
DETAIL = (
    *LISTING,
    "municipality_links__municipality",
    "recommendations",
    "steps",
    "references__source",
    "claims__source",
    "adoptions__municipality",
    "photos",
)


def reference(thing: Any) -> shapes.Verwijzing:
    return shapes.Verwijzing(sleutel=thing.slug, naam=thing.name)


def maybe(thing: Any) -> shapes.Verwijzing | None:
    return reference(thing) if thing else None


def references(things: Any) -> list[shapes.Verwijzing]:
    return [reference(thing) for thing in things.all()]


def point(lat: Any, lon: Any) -> shapes.Punt | None:
    if lat is None or lon is None:
        return None
    return shapes.Punt(coordinates=[float(lon), float(lat)])


def practice_url(slug: str) -> str:
    return reverse("api:practice", args=[slug])


def municipality_url(slug: str) -> str:
    return reverse("api:municipality", args=[slug])


def practice(row: Any, absolute: Absolute) -> shapes.Praktijk:
    return shapes.Praktijk(**_practice(row, absolute))


def _practice(row: Any, absolute: Absolute) -> dict[str, Any]:
    return {
        "sleutel": row.slug,
        "titel": row.title,
        "url": absolute(practice_url(row.slug)),
        "webpagina": absolute(row.get_absolute_url()),
        "soort": row.kind,
        "samenvatting": row.summary,
        "bereik": row.scope,
        "gemeenten": references(row.municipalities),
        "regios": references(row.regions),
        "themas": references(row.themes),
        "doelgroepen": references(row.target_groups),
        "knelpunten": references(row.barriers),
        "instrumenten": references(row.instruments),
        "fase": row.phase,
        "actueel": row.freshness,
        "bewijs": row.evidence.slug,
        "kosten": row.cost_class,
        "beschreven_op": row.described_on,
        "bevestigd_op": row.confirmed_on,
        "gewijzigd_op": row.modified,
        "locatie": point(row.lat, row.lon),
    }


def practice_detail(row: Any, absolute: Absolute) -> shapes.PraktijkDetail:
    return shapes.PraktijkDetail(
        **_practice(row, absolute),
        aanleiding=row.background,
        doel=row.goal,
        aanpak=row.approach,
        resultaten_in_woorden=row.results,
        wat_niet_werkte=row.did_not_work,
        nodig=row.conditions,
        aanpasbaar=row.adaptable_parts,
        toelichting_kosten=row.cost_note,
        tijd_tot_de_start=row.lead_time,
        partners=row.partner_list,
        wettelijk_kader=row.legal_basis,
        juridische_kanttekening=row.legal_caveat,
        open_vragen=row.open_questions,
        toelichting_redactie=row.editorial_note,
        uitvoerders=[
            shapes.Uitvoerder(
                sleutel=link.municipality.slug, naam=link.municipality.name, rol=link.role
            )
            for link in row.municipality_links.all()
        ],
        eigenaar=maybe(row.owner),
        wijk=row.neighbourhood,
        naam_locatie=row.location_name,
        aanbevelingen=references(row.recommendations),
        treden=references(row.steps),
        van_trede=maybe(row.step_from),
        naar_trede=maybe(row.step_to),
        toelichting_fase=row.phase_note,
        begonnen_op=row.started_on,
        gestopt_op=row.ended_on,
        toelichting_bewijs=row.evidence_note,
        bewijs_beoordeeld_door=row.assessed_by,
        bewijs_beoordeeld_op=row.assessed_on,
        resultaten=[_claim(claim) for claim in row.claims.all()],
        bronnen=[_source(link.source, link.place) for link in row.references.all()],
        verbanden=_relations(row, absolute),
        overnames=[_adoption(adoption) for adoption in row.adoptions.all()],
        fotos=[
            shapes.Foto(
                url=absolute(photo.image.url),
                beschrijving=photo.alt,
                maker=photo.maker,
                licentie=photo.licence,
            )
            for photo in row.photos.all()
        ],
    )


def _source(source: Any, place: str) -> shapes.Bron:
    return shapes.Bron(
        titel=source.title,
        uitgever=source.publisher,
        verschenen_op=source.published_on,
        url=source.url,
        licentie=source.licence,
        vindplaats=place,
    )


def _claim(claim: Any) -> shapes.Resultaat:
    return shapes.Resultaat(
        soort=claim.kind,
        bewering=claim.statement,
        getal=claim.value,
        hoe_precies=claim.qualifier,
        eenheid=claim.unit,
        op_een_totaal_van=claim.denominator,
        periode=claim.period,
        bewijs=str(Proof(claim.proof).label),
        bron=_source(claim.source, claim.place),
    )


def _relations(row: Practice, absolute: Absolute) -> list[shapes.Verband]:
    return [
        shapes.Verband(
            verband=str(relation.label),
            sleutel=relation.practice.slug,
            titel=relation.practice.title,
            url=absolute(practice_url(relation.practice.slug)),
            toelichting=relation.note,
        )
        for relation in related(row)
    ]


def _adoption(adoption: Any) -> shapes.Overname:
    return shapes.Overname(
        gemeente=reference(adoption.municipality),
        stand=adoption.state,
        sinds=adoption.since,
        aanpassingen=adoption.changes,
        reden_gestopt=adoption.reason_stopped,
    )


# --- places -------------------------------------------------------------------------


def municipality(
    row: Municipality, gazetteer: Gazetteer, count: int, absolute: Absolute
) -> dict[str, Any]:
    successor = row.successor_id and gazetteer.municipality(row.successor_id)
    return {
        "sleutel": row.slug,
        "naam": row.name,
        "url": absolute(municipality_url(row.slug)),
        "webpagina": absolute(row.get_absolute_url()),
        "cbs_code": row.code,
        "identificatie": tooi(row),
        "regio": reference(gazetteer.region(row.region_id)),
        "provincie": reference(gazetteer.region(row.province_id)),
        "bestaat_sinds": row.valid_from,
        "opgegaan_op": row.valid_to,
        "opgegaan_in": maybe(successor),
        "aantal_praktijken": count,
        "locatie": point(row.lat, row.lon),
    }


def municipality_detail(row: Municipality, told: dict[str, Any]) -> shapes.GemeenteDetail:
    return shapes.GemeenteDetail(
        **told,
        website=row.website,
        toelichting=row.note,
        bijstand=[
            shapes.Bijstandscijfer(
                jaar=figure.year,
                peildatum=figure.reference_date,
                mensen=figure.recipients,
                bron=figure.source,
            )
            for figure in row.figures.all()
        ],
        grens=row.boundary,
    )


def region(row: Any, gazetteer: Gazetteer, count: int) -> shapes.Regio:
    parent = row.parent_id and gazetteer.region(row.parent_id)
    return shapes.Regio(
        sleutel=row.slug,
        naam=row.name,
        soort=row.kind,
        onderdeel_van=maybe(parent),
        uitleg=row.definition,
        aantal_praktijken=count,
    )


# --- lists and numbers ----------------------------------------------------------------


def term(row: Any) -> dict[str, Any]:
    """`n` is its number of public practices."""
    return {
        "sleutel": row.slug,
        "naam": row.name,
        "uitleg": row.definition,
        "andere_woorden": row.synonym_list,
        "aantal_praktijken": row.n,
    }


def choices() -> list[shapes.Keuzelijst]:
    lists: dict[str, Iterable[tuple[str, str]]] = {
        "soort": Kind.choices,
        "bereik": Scope.choices,
        "fase": Phase.choices,
        "bewijs": [(level.slug, level.label) for level in Evidence],
        "actueel": Freshness.choices,
        "kosten": CostClass.choices,
    }
    return [
        shapes.Keuzelijst(
            sleutel=name,
            keuzes=[shapes.Keuze(waarde=value, naam=str(label)) for value, label in rows],
        )
        for name, rows in lists.items()
    ]


def counts(facet: Facet) -> dict[str, int]:
    return {option.value: option.count for option in facet.options}


def figures(overview: Overview) -> shapes.Kerncijfers:
    adoptions = overview.adoptions
    return shapes.Kerncijfers(
        praktijken=overview.practices,
        gemeenten=overview.municipalities,
        verdelingen=[
            shapes.Verdeling(
                filter=chart.key,
                titel=chart.title,
                toelichting=chart.note,
                aantallen=[
                    shapes.Aantal(naam=str(row.label), aantal=row.count) for row in chart.rows
                ],
            )
            for chart in overview.charts
        ],
        overnames=adoptions.total,
        overnames_zonder_jaar=adoptions.undated,
        overnames_per_jaar=[
            shapes.OvernamesPerJaar(jaar=year, aantal=number) for year, number in adoptions.years
        ],
    )
