"""Sending in: what is stored, what is refused, and that nothing typed gets lost."""

from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client

from practices.enums import SuggestionKind, SuggestionState
from tests.factories import MunicipalityFactory, OldSlugFactory, PracticeFactory
from tests.practices.contributions.sending import (
    CORRECTION,
    PROPOSAL,
    PROPOSAL_URL,
    SENT_URL,
    complaints,
    correction_url,
    send,
    stored,
)

pytestmark = [pytest.mark.django_db, pytest.mark.contract]


class BrokenBackend(EmailBackend):
    failure: Exception = OSError("connection refused")

    def send_messages(self, messages):
        raise self.failure


def test_proposal_is_stored_as_unconfirmed_in_the_fields_of_an_entry(client):
    beek = MunicipalityFactory(name="Beek")

    response = send(
        client,
        PROPOSAL_URL,
        PROPOSAL,
        municipality=beek.pk,
        approach="Eerst vragen.\r\nDan lenen.",
        results="Tien fietsen.",
        source_url="www.example.org/fiets",
        sender_name="Anna",
    )

    found = stored()[0]
    assert (response.status_code, response.headers["Location"]) == (302, SENT_URL)
    assert {
        name: getattr(found, name)
        for name in (
            "kind", "state", "title", "municipality", "summary", "approach", "results",
            "source_url", "sender_name", "sender_email", "practice", "confirmed_at",
        )
    } == {
        "kind": SuggestionKind.NEW,
        "state": SuggestionState.UNCONFIRMED,
        "title": "Fietsen voor iedereen",
        "municipality": beek,
        "summary": "Wie geen fiets heeft, krijgt er een te leen.",
        "approach": "Eerst vragen.\r\nDan lenen.",
        "results": "Tien fietsen.",
        "source_url": "https://www.example.org/fiets",
        "sender_name": "Anna",
        "sender_email": "anna@example.org",
        "practice": None,
        "confirmed_at": None,
    }  # fmt: skip


def test_correction_is_stored_with_the_practice_of_its_page_whatever_is_posted(client):
    practice, other = PracticeFactory(), PracticeFactory()

    forged = {"practice": other.pk, "kind": "nieuw", "state": "overgenomen", "accepted_as": 1}
    response = send(client, correction_url(practice), CORRECTION, **forged)

    found = stored()[0]
    assert response.headers["Location"] == SENT_URL
    assert (found.kind, found.practice, found.state, found.accepted_as) == (
        SuggestionKind.CORRECTION,
        practice,
        SuggestionState.UNCONFIRMED,
        None,
    )


def test_form_works_at_an_address_that_the_practice_had_before(client):
    practice, hidden = PracticeFactory(title="Taalhuis"), PracticeFactory(concept=True)
    old = OldSlugFactory(practice=practice, slug="taalcafe")
    gone = OldSlugFactory(practice=hidden, slug="geheim")

    page = client.get(correction_url(old))
    send(client, correction_url(old), CORRECTION)

    assert "Taalhuis" in page.content.decode()
    assert [found.practice for found in stored()] == [practice]
    assert client.get(correction_url(gone)).status_code == 404


@pytest.mark.parametrize(
    ("state", "status"), [("concept", 404), ("in_review", 404), ("archived", 410)]
)
def test_practice_that_is_not_public_cannot_be_corrected(client, state, status):
    hidden = PracticeFactory(title="Geheime praktijk", **{state: True})
    public = PracticeFactory(title="Openbare praktijk")

    pages = [client.get(correction_url(practice)) for practice in (public, hidden)]
    sent = send(client, correction_url(hidden), CORRECTION)

    assert [page.status_code for page in pages] == [200, status]
    assert "Openbare praktijk" in pages[0].content.decode()
    assert "Geheime praktijk" not in pages[1].content.decode()
    assert (sent.status_code, stored()) == (status, [])


def test_link_to_the_form_is_on_public_entries_only(client, superuser_client):
    public, concept = PracticeFactory(), PracticeFactory(concept=True)

    texts = [
        superuser_client.get(practice.get_absolute_url()).content.decode()
        for practice in (public, concept)
    ]

    assert [text.count("Meld een fout") for text in texts] == [1, 0]
    assert f'href="{correction_url(public)}"' in texts[0]


