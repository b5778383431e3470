"""Who hears by mail of a step, and who does not."""

from smtplib import SMTPException

import pytest
from django.core import mail

from practices.editorial.preferences import set_wants_digests
from practices.enums import State
from tests.admin_forms import change_url, opened
from tests.factories import MunicipalityFactory
from tests.practices.editorial.entries import a_ready_entry
from tests.practices.editorial.people import eindredacteur, redacteur, signed_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def heerlen():
    return MunicipalityFactory(name="Heerlen")


@pytest.fixture
def rosa(heerlen):
    return redacteur(heerlen, email="rosa@heerlen.nl", first_name="Rosa")


@pytest.fixture
def ed():
    return eindredacteur(email="ed@example.org", first_name="Ed")


@pytest.fixture
def concept(heerlen):
    return a_ready_entry(owner=heerlen, concept=True, title="Kook & huis", slug="kookhuis")


def take(user, practice, step, reason=None):
    client, url = signed_in(user), change_url(practice)
    client.post(url, opened(client, url) | {"_step": step})
    if reason:
        practice.refresh_from_db()
        page = url.replace("/change/", f"/stap/{step}/")
        client.post(page, {"_seen_state": practice.state, "reason": reason})


def sent():
    return [(*letter.to, letter.subject) for letter in mail.outbox]


def test_eindredactie_and_who_handed_it_in_hear_of_the_next_step(rosa, ed, concept):
    take(rosa, concept, "indienen")
    take(ed, concept, "terugsturen", "Noem het doel & de kosten.")
    take(rosa, concept, "indienen")
    take(ed, concept, "publiceren")

    assert sent() == [
        ("ed@example.org", "Ter beoordeling: Kook & huis"),
        ("rosa@heerlen.nl", "Teruggestuurd: Kook & huis"),
        ("ed@example.org", "Ter beoordeling: Kook & huis"),
        ("rosa@heerlen.nl", "Gepubliceerd: Kook & huis"),
    ]
    assert "Noem het doel & de kosten." in mail.outbox[1].body
    assert {f"http://testserver{change_url(concept)}" in letter.body for letter in mail.outbox} == {
        True
    }


def test_nobody_hears_of_an_own_step_or_of_what_was_never_handed_in(ed, concept):
    take(ed, concept, "indienen")
    take(ed, concept, "publiceren")
    take(ed, concept, "archiveren", "Klaar.")

    concept.refresh_from_db()
    assert (concept.state, sent()) == (State.ARCHIVED, [])


def test_who_wants_no_mail_or_works_here_no_more_gets_none(rosa, ed, concept):
    set_wants_digests(ed, False)
    take(rosa, concept, "indienen")
    rosa.is_active = False
    rosa.save()
    take(ed, concept, "publiceren")

    concept.refresh_from_db()
    assert (concept.state, sent()) == (State.PUBLISHED, [])


def test_publishing_from_the_list_is_told_as_well(rosa, ed, concept):
    take(rosa, concept, "indienen")
    chosen = {"action": "publish", "_selected_action": [concept.pk]}
    signed_in(ed).post("/beheer/practices/practice/", chosen)

    assert sent()[1:] == [("rosa@heerlen.nl", "Gepubliceerd: Kook & huis")]


def test_step_is_taken_when_the_mail_server_is_away(rosa, ed, concept, monkeypatch, events):
    def fail(*args, **kwargs):
        raise SMTPException

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)
    take(rosa, concept, "indienen")

    concept.refresh_from_db()
    assert concept.state == State.IN_REVIEW
    assert [line["mail"] for line in events("mail_failed")] == ["handed_in"]
