"""The queue, its pages and its buttons."""

import pytest
from django.core import mail
from django.urls import reverse

from practices.enums import SuggestionKind, SuggestionState
from practices.models import Practice, Suggestion
from tests.admin_forms import add_url, change_url, list_url, opened
from tests.factories import MunicipalityFactory, PracticeFactory, SuggestionFactory
from tests.practices.editorial.people import beheerder, eindredacteur, redacteur, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.contract]
SENDER = {"sender_email": "lezer@example.org", "sender_name": "Een lezer"}


@pytest.fixture
def heerlen(db):
    return MunicipalityFactory(name="Heerlen")


@pytest.fixture
def editor_client(heerlen):
    return signed_in(redacteur(heerlen))


@pytest.fixture
def proposal(heerlen):
    return SuggestionFactory(
        title="Fietsen voor iedereen",
        summary="Fietsen te leen.",
        text="",
        municipality=heerlen,
        **SENDER,
    )


@pytest.fixture
def correction(heerlen):
    practice = PracticeFactory(title="Taalhuis", owner=heerlen)
    return SuggestionFactory(
        kind=SuggestionKind.CORRECTION, practice=practice, text="Bedrag klopt niet.", **SENDER
    )


def step_url(suggestion, step):
    return reverse("admin:practices_suggestion_step", args=[suggestion.pk, step])


def shown(client):
    response = client.get(list_url(Suggestion))
    return [
        suggestion.title or suggestion.text for suggestion in response.context["cl"].result_list
    ]


def told(response):
    return [str(message) for message in response.context["messages"]]


# --- what is seen ------------------------------------------------------------------------------


def test_queue_shows_an_editor_the_own_confirmed_ones(editor_client, proposal, correction):
    SuggestionFactory(text="Onbevestigd", municipality=proposal.municipality, state="onbevestigd")
    SuggestionFactory(text="Van Venlo", municipality=MunicipalityFactory())
    SuggestionFactory(text="Van niemand")

    assert shown(editor_client) == ["Bedrag klopt niet.", "Fietsen voor iedereen"]
    assert shown(signed_in(eindredacteur())) == [
        "Van niemand",
        "Van Venlo",
        "Bedrag klopt niet.",
        "Fietsen voor iedereen",
    ]


def test_what_waits_comes_first(editor_client, proposal, correction):
    editor_client.post(step_url(correction, "afgehandeld"))

    assert shown(editor_client) == ["Fietsen voor iedereen", "Bedrag klopt niet."]


def test_unconfirmed_one_is_not_there_even_for_its_key(superuser_client, proposal):
    assert superuser_client.get(change_url(proposal)).status_code == 200
    Suggestion.objects.update(state=SuggestionState.UNCONFIRMED)

    urls = [change_url(proposal), step_url(proposal, "overnemen"), step_url(proposal, "afwijzen")]

    assert {superuser_client.get(url).status_code for url in urls} == {404}
    assert {superuser_client.post(url, {"doel": "nieuw"}).status_code for url in urls} == {404}
    assert not Practice.objects.exists()


def test_page_of_a_correction_leads_to_its_practice(editor_client, correction):
    text = editor_client.get(change_url(correction)).content.decode()

    assert "Open de praktijk om te verbeteren" in text
    assert change_url(correction.practice) in text
    assert [
        step in text for step in ("stap/afgehandeld/", "stap/afwijzen/", "stap/overnemen/")
    ] == [
        True,
        True,
        False,
    ]


def test_page_has_nothing_to_type_over_what_the_reader_wrote(superuser_client, proposal):
    data = opened(superuser_client, change_url(proposal))
    forged = data | {"title": "Anders", "state": "afgewezen", "sender_email": "x@example.org"}

    superuser_client.post(change_url(proposal), forged)

    assert set(data) == {"csrfmiddlewaretoken"}
    proposal.refresh_from_db()
    assert (proposal.title, proposal.state, proposal.sender_email) == (
        "Fietsen voor iedereen",
        SuggestionState.NEW,
        "lezer@example.org",
    )


def test_eindredactie_writes_down_what_came_in_by_telephone(heerlen):
    chief = signed_in(eindredacteur())
    data = opened(chief, add_url(Suggestion))

    response = chief.post(
        add_url(Suggestion), data | {"kind": "nieuw", "title": "Ruilwinkel", "summary": "Ruilen."}
    )

    assert response.status_code == 302
    found = Suggestion.objects.get()
    assert (found.title, found.state) == ("Ruilwinkel", SuggestionState.NEW)


# --- the buttons ------------------------------------------------------------------------------


def test_proposal_becomes_a_concept_at_its_own_page(editor_client, proposal):
    page = editor_client.get(step_url(proposal, "overnemen")).content.decode()
    assert "Er is geen praktijk die hierop lijkt." in page

    data = {"doel": "nieuw", "answer": "Dank!", "mailen": "ja"}
    response = editor_client.post(step_url(proposal, "overnemen"), data, follow=True)

    practice = Practice.objects.get()
    assert response.redirect_chain == [(change_url(practice), 302)]
    assert told(response) == [
        "Overgenomen als concept. Vul aan wat ontbreekt en dien het dan in.",
        "Het antwoord is gemaild.",
    ]
    sent = mail.outbox[0]
    assert (sent.to, "Dank!" in sent.body) == (["lezer@example.org"], True)
    assert practice.get_absolute_url() not in sent.body  # it is not public


