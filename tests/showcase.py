"""A small site on which every kind of content and every state of a page occurs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from municipalities.enums import RegionKind
from municipalities.models import Municipality
from practices.enums import (
    AdoptionState,
    BarrierLevel,
    Evidence,
    Kind,
    Proof,
    RelationKind,
    Scope,
)
from practices.models import Practice
from practices.search.index import indexing_once
from tests.factories import (
    AdoptionFactory,
    BarrierFactory,
    ClaimFactory,
    ContactFactory,
    InstrumentFactory,
    MunicipalityFactory,
    ParticipationStepFactory,
    PhotoFactory,
    PracticeFactory,
    RecommendationFactory,
    ReferenceFactory,
    RegionFactory,
    RelationFactory,
    SourceFactory,
    TargetGroupFactory,
    ThemeFactory,
    WelfareFigureFactory,
)

ORDINARY = 21  # with the other two just over a page


@dataclass(frozen=True)
class Showcase:
    full: Practice
    regional: Practice
    concept: Practice
    today: Municipality
    merged: Municipality


def build() -> Showcase:
    with indexing_once():
        return _build()


def _build() -> Showcase:
    limburg = RegionFactory(name="Limburg", slug="limburg", kind=RegionKind.PROVINCE)
    south = RegionFactory(name="Zuid-Limburg", slug="zuid-limburg", parent=limburg)
    today = _municipality("Beekdaelen", south, limburg, valid_from=date(2019, 1, 1))
    merged = _municipality(
        "Schinnen", south, limburg, successor=today, valid_to=date(2019, 1, 1), lat=50.94, lon=5.88
    )
    elsewhere = _municipality("Heerlen", south, limburg, lat=50.88, lon=5.98)
    for year, recipients in ((2016, 190), (2018, 150)):
        WelfareFigureFactory(municipality=merged, year=year, recipients=recipients)
    theme = ThemeFactory(name="Werken met werkgevers", slug="werkgevers", definition="Uitleg.")
    instruments = [InstrumentFactory(name=f"Middel {n}", slug=f"middel-{n}") for n in range(12)]
    regional = PracticeFactory(
        title="Regionaal plan",
        slug="regionaal-plan",
        summary="Een plan voor de hele regio.",
        scope=Scope.REGION,
        regions=[south],
        themes=[theme],
        instruments=instruments[:1],
        described_on=date(2018, 8, 1),
    )
    full = _full_practice(merged, today, theme, instruments)
    _network(full, regional, elsewhere)
    for number in range(ORDINARY):
        PracticeFactory(
            title=f"Buurtproject {number}",
            slug=f"buurtproject-{number}",
            summary="Buren helpen elkaar.",
            municipalities=[elsewhere],
            described_on=date(2018, 8, 1),
        )
    concept = PracticeFactory(
        concept=True,
        title="Nog geheim plan",
        slug="nog-geheim-plan",
        municipalities=[today],
        themes=[theme],
    )
    return Showcase(full, regional, concept, today, merged)


def _municipality(name: str, region, province, lat=50.92, lon=5.91, **kwargs) -> Municipality:
    return MunicipalityFactory(
        name=name,
        slug=name.lower(),
        region=region,
        province=province,
        lat=lat,
        lon=lon,
        website="https://www.example.org/",
        **kwargs,
    )


def _full_practice(merged, owner, theme, instruments) -> Practice:
    parent = BarrierFactory(
        name="Te weinig ruimte", slug="ruimte", level=BarrierLevel.RULES, definition="Strak."
    )
    part = BarrierFactory(
        name="Snel gevolgen", slug="snel-gevolgen", level=BarrierLevel.RULES, parent=parent
    )
    return PracticeFactory(
        title="Werkcoöperatie Schinnen",
        slug="werkcooperatie-schinnen",
        summary="Werkgevers maken samen werkplekken.",
        kind=Kind.COOPERATION,
        background="Werkgevers wilden meer doen.",
        goal="Blijvende werkplekken.",
        approach="Werkgevers richten een coöperatie op.\n\nDe gemeente helpt.",
        results="Mensen kregen werk.",
        did_not_work="Zonder begeleider liep het vast.",
        conditions="Een begeleider.",
        adaptable_parts="De vorm.",
        cost_note="Een halve baan.",
        lead_time="een half jaar",
        partners="werkgevers\ngemeente Schinnen",
        legal_basis="Participatiewet.",
        legal_caveat="Laat uw jurist meekijken.",
        open_questions="Loopt het nog?\nWat kost het?",
        editorial_note="Uit het rapport.",
        neighbourhood="Het dorp",
        location_name="Werkplaats",
        phase_note="Een proef.",
        started_on=date(2017, 3, 1),
        evidence_level=Evidence.MEASURED,
        evidence_note="Geteld door de gemeente.",
        described_on=date(2018, 8, 1),
        owner=owner,
        step_from=ParticipationStepFactory(name="Vrijwilligerswerk"),
        step_to=ParticipationStepFactory(name="Betaald werk"),
        municipalities=[merged],
        themes=[theme],
        target_groups=[TargetGroupFactory(name="Jongeren", slug="jongeren")],
        barriers=[parent, part],
        instruments=instruments,
        recommendations=[RecommendationFactory(name="Werk samen")],
    )


def _network(full: Practice, regional: Practice, elsewhere: Municipality) -> None:
    study = SourceFactory(title="Rapport 2018", url="https://example.org/rapport")
    ReferenceFactory(practice=full, source=study, place="paragraaf 4.2")
    ClaimFactory(
        practice=full,
        statement="Mensen kregen een baan",
        value=Decimal(1200),
        qualifier="meer dan",
        unit="mensen",
        denominator=4000,
        period="2017",
        proof=Proof.COUNT,
        source=study,
        place="paragraaf 8.1",
    )
    RelationFactory(
        from_practice=full, to_practice=regional, kind=RelationKind.PART_OF, note="Als proef."
    )
    AdoptionFactory(
        practice=full,
        municipality=elsewhere,
        state=AdoptionState.STOPPED,
        since=date(2019, 5, 1),
        changes="Kleiner.",
        reason_stopped="Te weinig werkgevers.",
    )
    ContactFactory(practice=full, organisation="Gemeente Beekdaelen", mailbox="team@example.org")
    PhotoFactory(practice=full, alt="Twee mensen in de werkplaats")