def test_empty_form_says_per_field_what_is_missing_and_nothing_is_sent(client):
    response = send(client, PROPOSAL_URL, {})

    text = response.content.decode()
    assert complaints(response) == [
        "Geef de praktijk een naam.",
        "Schrijf in een paar zinnen wat de gemeente doet.",
        "Vul uw e-mailadres in.",
    ]
    assert "<title>Fout: Stel een praktijk voor" in text
    assert text.count("Geef de praktijk een naam.") == 2  # in the summary and at the field
    assert '<a href="#id_title">Geef de praktijk een naam.</a>' in text
    assert 'aria-invalid="true"' in text
    assert 'id="id_title_error"' in text
    assert (stored(), mail.outbox) == ([], [])


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("sender_email", "anna", "Dit is geen e-mailadres."),
        ("sender_email", "a@b.nl\nBcc: c@d.nl", "Dit is geen e-mailadres."),
        ("source_url", "javascript:alert(1)", "Dit is geen webadres."),
        ("municipality", "999999", "Selecteer een geldige keuze."),
        ("municipality", "x' OR 1=1", "Selecteer een geldige keuze."),
        ("summary", "x" * 281, "niet meer dan 280 tekens"),
        ("approach", "x" * 5001, "niet meer dan 5000 tekens"),
        ("title", "a\x00b", "Null-tekens"),
    ],
)
def test_wrong_value_is_told_and_everything_typed_is_still_there(client, field, value, told):
    data = PROPOSAL | {"results": "Tien <b>fietsen</b>."} | {field: value}

    response = send(client, PROPOSAL_URL, data)

    assert response.status_code == 200
    assert len(complaints(response)) == 1
    assert told in complaints(response)[0]
    form = response.context["form"]
    assert {name: form[name].value() for name in data} == data
    assert "Tien &lt;b&gt;fietsen&lt;/b&gt;." in response.content.decode()
    assert stored() == []


def test_existing_municipalities_can_be_chosen_and_merged_ones_not(client):
    beek = MunicipalityFactory(name="Beek")
    MunicipalityFactory(name="Schinnen", valid_to="2019-01-01")

    choices = client.get(PROPOSAL_URL).context["form"].fields["municipality"].queryset

    assert list(choices) == [beek]


def test_page_after_an_error_shows_public_practices_with_such_a_title(client):
    PracticeFactory(title="Fietsen voor iedereen")
    PracticeFactory(title="Fietsen voor iedereen!", concept=True)

    response = send(client, PROPOSAL_URL, {"title": "Fietsen voor iederen"})

    assert [hit.practice.title for hit in response.context["duplicates"]] == [
        "Fietsen voor iedereen"
    ]


@pytest.mark.parametrize("failure", [OSError("x"), SMTPRecipientsRefused({}), UnicodeError("x")])
def test_without_a_mail_nothing_is_kept_and_the_text_is_still_there(client, settings, failure):
    BrokenBackend.failure = failure
    settings.EMAIL_BACKEND = f"{__name__}.BrokenBackend"
    practice = PracticeFactory()

    for _ in range(8):  # more often than a mailbox may get mail: a failure counts for nothing
        response = send(client, correction_url(practice), CORRECTION)

    assert response.status_code == 503
    assert "kon niet worden verstuurd" in complaints(response)[0]
    assert "Het bedrag klopt niet meer." in response.content.decode()
    assert stored() == []


def test_forged_request_gets_a_page_that_says_how_to_keep_the_text(client):
    response = send(Client(enforce_csrf_checks=True), PROPOSAL_URL, PROPOSAL)

    assert response.status_code == 403
    assert "Het formulier is niet verstuurd" in response.content.decode()
    assert "CSRF" not in response.content.decode()
    assert stored() == []


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(client, method):
    urls = (PROPOSAL_URL, correction_url(PracticeFactory()), SENT_URL, "/voorstel-bevestigen/x/")

    assert {getattr(client, method)(url).status_code for url in urls} == {405}


def test_form_page_sets_the_one_cookie_against_forgery_and_no_session(client):
    response = client.get(PROPOSAL_URL)

    assert list(response.cookies) == ["csrftoken"]


def test_pages_cost_few_queries(client, django_assert_num_queries):
    practice = PracticeFactory()

    with django_assert_num_queries(1):  # the practice
        client.get(correction_url(practice))
    with django_assert_num_queries(1):  # the municipalities
        client.get(PROPOSAL_URL)


def test_places_that_miss_a_practice_lead_to_the_form(client):
    PracticeFactory()
    pages = ("/gezocht/", "/praktijken/?q=zzzzqqq")

    assert [client.get(url).content.decode().count(f'href="{PROPOSAL_URL}"') for url in pages] == [
        2,
        2,
    ]
    assert client.get("/over/").content.decode().count(f'href="{PROPOSAL_URL}"') == 1
