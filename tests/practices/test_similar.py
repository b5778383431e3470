import pytest

from practices.entry import entries
from practices.enums import Kind, State
from practices.similar import similar_to
from tests.factories import BarrierFactory, PracticeFactory, TargetGroupFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def published(slug, **fields):
    """One that shares no word and no kind with the practice called "zelf"."""
    kind = Kind.METHOD if slug == "zelf" else Kind.PILOT
    return PracticeFactory(slug=slug, title=slug, summary=slug, kind=kind, **fields)


@pytest.fixture
def catalogue():
    """A term says something when not everybody has it: there have to be others."""
    return [published("vulling" + "abcdef"[number]) for number in range(6)]


def found(practice, limit=10):
    return [(similar.practice.slug, similar.reason) for similar in similar_to(practice, limit)]


def test_similar_shares_a_term_and_says_which(catalogue):
    taal = ThemeFactory(name="Taal en lezen")
    practice = published("zelf", themes=[taal])
    published("gelijk", themes=[taal])
    published("niets", themes=[ThemeFactory(name="Schulden")])

    assert found(practice) == [("gelijk", "Ook over taal en lezen")]


def test_similar_with_more_in_common_comes_first(catalogue):
    taal = ThemeFactory(name="Taal")
    jongeren = TargetGroupFactory(name="Jongeren")
    vervoer = BarrierFactory(name="Vervoer")
    everything = {"themes": [taal], "target_groups": [jongeren], "barriers": [vervoer]}
    practice = published("zelf", **everything)
    published("een", themes=[taal])
    published("drie", **everything)
    published("twee", themes=[taal], target_groups=[jongeren])

    assert [slug for slug, _ in found(practice)] == ["drie", "twee", "een"]


def test_similar_ties_keep_a_fixed_order(catalogue):
    taal = ThemeFactory(name="Taal")
    practice = published("zelf", themes=[taal])
    for slug in ("c", "a", "b"):
        PracticeFactory(
            slug=slug, title="Gelijk", summary="Gelijk.", kind=Kind.PILOT, themes=[taal]
        )

    assert [slug for slug, _ in found(practice)] == ["c", "a", "b"]


def test_similar_by_words_alone_says_so(catalogue):
    practice = published("zelf", approach="Vrijwilligers repareren fietsen.")
    published("gelijk", approach="Fietsen repareren met vrijwilligers.")

    assert found(practice) == [("gelijk", "Gebruikt dezelfde bijzondere woorden")]


def test_similar_is_limited(catalogue):
    taal = ThemeFactory(name="Taal")
    practice = published("zelf", themes=[taal])
    for slug in ("een", "twee", "drie"):
        published(slug, themes=[taal])

    assert len(found(practice, limit=2)) == 2


@pytest.mark.parametrize("state", [State.CONCEPT, State.IN_REVIEW, State.ARCHIVED])
def test_similar_is_public_only(state, catalogue):
    taal = ThemeFactory(name="Taal")
    practice = published("zelf", themes=[taal])
    other = published("ander", themes=[taal])
    assert found(practice) == [("ander", "Ook over taal")]

    other.state = state
    other.save()

    assert found(practice) == []


def test_similar_to_the_only_practice_is_nothing():
    assert found(published("zelf", themes=[ThemeFactory()])) == []


@pytest.mark.parametrize("number", [1, 3])
def test_similar_costs_the_same_for_any_number(number, catalogue, django_assert_num_queries):
    taal = ThemeFactory(name="Taal")
    published("zelf", themes=[taal])
    for letter in "abc"[:number]:
        published(f"gelijk{letter}", themes=[taal])
    practice = entries().get(slug="zelf")

    # Its postings, the version, the largest frequency (once for each version), the postings of
    # others, the practices found and their municipalities, regions, themes, target groups,
    # barriers and instruments.
    with django_assert_num_queries(11):
        assert len(similar_to(practice, 5)) == number
    with django_assert_num_queries(10):
        similar_to(practice, 5)
