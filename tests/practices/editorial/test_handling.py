"""What happens to what a reader sent: once, by name, with nothing retyped."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from practices.editorial import handling
from practices.editorial.history import versions_of
from practices.editorial.workflow import RefusedError
from practices.enums import State, SuggestionKind, SuggestionState, VersionAction
from practices.models import Practice, Source, Suggestion
from tests.factories import (
    MunicipalityFactory,
    OldSlugFactory,
    PracticeFactory,
    SourceFactory,
    SuggestionFactory,
)
from tests.practices.editorial.people import beheerder, eindredacteur, redacteur

pytestmark = [pytest.mark.django_db, pytest.mark.contract]


@pytest.fixture
def heerlen(db):
    return MunicipalityFactory(name="Heerlen")


@pytest.fixture
def anna(heerlen):
    return redacteur(heerlen, first_name="Anna")


def proposal(**fields):
    usual = {"title": "Fietsen voor iedereen", "summary": "Fietsen te leen.", "text": ""}
    return SuggestionFactory(**usual | fields)


def correction(practice, **fields):
    return SuggestionFactory(kind=SuggestionKind.CORRECTION, practice=practice, **fields)


def refused(call, *args):
    with pytest.raises(RefusedError) as told:
        call(*args)
    return str(told.value)


# --- to a concept ---------------------------------------------------------------------------


def test_everything_that_was_filled_in_is_in_the_concept(anna, heerlen):
    sent = proposal(
        municipality=heerlen,
        approach="Eerst vragen.\nDan lenen.",
        results="Tien fietsen.",
        source_url="https://www.example.org/fiets",
    )
    at = datetime(2026, 3, 1, 23, 30, tzinfo=ZoneInfo("UTC"))  # the next day, here
    Suggestion.objects.filter(pk=sent.pk).update(created=at)

    practice = handling.accept_as_concept(sent.pk, anna, " Dank! ")

    practice.refresh_from_db()
    assert {
        name: getattr(practice, name)
        for name in ("title", "slug", "state", "summary", "approach", "results", "owner")
    } == {
        "title": "Fietsen voor iedereen",
        "slug": "fietsen-voor-iedereen",
        "state": State.CONCEPT,
        "summary": "Fietsen te leen.",
        "approach": "Eerst vragen.\nDan lenen.",
        "results": "Tien fietsen.",
        "owner": heerlen,
    }
    assert practice.described_on == date(2026, 3, 2)
    assert list(practice.municipalities.all()) == [heerlen]
    source = practice.references.get().source
    assert (source.url, source.title) == (
        "https://www.example.org/fiets",
        "Fietsen voor iedereen (www.example.org)",
    )
    sent.refresh_from_db()
    assert (sent.state, sent.accepted_as, sent.handled_by, sent.answer) == (
        SuggestionState.ACCEPTED,
        practice,
        anna,
        "Dank!",
    )
    assert sent.handled_at is not None


def test_concept_starts_its_history_with_who_took_it_over(anna, heerlen):
    practice = handling.accept_as_concept(proposal(municipality=heerlen).pk, anna)

    version = versions_of(Practice, practice.pk).get()
    assert (version.action, version.by, version.reason) == (
        VersionAction.ADDED,
        anna,
        "Overgenomen uit een voorstel van een lezer.",
    )


def test_source_that_is_known_already_is_used(anna, heerlen):
    known = SourceFactory(url="https://www.example.org/fiets")
    sent = proposal(municipality=heerlen, source_url=known.url)

    practice = handling.accept_as_concept(sent.pk, anna)

    assert practice.references.get().source == known
    assert Source.objects.count() == 1


def test_address_is_one_that_no_practice_has_or_had(anna, heerlen):
    PracticeFactory(slug="fietsen-voor-iedereen")
    OldSlugFactory(slug="fietsen-voor-iedereen-2")

    slugs = [
        handling.accept_as_concept(proposal(municipality=heerlen).pk, anna).slug for _ in range(2)
    ]

    assert slugs == ["fietsen-voor-iedereen-3", "fietsen-voor-iedereen-4"]


@pytest.mark.parametrize(
    ("title", "slug"),
    [("🚲🚲🚲", "voorstel"), ("Eén — ‘café’", "een-cafe"), ("a" * 120, "a" * 120)],
)
def test_any_title_gives_an_address(title, slug):
    chief = eindredacteur()

    first, second = (handling.accept_as_concept(proposal(title=title).pk, chief) for _ in range(2))

    assert first.slug == slug
    assert (second.slug != slug, len(second.slug) <= 120) == (True, True)


def test_message_without_the_fields_of_an_entry_becomes_one_too():
    sent = SuggestionFactory(text="Er ontbreekt een praktijk.\n" + "x" * 400)

    practice = handling.accept_as_concept(sent.pk, eindredacteur())

    assert practice.title == "Voorstel van een lezer"
    assert practice.summary == f"Er ontbreekt een praktijk. {'x' * 253}"
    assert (practice.approach, practice.owner) == (sent.text, None)


def test_merged_municipality_is_named_and_its_successor_owns(heerlen):
    schinnen = MunicipalityFactory(name="Schinnen", successor=heerlen, valid_to="2019-01-01")
    sent = proposal(municipality=schinnen)

    practice = handling.accept_as_concept(sent.pk, redacteur(heerlen))

    assert (practice.owner, list(practice.municipalities.all())) == (heerlen, [schinnen])


# --- the other ways ---------------------------------------------------------------------------


def test_proposal_is_linked_to_a_practice_that_is_there(anna, heerlen):
    there = PracticeFactory(title="Fietsen voor iedereen")
    sent = proposal(municipality=heerlen)

    handling.link_to(sent.pk, anna, there.pk, "Die staat er al.")

    sent.refresh_from_db()
    assert (sent.state, sent.accepted_as) == (SuggestionState.ACCEPTED, there)
    assert Practice.objects.count() == 1


def test_proposal_cannot_be_linked_to_what_the_editor_may_not_know_of(anna, heerlen):
    hidden, public = PracticeFactory(concept=True), PracticeFactory()
    sent = proposal(municipality=heerlen)

    assert refused(handling.link_to, sent.pk, anna, hidden.pk) == handling.NO_SUCH_PRACTICE
    assert refused(handling.link_to, sent.pk, anna, 999_999) == handling.NO_SUCH_PRACTICE
    assert handling.link_to(sent.pk, anna, public.pk) == public


def test_correction_is_finished_and_names_its_practice(anna, heerlen):
    practice = PracticeFactory(owner=heerlen)
    sent = correction(practice)

    handling.finish(sent.pk, anna)

    sent.refresh_from_db()
    assert (sent.state, sent.accepted_as, sent.handled_by) == (
        SuggestionState.ACCEPTED,
        practice,
        anna,
    )


def test_rejecting_asks_for_an_answer(anna, heerlen):
    sent = proposal(municipality=heerlen)

    assert refused(handling.reject, sent.pk, anna, "  ") == handling.SAY_WHY
    handling.reject(sent.pk, anna, "Dit is geen praktijk van een gemeente.")

    sent.refresh_from_db()
    assert (sent.state, sent.answer, sent.accepted_as) == (
        SuggestionState.REJECTED,
        "Dit is geen praktijk van een gemeente.",
        None,
    )


def test_step_of_another_kind_is_refused(anna, heerlen):
    practice = PracticeFactory(owner=heerlen)

    assert refused(handling.finish, proposal(municipality=heerlen).pk, anna) == handling.WRONG_KIND
    assert refused(handling.accept_as_concept, correction(practice).pk, anna) == handling.WRONG_KIND


# --- once, and by whom ------------------------------------------------------------------------


def test_nothing_is_handled_twice(anna, heerlen):
    sent = proposal(municipality=heerlen)
    first = handling.accept_as_concept(sent.pk, anna)
    told = "Niets gedaan: dit bericht is al afgehandeld door Anna."

    assert refused(handling.accept_as_concept, sent.pk, eindredacteur()) == told
    assert refused(handling.link_to, sent.pk, anna, first.pk) == told
    assert refused(handling.reject, sent.pk, anna, "Toch niet.") == told

    sent.refresh_from_db()
    assert (Practice.objects.count(), sent.accepted_as, sent.answer) == (1, first, "")


def test_what_was_not_confirmed_or_is_gone_is_not_handled(anna, heerlen):
    sent = proposal(municipality=heerlen, state=SuggestionState.UNCONFIRMED)

    assert refused(handling.accept_as_concept, sent.pk, anna) == handling.GONE
    assert refused(handling.reject, 999_999, anna, "Nee.") == handling.GONE


def test_who_may_handle_it():
    heerlen, venlo = MunicipalityFactory(), MunicipalityFactory()
    cases = {
        "own proposal": proposal(municipality=heerlen),
        "other proposal": proposal(municipality=venlo),
        "nobody's proposal": proposal(),
        "own correction": correction(PracticeFactory(owner=heerlen)),
        "carried out": correction(PracticeFactory(municipalities=[heerlen], owner=venlo)),
        "other correction": correction(PracticeFactory(owner=venlo)),
    }
    people = {
        "redacteur": redacteur(heerlen),
        "eindredacteur": eindredacteur(),
        "beheerder": beheerder(),
    }

    def allowed(user):
        return [
            name
            for name, sent in cases.items()
            if refused(handling.reject, sent.pk, user, "") == handling.SAY_WHY
        ]

    def seen(user):
        found = handling.queue(user, Suggestion.objects.all())
        return [name for name, sent in cases.items() if sent in found]

    own = ["own proposal", "own correction", "carried out"]
    assert {role: allowed(user) for role, user in people.items()} == {
        "redacteur": own,
        "eindredacteur": list(cases),
        "beheerder": [],
    }
    assert {role: seen(user) for role, user in people.items()} == {
        "redacteur": own,
        "eindredacteur": list(cases),
        "beheerder": list(cases),
    }


def test_queue_never_shows_what_was_not_confirmed():
    sent = proposal(state=SuggestionState.UNCONFIRMED)
    chief = eindredacteur()
    assert list(handling.queue(chief, Suggestion.objects.all())) == []

    Suggestion.objects.update(state=SuggestionState.NEW)

    assert list(handling.queue(chief, Suggestion.objects.all())) == [sent]


def test_duplicates_of_a_proposal_are_only_what_the_editor_may_know_of(heerlen):
    PracticeFactory(title="Fietsen voor iedereen", owner=MunicipalityFactory(), concept=True)
    sent = proposal(municipality=heerlen)

    def titles(user):
        return [hit.practice.title for hit in handling.duplicates_of(sent, user)]

    assert titles(redacteur(heerlen)) == []
    assert titles(eindredacteur()) == ["Fietsen voor iedereen"]
