"""Nothing about a person becomes public by accident; what is let stand has a name and a reason."""

import json

import pytest

from practices.models import PrivacyOverride
from tests.admin_forms import change_url, opened, save, with_row
from tests.factories import ClaimFactory, ContactFactory, MunicipalityFactory, PhotoFactory
from tests.practices.editorial.entries import a_ready_entry
from tests.practices.editorial.people import eindredacteur, redacteur, signed_in
from tests.practices.editorial.test_workflow import press, state_of, step_page, told

TELLS = "Dit lijkt op een telefoonnummer: “06-12345678” (bij Aanpak)."
WHAT_NOW = "Haal het weg, of schrijf bij 'Privacy' op waarom het mag blijven staan."
PUBLIC = {"_seen_state": "concept"}


@pytest.fixture
def heerlen(db):
    return MunicipalityFactory()


@pytest.fixture
def editor(heerlen):
    return signed_in(redacteur(heerlen))


@pytest.fixture
def chief(db):
    return signed_in(eindredacteur(first_name="Bo", last_name="Vos"))


@pytest.fixture
def log(events):
    return lambda: events("privacy_override")


def test_publishing_shows_what_was_found_and_asks_why(chief, log, client):
    practice = a_ready_entry(concept=True, approach="Bel Jan op 06-12345678.")
    page = step_page(practice, "publiceren")

    asked = press(chief, practice, "publiceren")
    assert asked.headers["Location"] == page
    assert TELLS in chief.get(page).content.decode()
    refused = chief.post(page, PUBLIC | {"privacy_reason": " "})
    assert told(refused)[-1].endswith(TELLS)
    assert (state_of(practice), PrivacyOverride.objects.count()) == ("concept", 0)

    chief.post(page, PUBLIC | {"privacy_reason": "Jan wil dat."})

    assert state_of(practice) == "gepubliceerd"
    kept = practice.privacy_overrides.get()
    assert (kept.kinds, kept.reason, kept.by_name) == (
        "een telefoonnummer",
        "Jan wil dat.",
        "Bo Vos",
    )
    (line,) = log()
    assert (line["practice"], line["kinds"], line["user"]) == (practice.pk, ["phone"], kept.by.pk)
    public = client.get(practice.get_absolute_url()).content.decode()
    assert "Bel Jan" in public
    assert "Jan wil dat." not in public


def test_number_itself_is_neither_in_the_log_nor_with_the_override(chief, log):
    practice = a_ready_entry(concept=True, approach="Zijn nummer is 123456782.")
    chief.post(step_page(practice, "publiceren"), PUBLIC | {"privacy_reason": "Is er geen."})

    kept = practice.privacy_overrides.get()
    assert "123456782" not in json.dumps([log(), kept.marks, kept.kinds])
    assert len(kept.marks) == 1


def test_action_on_the_list_does_not_publish_past_the_check(chief):
    practice = a_ready_entry(concept=True, title="Werkhuis", approach="Bel 06-12345678.")
    data = {"action": "publish", "_selected_action": [practice.pk]}

    response = chief.post("/beheer/practices/practice/", data)

    assert told(response)[0].startswith("Niet gepubliceerd: Werkhuis. Haal dit eerst weg")
    assert state_of(practice) == "concept"


def test_every_part_of_an_entry_is_looked_at(chief):
    practice = a_ready_entry(concept=True)
    ClaimFactory(practice=practice, statement="Acht deelnemers vonden werk")
    ClaimFactory(practice=practice, value=7, unit="mensen")
    ClaimFactory(practice=practice, denominator=9)
    ContactFactory(practice=practice, mailbox="j.jansen@example.org")
    PhotoFactory(practice=practice, alt="Bel 0612345678")

    page = chief.get(step_page(practice, "publiceren")).content.decode()

    for text in ("Acht deelnemers", "7 mensen", "totaal van 9", "j.jansen@example.org", "061234"):
        assert text in page


def test_saving_a_published_entry_is_held_back_until_there_is_a_reason(editor, heerlen, log):
    practice = a_ready_entry(owner=heerlen, approach="Oud")
    url = change_url(practice)
    data = opened(editor, url) | {"approach": "Bel 06-12345678."}

    assert save(editor, url, data) == [f"{TELLS} {WHAT_NOW}"]
    practice.refresh_from_db()
    assert practice.approach == "Oud"
    assert save(editor, url, data | {"privacy_reason": "Openbaar nummer."}) == []

    practice.refresh_from_db()
    assert practice.approach == "Bel 06-12345678."
    assert practice.privacy_overrides.get().reason == "Openbaar nummer."
    assert len(log()) == 1


def test_what_was_accepted_once_is_not_asked_again_but_something_new_is(editor, heerlen):
    practice = a_ready_entry(owner=heerlen)
    url = change_url(practice)
    text = {"approach": "Bel 06-12345678.", "privacy_reason": "Openbaar nummer."}
    save(editor, url, opened(editor, url) | text)

    assert save(editor, url, opened(editor, url) | {"goal": "Meer"}) == []
    assert len(save(editor, url, opened(editor, url) | {"goal": "Of 06-87654321"})) == 1
    assert practice.privacy_overrides.count() == 1


def test_row_of_a_published_entry_is_held_back_too(editor, heerlen):
    practice = a_ready_entry(owner=heerlen)
    url = change_url(practice)
    row = {"organisation": "Heerlen", "mailbox": "jan@gmail.com"}
    data = with_row(opened(editor, url), "contacts", **row)

    told_of_row = (
        "Dit lijkt op een e-mailadres van een persoon: “jan@gmail.com” "
        f"(bij Algemeen e-mailadres). {WHAT_NOW}"
    )
    assert save(editor, url, data) == [told_of_row]
    assert save(editor, url, data | {"privacy_reason": "Zzp'er."}) == []
    assert practice.privacy_overrides.get().kinds == "een e-mailadres van een persoon"


def test_concept_is_saved_without_the_check(editor, heerlen):
    practice = a_ready_entry(owner=heerlen, concept=True)
    url = change_url(practice)
    data = opened(editor, url)

    assert "privacy_reason" not in data
    assert save(editor, url, data | {"approach": "Bel 06-12345678."}) == []


def test_reason_without_a_finding_is_no_override(editor, heerlen):
    practice = a_ready_entry(owner=heerlen)
    url = change_url(practice)

    save(editor, url, opened(editor, url) | {"goal": "Meer", "privacy_reason": "Zomaar"})

    assert PrivacyOverride.objects.count() == 0
