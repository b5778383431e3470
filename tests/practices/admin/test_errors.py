"""What the database would refuse is told beside the field, never as an error page."""

import pytest

from practices.enums import Evidence, Proof, RelationKind
from practices.evidence import TOO_HIGH
from practices.models import Barrier, Practice, Relation, Suggestion
from tests.admin_forms import add_url, change_url, opened, save, with_row
from tests.factories import (
    BarrierFactory,
    ClaimFactory,
    MunicipalityFactory,
    OldSlugFactory,
    PracticeFactory,
    ReferenceFactory,
    RelationFactory,
    SourceFactory,
    ThemeFactory,
)
from tests.outline import Outline

OUTSIDE = "Dit punt ligt niet in Nederland. Breedte is 50 tot 54, lengte 3 tot 8 graden."
TOO_LONG = "Zorg dat deze waarde niet meer dan 280 tekens bevat (het zijn er nu 281)."
TOO_PRECISE = "Zorg dat er niet meer dan 8 cijfers zijn."
HALF_A_POINT = "Vul breedte én lengte in, of laat beide leeg."
ENDED_EARLY = "'Gestopt op' ligt voor 'begonnen op'."
ADDRESS_EXISTS = "Er bestaat al een Praktijk met eenzelfde Naam in het adres."
REQUIRED = "Dit veld is verplicht."
NEEDS_ASSESSMENT = (
    "Dit bewijsniveau vraagt om een beoordeling van buiten: vul in door wie en wanneer."
)
RELATION_EXISTS = "Dit verband bestaat al (misschien andersom)."


@pytest.fixture
def practice(db):
    return PracticeFactory(title="Werkhuis", slug="werkhuis")


@pytest.fixture
def other(db):
    return PracticeFactory(title="Werkplaats", slug="werkplaats")


@pytest.fixture
def attempt(superuser_client, practice):
    """Saves the practice with changes: what is told?"""

    def try_it(*rows, **changes):
        url = change_url(practice)
        data = opened(superuser_client, url) | changes
        for prefix, fields in rows:
            data = with_row(data, prefix, **fields)
        return save(superuser_client, url, data)

    return try_it


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"summary": "x" * 281}, [TOO_LONG]),
        ({"summary": "é" * 280}, []),
        ({"summary": ""}, [REQUIRED]),
        ({"summary": " \r\n "}, [REQUIRED]),
        ({"title": ""}, [REQUIRED]),
        ({"lat": "5,98154", "lon": "50,88365"}, [OUTSIDE, OUTSIDE]),
        ({"lat": "50,88365"}, [HALF_A_POINT]),
        ({"lat": "1e400", "lon": "5"}, [TOO_PRECISE, HALF_A_POINT]),
        ({"started_on": "02-01-2020", "ended_on": "01-01-2020"}, [ENDED_EARLY]),
        ({"slug": "Geen adres!"}, None),
        ({"slug": "werkplaats"}, [ADDRESS_EXISTS]),
        ({"review_months": "7"}, None),
        ({"themes": ["999"]}, None),
        ({"owner": "999"}, None),
        ({"title": "Nul\x00byte"}, None),
    ],
)  # fmt: skip
def test_practice_refused_with_a_reason(changes, told, attempt, other):
    answer = attempt(**changes)

    if told is None:
        assert len(answer) == 1
    else:
        assert answer == told


def test_text_of_an_earlier_practice_address_stays_reserved(attempt, other):
    OldSlugFactory(slug="oud-adres", practice=other)

    assert attempt(slug="oud-adres") == [
        "Dit adres was vroeger van 'Werkplaats' en verwijst daar nog naartoe. Kies een ander adres."
    ]


def test_practice_may_take_back_its_own_old_address(attempt, practice):
    OldSlugFactory(slug="oud-adres", practice=practice)

    assert attempt(slug="oud-adres") == []
    assert list(practice.old_slugs.values_list("slug", flat=True)) == ["werkhuis"]


def test_same_municipality_twice_in_one_form(attempt):
    row = ("municipality_links", {"municipality": MunicipalityFactory().pk, "role": "uitvoerder"})

    assert attempt(row, row) == [
        "Er staan twee regels met dezelfde waarde bij: Gemeente.",
        "Deze regel staat er twee keer.",
    ]


def test_municipality_that_is_there_already(attempt, practice):
    there = MunicipalityFactory()
    practice.municipalities.add(there)

    # Django's own check comes first and knows the other rows of the form.
    assert attempt(("municipality_links", {"municipality": there.pk, "role": "deelnemer"})) != []
    assert practice.municipalities.count() == 1


def test_source_twice(attempt, practice):
    reference = ReferenceFactory(practice=practice)

    assert attempt(("references", {"source": reference.source.pk})) != []
    assert practice.references.count() == 1


def test_relation_that_exists_the_other_way_round(attempt, practice, other):
    RelationFactory(from_practice=other, to_practice=practice, kind=RelationKind.RELATED)

    assert attempt(("relations_out", {"kind": "verwant-aan", "to_practice": other.pk})) == [
        RELATION_EXISTS
    ]


def test_relation_twice_in_one_form(attempt, other):
    row = ("relations_out", {"kind": "verwant-aan", "to_practice": other.pk})

    assert attempt(row, row) == ["Hetzelfde verband staat er twee keer."]


