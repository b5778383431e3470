"""What must never happen, tried past every form and every clean()."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction
from django.db.models import F, UniqueConstraint

from municipalities.models import Municipality
from practices import models
from practices.enums import (
    AdoptionState,
    Evidence,
    RelationKind,
    ReminderAnswer,
    State,
    SuggestionKind,
)
from practices.models import (
    Adoption,
    Barrier,
    Claim,
    Digest,
    IndexedPractice,
    LinkCheck,
    LoadedItem,
    MissedQuery,
    OldSlug,
    OldTermSlug,
    Photo,
    Posting,
    Practice,
    PracticeMunicipality,
    Reference,
    Relation,
    Reminder,
    SearchTerm,
    Source,
    Suggestion,
    SynonymGroup,
    ViewCount,
)
from tests.constraints import constraint_names, refused
from tests.factories import BarrierFactory, MunicipalityFactory, PracticeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    return PracticeFactory(state=State.PUBLISHED)


def change(model, **fields):
    model.objects.all().update(**fields)


def add(*instances):
    type(instances[0]).objects.bulk_create(instances)


def source():
    return Source.objects.get_or_create(slug="studie", defaults={"title": "Studie"})[0]


def claim(practice, **fields):
    return Claim(practice=practice, source=source(), **({"statement": "Iets"} | fields))


def adoption(practice, **fields):
    given = {"state": AdoptionState.STARTED} | fields
    return Adoption(practice=practice, municipality=MunicipalityFactory(), **given)


def digest():
    return Digest.objects.create(sent_at=datetime(2026, 1, 1, tzinfo=UTC))


def relation(practice, **fields):
    given = {"to_practice": PracticeFactory, "kind": RelationKind.RELATED} | fields
    other = given.pop("to_practice")
    return Relation(
        from_practice=practice, to_practice=other() if callable(other) else other, **given
    )


CHECKED = {
    "practice_summary_length": lambda _: change(Practice, summary=""),
    "practice_location_in_range": lambda _: change(Practice, lat="5.98", lon="50.88"),
    "practice_ended_after_started": lambda _: change(
        Practice, started_on=date(2020, 1, 2), ended_on=date(2020, 1, 1)
    ),
    "practice_assessment_for_high_evidence": lambda _: change(
        Practice, evidence_level=Evidence.SUBSTANTIATED, assessed_by="", assessed_on=None
    ),
    "practice_successor_is_another": lambda _: change(Practice, successor=F("pk")),
    "practice_published_has_date": lambda _: change(Practice, published_on=None),
    "practice_kind_known": lambda _: change(Practice, kind="project"),
    "practice_scope_known": lambda _: change(Practice, scope="wereld"),
    "practice_cost_class_known": lambda _: change(Practice, cost_class="gratis"),
    "practice_reported_phase_known": lambda _: change(Practice, reported_phase="af"),
    "practice_evidence_level_known": lambda _: change(Practice, evidence_level=0),
    "practice_state_known": lambda _: change(Practice, state="openbaar"),
    "practice_review_months_known": lambda _: change(Practice, review_months=7),
    "practice_municipality_role_known": lambda p: add(
        PracticeMunicipality(practice=p, municipality=MunicipalityFactory(), role="baas")
    ),
    "barrier_not_its_own_parent": lambda _: Barrier.objects.filter(
        pk=(barrier := BarrierFactory()).pk
    ).update(parent=barrier),
    "barrier_level_known": lambda _: Barrier.objects.filter(pk=BarrierFactory().pk).update(
        level="elders"
    ),
    "photo_has_alt": lambda p: add(Photo(practice=p, image="a.jpg", alt="", maker="M")),
    "suggestion_correction_names_practice": lambda _: add(
        Suggestion(kind=SuggestionKind.CORRECTION, text="Klopt niet")
    ),
    "suggestion_says_something": lambda _: add(Suggestion(kind=SuggestionKind.NEW)),
    "photo_focus_in_percent": lambda p: add(
        Photo(practice=p, image="a.jpg", alt="Een plein", maker="M", focus_x=101)
    ),
    "link_check_state_known": lambda _: add(LinkCheck(url="https://example.org/", state="weg")),
    "reminder_answer_has_a_moment": lambda p: add(
        Reminder(digest=digest(), practice=p, answer=ReminderAnswer.CONFIRMED)
    ),
    "suggestion_kind_and_state_known": lambda p: add(
        Suggestion(practice=p, kind="klacht", text="Klopt niet")
    ),
    "claim_has_statement": lambda p: add(claim(p, statement="")),
    "claim_kind_known": lambda p: add(claim(p, kind="gevoel")),
    "claim_proof_known": lambda p: add(claim(p, proof=7)),
    "claim_denominator_positive": lambda p: add(claim(p, denominator=0)),
    "relation_not_to_itself": lambda p: add(relation(p, to_practice=p)),
    "relation_kind_known": lambda p: add(relation(p, kind="familie-van")),
    "adoption_stopped_needs_reason": lambda p: add(adoption(p, state=AdoptionState.STOPPED)),
    "synonym_group_has_words": lambda _: add(SynonymGroup(words="")),
    "adoption_state_known": lambda p: add(adoption(p, state="misschien")),
}


@pytest.mark.parametrize("name", CHECKED)
def test_database_refuses(name, practice):
    with refused(name):
        CHECKED[name](practice)


def test_every_check_constraint_is_tried():
    assert set(CHECKED) == constraint_names("practices")


def test_database_refuses_a_summary_that_is_too_long(practice):
    change(Practice, summary="é" * 280)

    # PostgreSQL already refuses the value for its column.
    with (
        pytest.raises(DatabaseError, match=r"practice_summary_length|too long"),
        transaction.atomic(),
    ):
        change(Practice, summary="é" * 281)


@pytest.mark.parametrize(("lat", "lon"), [("50.9", None), (None, "5.9"), ("50.9", "7.6")])
def test_database_refuses_half_a_point_or_one_outside_the_country(lat, lon, practice):
    with refused("practice_location_in_range"):
        change(Practice, lat=lat, lon=lon)


@pytest.mark.parametrize(
    "level", [Evidence.SUBSTANTIATED, Evidence.INDICATIONS, Evidence.EFFECTIVE]
)
@pytest.mark.parametrize(("by", "on"), [("", None), ("Movisie", None), ("", date(2024, 1, 1))])
def test_database_refuses_high_evidence_without_assessor_and_date(level, by, on, practice):
    with refused("practice_assessment_for_high_evidence"):
        change(Practice, evidence_level=level, assessed_by=by, assessed_on=on)


def test_database_takes_high_evidence_with_assessor_and_date(practice):
    change(
        Practice,
        evidence_level=Evidence.EFFECTIVE,
        assessed_by="Movisie",
        assessed_on=date(2024, 1, 1),
    )

    practice.refresh_from_db()
    assert practice.evidence == Evidence.EFFECTIVE


def test_database_takes_a_practice_that_ended_on_the_day_it_started(practice):
    change(Practice, started_on=date(2020, 1, 1), ended_on=date(2020, 1, 1))

    practice.refresh_from_db()
    assert practice.started_on == practice.ended_on


def test_database_refuses_publishing_in_bulk_without_a_date():
    PracticeFactory(state=State.CONCEPT)

    with refused("practice_published_has_date"):
        change(Practice, state=State.PUBLISHED)


UNIQUE = {
    "practice_municipality_once": lambda p: PracticeMunicipality(
        practice=p, municipality=Municipality.objects.order_by("pk")[0]
    ),
    "loaded_item_once": lambda _: LoadedItem(section="praktijken", key="x"),
    "reference_once": lambda p: Reference(practice=p, source=source(), place="p. 1"),
    "relation_once_whichever_way": lambda p: relation(
        p, to_practice=Practice.objects.exclude(pk=p.pk).order_by("pk")[0]
    ),
    "view_count_once_a_month": lambda p: ViewCount(practice=p, month=date(2026, 1, 1)),
    "reminder_once_a_mail": lambda p: Reminder(
        digest=Digest.objects.first() or digest(), practice=p
    ),
    "old_term_slug_once": lambda _: OldTermSlug(kind="practices.theme", slug="oud", key=1),
    "adoption_once": lambda p: Adoption(
        practice=p, municipality=Municipality.objects.order_by("pk")[0], state="overweegt"
    ),
}


@pytest.mark.parametrize("name", UNIQUE)
def test_database_refuses_the_same_twice(name, practice):
    PracticeMunicipality.objects.all().delete()
    MunicipalityFactory()
    PracticeFactory()
    add(UNIQUE[name](practice))

    with refused():
        add(UNIQUE[name](practice))


def test_every_unique_constraint_is_tried():
    assert set(UNIQUE) == constraint_names("practices", UniqueConstraint)


def test_database_refuses_the_same_relation_from_the_other_side(practice):
    other = PracticeFactory()
    add(relation(practice, to_practice=other))

    with refused():
        add(relation(other, to_practice=practice))


def test_database_takes_another_kind_of_relation_between_the_same_two(practice):
    other = PracticeFactory()

    add(
        relation(practice, to_practice=other),
        relation(other, to_practice=practice, kind=RelationKind.NEXT_STEP),
    )

    assert Relation.objects.count() == 2


@pytest.mark.parametrize("name", ["Theme", "TargetGroup", "Barrier", "Instrument"])
@pytest.mark.parametrize("field", ["name", "slug"])
def test_database_refuses_two_terms_with_the_same(name, field):
    model = getattr(models, name)
    extra = {"level": "persoon"} if model is Barrier else {}
    add(
        model(name="Een", slug="een", **extra),
        model(name="Twee", slug="twee", **extra),
    )

    with refused():
        model.objects.filter(slug="een").update(**{field: "Twee" if field == "name" else "twee"})


def test_database_refuses_two_practices_at_one_address(practice):
    other = PracticeFactory()

    with refused():
        Practice.objects.filter(pk=other.pk).update(slug=practice.slug)


def test_database_refuses_two_targets_for_an_old_address(practice):
    add(OldSlug(slug="oud", practice=practice))

    with refused():
        add(OldSlug(slug="oud", practice=PracticeFactory()))


def test_database_refuses_two_index_entries_for_a_practice(practice):
    entry = IndexedPractice.objects.get(practice=practice)

    with refused():
        add(entry)


def test_database_refuses_the_same_posting_twice(practice):
    posting = Posting.objects.filter(practice=practice).first()

    with refused():
        add(posting)


@pytest.mark.parametrize(
    ("model", "field"), [(SearchTerm, "text"), (MissedQuery, "text"), (Source, "slug")]
)
def test_database_refuses_two_of_the_same(model, field):
    extra = {"last_seen": date(2026, 1, 1)} if model is MissedQuery else {}
    add(model(**{field: "eenmalig"}, **extra))

    with refused():
        add(model(**{field: "eenmalig"}, **extra))
