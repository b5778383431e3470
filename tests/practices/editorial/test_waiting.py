"""What an editor finds on the first page of the admin."""

import pytest

from practices.editorial.waiting import SHOWN, piles
from practices.editorial.workflow import TRANSITIONS, move
from practices.enums import State
from tests.factories import MunicipalityFactory, PracticeFactory
from tests.practices.editorial.entries import a_ready_entry
from tests.practices.editorial.people import beheerder, eindredacteur, redacteur, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def heerlen():
    return MunicipalityFactory(name="Heerlen")


def titles(user):
    return {pile.title: [practice.title for practice in pile.practices] for pile in piles(user)}


def test_each_role_sees_what_it_can_do_something_about(heerlen):
    PracticeFactory(title="Ander concept", concept=True)
    PracticeFactory(title="Ander in beoordeling", in_review=True)
    PracticeFactory(title="Eigen concept", owner=heerlen, concept=True)
    PracticeFactory(title="Eigen in beoordeling", owner=heerlen, in_review=True)
    PracticeFactory(title="Op de site", owner=heerlen)
    to_judge = ["Eigen in beoordeling", "Ander in beoordeling"]

    assert titles(redacteur(heerlen)) == {
        "Jouw concepten": ["Eigen concept"],
        "Bij de eindredactie": ["Eigen in beoordeling"],
    }
    assert titles(eindredacteur()) == {"Te beoordelen": to_judge}
    assert titles(beheerder()) == {}


def test_what_was_sent_back_says_so_until_it_is_handed_in_again(heerlen):
    editor, chief = redacteur(heerlen), eindredacteur()
    practice = a_ready_entry(owner=heerlen, concept=True, title="Werkhuis")
    PracticeFactory(owner=heerlen, concept=True, title="Nieuw")
    step(practice, "indienen", editor)
    step(practice, "terugsturen", chief, "Noem het doel.")
    client = signed_in(editor)

    def told():
        return client.get("/beheer/").content.decode().count("teruggestuurd, met een reden")

    assert told() == 1
    step(practice, "indienen", editor)
    assert told() == 0


def step(practice, name, user, reason=""):
    practice.refresh_from_db()
    move(practice.pk, TRANSITIONS[name], user, practice.state, reason)


@pytest.mark.parametrize(("number", "link"), [(SHOWN, 0), (SHOWN + 1, 1)])
def test_only_the_latest_are_named(heerlen, number, link):
    PracticeFactory.create_batch(number, owner=heerlen, concept=True)
    editor = redacteur(heerlen)
    text = signed_in(editor).get("/beheer/").content.decode()

    assert len(piles(editor)[0].practices) == SHOWN
    assert text.count(f"?state__exact={State.CONCEPT.value}") == link


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow(heerlen, number, django_assert_num_queries):
    PracticeFactory.create_batch(number, owner=heerlen, concept=True)
    editor = redacteur(heerlen)
    titles(editor)

    with django_assert_num_queries(2):
        piles(editor)
