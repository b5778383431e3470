import pytest
from django.http import QueryDict

from practices.shortlist import MAXIMUM, Shortlist, moved, read, selection_url, without
from tests.factories import OldSlugFactory, PracticeFactory

pytestmark = pytest.mark.django_db


def asked(*values):
    query = QueryDict(mutable=True)
    query.setlist("praktijk", values)
    return read(query)


def test_order_of_the_address_is_kept():
    for slug in ("a", "b", "c"):
        PracticeFactory(slug=slug)

    assert asked("c", "a", "b") == Shortlist(slugs=("c", "a", "b"))


def test_what_is_not_public_is_left_out_like_what_does_not_exist():
    PracticeFactory(slug="open")
    hidden = [PracticeFactory(slug=state, **{state: True}) for state in ("concept", "archived")]

    found = asked("open", *(practice.slug for practice in hidden), "bestaat-niet")

    assert found == Shortlist(slugs=("open",), unknown=3)
    assert found.messages == [
        "3 praktijken bestaan niet of zijn niet openbaar. Die zijn weggelaten."
    ]


def test_old_name_becomes_the_present_one_and_counts_once():
    practice = PracticeFactory(slug="nieuw")
    OldSlugFactory(slug="oud", practice=practice)
    OldSlugFactory(slug="van-een-concept", practice=PracticeFactory(concept=True))

    assert asked("oud", "nieuw", "oud") == Shortlist(slugs=("nieuw",))
    assert asked("van-een-concept") == Shortlist(unknown=1)


@pytest.mark.parametrize(
    "pasted",
    ["https://parels.example.org/praktijken/taalhuis/", "/praktijken/taalhuis/", " taalhuis "],
)
def test_pasted_address_of_a_page_counts_as_its_practice(pasted):
    PracticeFactory(slug="taalhuis")

    assert asked(pasted).slugs == ("taalhuis",)


@pytest.mark.parametrize(
    "nonsense", ["<script>", "a\x00b", "'; --", "http://[", "é", "x" * 200, "\ud800", "//"]
)
def test_nonsense_is_told_and_looked_up_nowhere(nonsense, django_assert_num_queries):
    PracticeFactory(slug="goed")

    with django_assert_num_queries(1):
        assert asked("goed", nonsense) == Shortlist(slugs=("goed",), unknown=1)


def test_empty_values_say_nothing():
    assert asked("", "  ") == Shortlist()
    assert Shortlist().messages == []


def test_more_than_fit_are_left_out_at_the_end():
    slugs = [PracticeFactory().slug for _ in range(MAXIMUM + 2)]

    found = asked(*slugs)

    assert found == Shortlist(slugs=tuple(slugs[:MAXIMUM]), too_many=2)
    assert found.messages == ["In een selectie passen 20 praktijken. De laatste 2 zijn weggelaten."]


@pytest.mark.parametrize("number", [1, 3])
def test_reading_takes_two_queries_at_most(number, django_assert_num_queries):
    slugs = [OldSlugFactory().slug for _ in range(number)]

    with django_assert_num_queries(2):
        asked(*slugs)


def test_moving_stops_at_both_ends():
    slugs = ("a", "b", "c")

    assert [moved(slugs, "b", -1), moved(slugs, "b", 1), moved(slugs, "a", -1)] == [
        ("b", "a", "c"),
        ("a", "c", "b"),
        slugs,
    ]
    assert moved(slugs, "c", 1) == slugs
    assert without(slugs, "b") == ("a", "c")


def test_address_leaves_out_what_is_empty():
    assert selection_url("selection", ()) == "/selectie/"
    assert (
        selection_url("note", ("a", "b"), titel="Naar werk", vraag="")
        == "/notitie/?praktijk=a&praktijk=b&titel=Naar+werk"
    )
