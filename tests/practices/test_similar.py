import pytest

from practices.enums import State
from practices.models import Practice
from practices.similar import similar_to
from tests.factories import (
    BarrierFactory,
    InstrumentFactory,
    PracticeFactory,
    TargetGroupFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


def published(slug, **fields):
    return PracticeFactory(slug=slug, title=slug, state=State.PUBLISHED, **fields)


@pytest.fixture
def practice():
    return published("zelf")


def share(practice, others, relation, term):
    for one in (practice, *others):
        getattr(one, relation).add(term)


def found(practice):
    return [(other.slug, other.likeness) for other in similar_to(practice)]


def test_similar_shares_terms_and_the_instrument_weighs_less(practice):
    share(practice, [published("thema")], "themes", ThemeFactory())
    share(practice, [published("doelgroep")], "target_groups", TargetGroupFactory())
    share(practice, [published("knelpunt")], "barriers", BarrierFactory())
    share(practice, [published("instrument")], "instruments", InstrumentFactory())
    published("niets")

    assert found(practice) == [("doelgroep", 2), ("knelpunt", 2), ("thema", 2), ("instrument", 1)]


def test_similar_adds_up_over_vocabularies_without_multiplying(practice):
    other = published("ander")
    for _ in range(3):
        share(practice, [other], "themes", ThemeFactory())
    for _ in range(2):
        share(practice, [other], "target_groups", TargetGroupFactory())
    share(practice, [other], "instruments", InstrumentFactory())

    assert found(practice) == [("ander", 3 * 2 + 2 * 2 + 1)]


def test_similar_ties_are_broken_by_evidence_and_then_by_title(practice):
    others = [
        published("b"),
        published("a"),
        published("bewezen", evidence_level=3),
    ]
    share(practice, others, "themes", ThemeFactory())

    assert [slug for slug, _ in found(practice)] == ["bewezen", "a", "b"]


@pytest.mark.parametrize("state", [State.CONCEPT, State.IN_REVIEW, State.ARCHIVED])
def test_similar_is_public_only(state, practice):
    other = published("ander")
    share(practice, [other], "themes", ThemeFactory())
    assert found(practice) == [("ander", 2)]

    Practice.objects.filter(pk=other.pk).update(state=state)

    assert found(practice) == []


def test_similar_to_a_practice_without_terms_is_nothing(practice):
    published("ander").themes.add(ThemeFactory())

    assert found(practice) == []


def test_similar_costs_one_query(practice, django_assert_num_queries):
    share(practice, [published(f"p{n}") for n in range(3)], "themes", ThemeFactory())

    with django_assert_num_queries(1):
        assert len(similar_to(practice)) == 3