def test_likely_duplicates_are_shown_first_and_a_choice_is_asked(editor_client, proposal):
    there = PracticeFactory(title="Fietsen voor iedereen")
    hidden = PracticeFactory(title="Fietsen voor iedereen!", concept=True)

    page = editor_client.get(step_url(proposal, "overnemen")).content.decode()
    unchosen = editor_client.post(step_url(proposal, "overnemen"), {"answer": "Bewaard"})

    assert "Koppel aan: Fietsen voor iedereen (dezelfde titel)" in page
    assert f'value="{hidden.pk}"' not in page
    assert "Toch als nieuw concept" in page
    assert "Kies wat er met dit voorstel moet gebeuren." in unchosen.content.decode()
    assert ">Bewaard</textarea>" in unchosen.content.decode()
    assert Practice.objects.count() == 2

    linked = editor_client.post(
        step_url(proposal, "overnemen"), {"doel": there.pk, "mailen": "ja"}, follow=True
    )
    assert told(linked)[0] == "Gekoppeld aan 'Fietsen voor iedereen'."
    assert f"http://testserver{there.get_absolute_url()}" in mail.outbox[0].body
    proposal.refresh_from_db()
    assert (proposal.accepted_as, Practice.objects.count()) == (there, 2)


@pytest.mark.parametrize("target", ["", "x", "-1", "²", "1" * 30, "0"])
def test_odd_choice_is_refused(editor_client, proposal, target):
    response = editor_client.post(step_url(proposal, "overnemen"), {"doel": target})

    assert (response.status_code, Practice.objects.count()) == (200, 0)
    proposal.refresh_from_db()
    assert proposal.state == SuggestionState.NEW


def test_choosing_a_practice_by_a_forged_key_is_refused(editor_client, proposal):
    hidden = PracticeFactory(concept=True, owner=MunicipalityFactory())

    response = editor_client.post(step_url(proposal, "overnemen"), {"doel": hidden.pk})

    assert "de praktijk die je koos, is er niet meer" in response.content.decode()
    proposal.refresh_from_db()
    assert proposal.accepted_as is None


def test_rejecting_keeps_the_page_until_there_is_an_answer(editor_client, correction):
    empty = editor_client.post(step_url(correction, "afwijzen"), {"answer": " "})
    done = editor_client.post(
        step_url(correction, "afwijzen"), {"answer": "Het klopt wel.", "mailen": "ja"}, follow=True
    )

    assert "Schrijf op waarom." in empty.content.decode()
    assert told(done) == ["Afgewezen. Je antwoord is bewaard.", "Het antwoord is gemaild."]
    assert "Het klopt wel." in mail.outbox[0].body
    assert "Wij nemen het niet over." in mail.outbox[0].body


def test_finishing_without_the_tick_mails_nobody(editor_client, correction):
    done = editor_client.post(step_url(correction, "afgehandeld"), {"answer": "Ok"}, follow=True)

    assert (told(done), mail.outbox) == (["Afgehandeld."], [])
    text = done.content.decode()
    assert "Stand: Overgenomen" in text
    assert "stap/afwijzen/" not in text


def test_answer_that_cannot_be_mailed_is_kept(editor_client, correction, settings):
    settings.EMAIL_BACKEND = "tests.practices.contributions.test_forms.BrokenBackend"

    data = {"answer": "Verbeterd.", "mailen": "ja"}
    done = editor_client.post(step_url(correction, "afgehandeld"), data, follow=True)

    assert told(done)[1].startswith("Het antwoord kon niet worden gemaild.")
    correction.refresh_from_db()
    assert (correction.state, correction.answer) == (SuggestionState.ACCEPTED, "Verbeterd.")


def test_second_editor_is_told_who_was_first(editor_client, proposal):
    editor_client.post(step_url(proposal, "overnemen"), {"doel": "nieuw"})

    late = signed_in(eindredacteur()).post(step_url(proposal, "overnemen"), {"doel": "nieuw"})

    assert "is al afgehandeld door gebruiker-" in late.content.decode()
    assert Practice.objects.count() == 1


def test_steps_are_closed_to_others(proposal, correction):
    other = signed_in(redacteur(MunicipalityFactory()))
    reader = signed_in(beheerder())

    for suggestion, step in (
        (proposal, "overnemen"),
        (proposal, "afwijzen"),
        (correction, "afgehandeld"),
        (correction, "afwijzen"),
    ):
        url, data = step_url(suggestion, step), {"doel": "nieuw", "answer": "x"}
        assert [client.get(url).status_code for client in (other, reader)] == [404, 403]
        assert [client.post(url, data).status_code for client in (other, reader)] == [404, 403]
    assert set(Suggestion.objects.values_list("state", flat=True)) == {SuggestionState.NEW}


def test_step_that_does_not_fit_does_not_exist(editor_client, proposal, correction):
    wrong = [(proposal, "afgehandeld"), (correction, "overnemen"), (proposal, "weg")]

    assert [editor_client.get(step_url(*pair)).status_code for pair in wrong] == [404] * 3


def test_name_of_a_concept_of_another_is_not_told(editor_client, proposal):
    hidden = PracticeFactory(title="Geheim plan", concept=True, owner=MunicipalityFactory())
    Suggestion.objects.update(state=SuggestionState.ACCEPTED, accepted_as=hidden)

    own = editor_client.get(change_url(proposal)).content.decode()
    chief = signed_in(eindredacteur()).get(change_url(proposal)).content.decode()

    assert ("Geheim plan" in own, "Geheim plan" in chief) == (False, True)