def test_relation_with_itself(attempt, practice):
    assert attempt(("relations_out", {"kind": "verwant-aan", "to_practice": practice.pk})) == [
        "Een praktijk kan geen verband met zichzelf hebben."
    ]


def test_relation_that_closes_a_circle(attempt, practice, other):
    between = PracticeFactory()
    RelationFactory(from_practice=other, to_practice=between, kind=RelationKind.NEXT_STEP)
    RelationFactory(from_practice=between, to_practice=practice, kind=RelationKind.NEXT_STEP)

    assert attempt(("relations_out", {"kind": "volgende-stap", "to_practice": other.pk})) == [
        "Zo zou er een kring ontstaan: de praktijken wijzen dan naar elkaar."
    ]


@pytest.mark.parametrize(
    ("fields", "count"),
    [({"denominator": "0"}, 1), ({"statement": ""}, 1), ({"proof": "7"}, 1), ({"value": "x"}, 1)],
)
def test_result_refused_with_a_reason(fields, count, attempt, practice):
    row = {
        "kind": "uitkomst",
        "statement": "Tien mensen",
        "proof": "1",
        "source": SourceFactory().pk,
    }

    assert len(attempt(("claims", row | fields))) == count
    assert attempt(("claims", row)) == []


def test_evidence_level_above_its_proof(attempt, practice):
    ClaimFactory(practice=practice, proof=Proof.EXPERIENCE)

    told = TOO_HIGH.format(level="Gemeten resultaat", ceiling="Praktijkervaring")
    assert attempt(evidence_level=Evidence.MEASURED) == [told]
    assert attempt(evidence_level=Evidence.EXPERIENCE) == []


def test_evidence_level_rests_on_proof_that_is_taken_away_in_the_same_form(attempt, practice):
    ClaimFactory(practice=practice, proof=Proof.COUNT)

    assert attempt(evidence_level=Evidence.MEASURED, **{"claims-0-DELETE": "on"}) != []
    assert practice.claims.count() == 1


def test_evidence_level_rests_on_proof_that_comes_in_the_same_form(attempt, practice):
    row = {"kind": "uitkomst", "statement": "Tien", "proof": "3", "source": SourceFactory().pk}

    assert attempt(("claims", row), evidence_level=Evidence.MEASURED) == []

    practice.refresh_from_db()
    assert practice.evidence == Evidence.MEASURED


def test_high_evidence_level_without_an_assessment(attempt, practice):
    ClaimFactory(practice=practice, proof=Proof.CONTROLLED_STUDY)
    assessed = {"assessed_by": "Movisie", "assessed_on": "01-02-2024"}

    assert attempt(evidence_level=Evidence.EFFECTIVE) == [NEEDS_ASSESSMENT]
    assert attempt(evidence_level=Evidence.EFFECTIVE, **assessed) == []


def test_new_practice_with_a_relation_and_a_duplicate_address(superuser_client, practice, other):
    url = add_url(Practice)
    data = opened(superuser_client, url) | {
        "title": "Nieuw",
        "slug": "werkhuis",
        "kind": "pilot",
        "summary": "Kort.",
    }
    data = with_row(data, "relations_out", kind="verwant-aan", to_practice=other.pk)

    assert save(superuser_client, url, data) == [ADDRESS_EXISTS]
    assert save(superuser_client, url, data | {"slug": "nieuw"}) == []
    assert Relation.objects.get().from_practice.slug == "nieuw"


def test_barrier_under_itself(superuser_client, db):
    barrier = BarrierFactory()
    url = change_url(barrier)

    assert save(superuser_client, url, opened(superuser_client, url) | {"parent": barrier.pk}) == [
        "Zo zou een knelpunt onderdeel van zichzelf zijn."
    ]
    assert Barrier.objects.get().parent is None


def test_term_with_a_name_that_exists(superuser_client, db):
    ThemeFactory(name="Zorg", slug="zorg")
    url = add_url(ThemeFactory._meta.model)
    data = opened(superuser_client, url) | {"name": "Zorg", "slug": "zorg"}

    assert save(superuser_client, url, data) == [
        "Er bestaat al een Thema met eenzelfde Naam.",
        "Er bestaat al een Thema met eenzelfde Naam in het adres.",
    ]


def test_correction_without_its_practice(superuser_client, db):
    url = add_url(Suggestion)
    data = opened(superuser_client, url) | {"kind": "verbetering", "text": "Klopt niet"}

    assert save(superuser_client, url, data) == ["Kies de praktijk waar de verbetering over gaat."]


def test_source_in_use_is_not_deleted(superuser_client, practice):
    source = ReferenceFactory(practice=practice).source

    response = superuser_client.post(
        change_url(source).replace("change", "delete"), {"post": "yes"}
    )

    assert response.status_code == 200
    assert practice.references.get().source == source


def test_summary_leads_to_every_error_of_the_form_and_its_rows(superuser_client, practice):
    url = change_url(practice)
    row = {"kind": "uitkomst", "statement": "Het werkt.", "denominator": "-1"}
    row |= {"proof": Proof.STATEMENT.value}
    data = with_row(opened(superuser_client, url), "claims", **row) | {"title": ""}
    page = Outline(superuser_client.post(url, data).content.decode())

    links = [link["href"] for link in page.all("a") if link.get("href", "").startswith("#id_")]
    assert links == ["#id_title", "#id_claims-0-denominator", "#id_claims-0-source"]
