from itertools import pairwise

import pytest

from practices.enums import AdoptionState, RelationKind
from practices.models import Adoption, Relation
from practices.models.network import CIRCLE
from tests.constraints import complaints
from tests.factories import MunicipalityFactory, PracticeFactory

pytestmark = pytest.mark.django_db

ONE_WAY = [kind for kind in RelationKind if kind != RelationKind.RELATED]


def chain(kind, length):
    """Practices of which each points to the next."""
    practices = [PracticeFactory() for _ in range(length)]
    for first, second in pairwise(practices):
        Relation.objects.create(from_practice=first, kind=kind, to_practice=second)
    return practices


def relation(first, second, kind=RelationKind.NEXT_STEP):
    return Relation(from_practice=first, kind=kind, to_practice=second)


@pytest.mark.parametrize("kind", ONE_WAY)
def test_relation_that_closes_a_circle_is_explained(kind):
    first, _, last = chain(kind, 3)

    assert complaints(relation(last, first, kind)) == {"to_practice": [CIRCLE]}


@pytest.mark.parametrize("kind", ONE_WAY)
def test_relation_forward_closes_no_circle(kind):
    first, _, last = chain(kind, 3)

    assert complaints(relation(first, last, kind)) == {}


def test_mutual_relation_may_go_round():
    first, _, last = chain(RelationKind.RELATED, 3)

    assert complaints(relation(last, first, RelationKind.RELATED)) == {}


def test_another_kind_of_relation_does_not_close_the_circle():
    first, _, last = chain(RelationKind.PART_OF, 3)

    assert complaints(relation(last, first, RelationKind.NEXT_STEP)) == {}


def test_changing_a_relation_does_not_count_its_own_old_direction():
    first, second = chain(RelationKind.NEXT_STEP, 2)
    existing = Relation.objects.get()

    existing.from_practice, existing.to_practice = second, first

    assert complaints(existing) == {}


def test_circle_that_already_exists_elsewhere_does_not_hang():
    first, second, third = chain(RelationKind.NEXT_STEP, 3)
    Relation.objects.bulk_create([relation(third, first)])

    assert complaints(relation(PracticeFactory(), second)) == {}


def test_relation_to_itself_is_explained():
    practice = PracticeFactory()

    told = complaints(relation(practice, practice, RelationKind.RELATED))

    assert told == {"__all__": ["Een praktijk kan geen verband met zichzelf hebben."]}


def test_relation_that_exists_the_other_way_round_is_explained():
    first, second = chain(RelationKind.RELATED, 2)

    told = complaints(relation(second, first, RelationKind.RELATED))

    assert told == {"__all__": ["Dit verband bestaat al (misschien andersom)."]}


def test_empty_relation_is_only_told_what_is_missing():
    told = complaints(Relation(kind=RelationKind.NEXT_STEP))

    assert told == {
        "from_practice": ["Dit veld mag niet leeg zijn."],
        "to_practice": ["Dit veld mag niet leeg zijn."],
    }


def test_circle_check_costs_a_query_for_each_step(django_assert_num_queries):
    first, *_, last = chain(RelationKind.NEXT_STEP, 4)

    with django_assert_num_queries(3):
        assert relation(last, first)._closes_a_circle()


def test_adoption_that_stopped_needs_a_reason():
    stopped = Adoption(
        practice=PracticeFactory(), municipality=MunicipalityFactory(), state=AdoptionState.STOPPED
    )
    assert complaints(stopped) == {"__all__": ["Vul in waarom de gemeente is gestopt."]}

    stopped.reason_stopped = "Het geld was op."

    assert complaints(stopped) == {}


def test_adoption_of_the_same_municipality_twice_is_explained():
    adoption = Adoption(
        practice=PracticeFactory(),
        municipality=MunicipalityFactory(),
        state=AdoptionState.STARTED,
    )
    adoption.save()
    adoption.pk = None
    adoption._state.adding = True

    assert complaints(adoption) == {"__all__": ["Deze gemeente staat er al bij."]}
