"""Programs are held off without telling them how."""

import pytest
from django.core import mail

from practices.contributions.traps import FAST, OLD, TOO_FAST, TOO_OLD
from tests.practices.contributions.sending import (
    PROPOSAL,
    PROPOSAL_URL,
    complaints,
    opened,
    send,
    stored,
)

pytestmark = [pytest.mark.django_db, pytest.mark.contract]


def what_a_sender_sees(response):
    headers = {name: value for name, value in response.items() if name != "X-Request-ID"}
    return (response.status_code, response.content, headers)


def test_filled_hidden_field_gets_the_same_answer_and_nothing_happens(client):
    good = send(client, PROPOSAL_URL, PROPOSAL)
    after_good = (len(stored()), len(mail.outbox))
    trapped = send(client, PROPOSAL_URL, PROPOSAL, subject="Koop nu")

    assert what_a_sender_sees(trapped) == what_a_sender_sees(good)
    assert (len(stored()), len(mail.outbox)) == after_good == (1, 1)


def test_filled_hidden_field_gets_the_same_errors(client):
    good = send(client, PROPOSAL_URL, PROPOSAL | {"title": ""})
    trapped = send(client, PROPOSAL_URL, PROPOSAL | {"title": ""}, subject="Koop nu")

    assert complaints(trapped) == complaints(good) == ["Geef de praktijk een naam."]


@pytest.mark.parametrize(
    ("ago", "told"),
    [
        (0, [FAST]),
        (TOO_FAST - 1, [FAST]),
        (TOO_FAST + 1, []),
        (TOO_OLD - 60, []),
        (TOO_OLD + 1, [OLD]),
    ],
)
def test_time_that_it_took_decides(client, ago, told):
    response = send(client, PROPOSAL_URL, PROPOSAL, opened=opened(ago))

    assert (complaints(response) if response.status_code == 200 else []) == told
    assert len(stored()) == (0 if told else 1)


@pytest.mark.parametrize("stamp", ["", "x", "1:x", "9999999999:AAAA", "\x00"])
def test_time_that_did_not_come_from_here_is_asked_again(client, stamp):
    response = send(client, PROPOSAL_URL, PROPOSAL, opened=stamp)

    assert (complaints(response), stored()) == ([OLD], [])


def test_who_was_too_slow_sends_the_page_with_the_error_and_is_let_in(client, monkeypatch):
    late = send(client, PROPOSAL_URL, PROPOSAL, opened=opened(TOO_OLD + 1))
    form = late.context["form"]
    again = {name: form[name].value() or "" for name in form.fields}
    assert again["title"] == PROPOSAL["title"]

    at_once = client.post(PROPOSAL_URL, again)
    monkeypatch.setattr("practices.contributions.traps.TOO_FAST", 0)
    later = client.post(PROPOSAL_URL, again)

    assert (complaints(at_once), later.status_code, len(stored())) == ([FAST], 302, 1)


def test_hidden_field_is_kept_from_people_who_see_and_who_listen(client):
    text = client.get(PROPOSAL_URL).content.decode()

    trap = text[text.index('class="contribute__trap" aria-hidden="true"') :].split("</div>")[0]
    assert 'tabindex="-1"' in trap
    assert 'autocomplete="off"' in trap
    assert "Laat dit veld leeg" in trap
