"""The link in the mail."""

import pytest
from django.core import mail
from django.core.signing import dumps

from practices.contributions import confirming
from practices.enums import SuggestionState
from tests.factories import PracticeFactory, SuggestionFactory
from tests.practices.contributions.sending import (
    CORRECTION,
    PROPOSAL,
    PROPOSAL_URL,
    correction_url,
    link_in,
    send,
    stored,
)

pytestmark = [pytest.mark.django_db, pytest.mark.contract]


@pytest.fixture
def link(client):
    send(client, PROPOSAL_URL, PROPOSAL)
    return link_in(mail.outbox[0])


def state():
    return stored()[0].state


def test_mail_holds_the_link_and_nothing_that_was_typed(client):
    practice = PracticeFactory(title="Taalhuis")
    send(client, PROPOSAL_URL, PROPOSAL, sender_name="Koop nu http://kwaad.example.org")
    send(client, correction_url(practice), CORRECTION)

    texts = [f"{sent.subject} {sent.body}" for sent in mail.outbox]

    assert [sent.to for sent in mail.outbox] == [["anna@example.org"]] * 2
    assert {sent.subject for sent in mail.outbox} == {"Bevestig uw bericht aan Parelkaart Limburg"}
    typed = (*PROPOSAL.values(), CORRECTION["text"], "Koop nu")
    assert [word for word in typed for text in texts if word in text] == []
    assert "7 dagen" in texts[0]


def test_opening_the_link_does_nothing_and_the_button_confirms(client, link):
    page = client.get(link)
    client.head(link)
    assert (page.status_code, state()) == (200, SuggestionState.UNCONFIRMED)
    assert "Ja, bevestig mijn bericht" in page.content.decode()
    assert page.headers["Cache-Control"] == (
        "max-age=0, no-cache, no-store, must-revalidate, private"
    )

    done = client.post(link, follow=True)

    assert done.redirect_chain == [(link, 302)]
    assert "Uw bericht is bevestigd" in done.content.decode()
    assert (state(), stored()[0].confirmed_at is None) == (SuggestionState.NEW, False)


def test_confirming_again_changes_nothing_and_is_answered_kindly(client, link):
    client.post(link)
    before = stored()[0].confirmed_at

    again = [client.get(link), client.post(link, follow=True)]

    assert [page.content.decode().count("Uw bericht is bevestigd") for page in again] == [2, 2]
    assert (stored()[0].confirmed_at, state()) == (before, SuggestionState.NEW)


@pytest.mark.parametrize("handled", [SuggestionState.ACCEPTED, SuggestionState.REJECTED])
def test_confirming_what_was_handled_does_not_open_it_again(client, handled):
    suggestion = SuggestionFactory(state=handled)

    client.post(f"/voorstel-bevestigen/{confirming.token_for(suggestion)}/")

    assert state() == handled


def test_link_of_more_than_a_week_old_does_nothing(client, link, monkeypatch):
    monkeypatch.setattr(confirming, "DAYS", -1)

    answers = [client.get(link), client.post(link)]

    assert [answer.status_code for answer in answers] == [410, 410]
    assert "Deze link werkt niet meer" in answers[0].content.decode()
    assert state() == SuggestionState.UNCONFIRMED


def test_link_that_was_changed_or_made_for_something_else_does_nothing(client, link):
    token = link.split("/")[2]
    pk = stored()[0].pk
    forged = (f"{token}x", token[:-1], "x", dumps(pk), dumps(pk, salt="other"), "%00", "a:b:c")

    assert [client.post(f"/voorstel-bevestigen/{each}/").status_code for each in forged] == [
        404
    ] * len(forged)
    assert state() == SuggestionState.UNCONFIRMED


def test_link_to_what_is_not_there_any_more_says_so(client, link):
    stored()[0].delete()

    answer = client.get(link)

    assert answer.status_code == 404
    assert "is uw bericht al verwijderd" in answer.content.decode()


def test_editors_get_a_mail_after_confirming_with_no_more_than_where_to_look(
    client, link, settings
):
    settings.SITE_CONTACT_EMAIL = "redactie@example.org"

    client.post(link)
    client.post(link)

    assert [sent.to for sent in mail.outbox[1:]] == [["redactie@example.org"]]
    told = mail.outbox[1].body
    assert f"/beheer/practices/suggestion/{stored()[0].pk}/change/" in told
    assert [word for word in PROPOSAL.values() if word in told] == []


def test_without_an_address_for_it_or_with_a_broken_server_confirming_works(client, link, settings):
    settings.SITE_CONTACT_EMAIL = "redactie@example.org"
    settings.EMAIL_BACKEND = "tests.practices.contributions.test_forms.BrokenBackend"

    assert client.post(link).status_code == 302
    assert state() == SuggestionState.NEW
