"""From concept to archive: by button, by whom, from which state, and with a reason."""

import re

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from practices.editorial.workflow import TRANSITIONS
from practices.enums import State
from practices.models import Practice, StateChange
from tests.admin_forms import change_url, errors, opened
from tests.factories import MunicipalityFactory, PracticeFactory
from tests.practices.editorial.entries import a_ready_entry
from tests.practices.editorial.people import beheerder, eindredacteur, redacteur, signed_in


@pytest.fixture
def heerlen(db):
    return MunicipalityFactory(name="Heerlen")


@pytest.fixture
def editor(heerlen):
    return signed_in(redacteur(heerlen, first_name="An", last_name="Smeets"))


@pytest.fixture
def chief(db):
    return signed_in(eindredacteur(first_name="Bo", last_name="Vos"))


@pytest.fixture
def concept(heerlen):
    return a_ready_entry(owner=heerlen, concept=True, title="Werkhuis")


def step_page(practice, step):
    return change_url(practice).replace("/change/", f"/stap/{step}/")


def press(client, practice, step, **changes):
    """Opens the form, types, and presses the button of a step."""
    url = change_url(practice)
    return client.post(url, opened(client, url) | changes | {"_step": step})


def told(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def state_of(practice):
    return Practice.objects.get(pk=practice.pk).state


def buttons(client, practice):
    text = client.get(change_url(practice)).content.decode()
    return re.findall(r'name="_step" value="(\w+)"', text)


def test_way_from_concept_to_archive_and_back(editor, chief, concept, client):
    address = concept.get_absolute_url()
    press(editor, concept, "indienen", goal="Net nog getypt")
    concept.refresh_from_db()
    assert (concept.state, concept.goal) == (State.IN_REVIEW, "Net nog getypt")

    assert told(press(chief, concept, "publiceren")) == [
        "Gepubliceerd. De praktijk staat op de site."
    ]
    assert client.get(address).status_code == 200

    asked = press(editor, concept, "archiveren")
    assert asked.headers["Location"] == step_page(concept, "archiveren")
    assert state_of(concept) == State.PUBLISHED
    editor.post(step_page(concept, "archiveren"), {"_seen_state": "gepubliceerd", "reason": ""})
    assert client.get(address).status_code == 410

    editor.post(step_page(concept, "terugzetten"), {"_seen_state": "gearchiveerd"})
    assert state_of(concept) == State.CONCEPT
    changes = StateChange.objects.order_by("pk").values_list("to_state", "by_name")
    assert list(changes) == [
        ("ter-beoordeling", "An Smeets"),
        ("gepubliceerd", "Bo Vos"),
        ("gearchiveerd", "An Smeets"),
        ("concept", "An Smeets"),
    ]


@pytest.mark.parametrize(
    ("state", "of_editor", "of_chief"),
    [
        (State.CONCEPT, ["indienen"], ["indienen", "publiceren"]),
        (State.IN_REVIEW, ["terugzetten"], ["publiceren", "terugsturen", "terugzetten"]),
        (State.PUBLISHED, ["archiveren"], ["archiveren", "terugzetten"]),
        (State.ARCHIVED, ["terugzetten"], ["publiceren", "terugzetten"]),
    ],
)
def test_buttons_are_those_that_may_be_pressed(state, of_editor, of_chief, editor, chief, heerlen):
    practice = a_ready_entry(owner=heerlen, state=state, published_on="2020-01-01")

    assert (buttons(editor, practice), buttons(chief, practice)) == (of_editor, of_chief)
    assert buttons(signed_in(beheerder()), practice) == []


@pytest.mark.parametrize("step", TRANSITIONS)
def test_page_of_a_step_for_each_role(step, editor, chief, concept):
    other = a_ready_entry(concept=True)
    for_editor = 403 if step in ("publiceren", "terugsturen") else 200

    found = [
        client.get(step_page(practice, step)).status_code
        for client in (editor, chief, signed_in(beheerder()), Client())
        for practice in (concept, other)
    ]

    assert found == [for_editor, 404, 200, 200, 403, 403, 302, 302]


def test_step_on_a_forged_key_or_with_an_unknown_name_does_not_exist(editor, concept):
    other = a_ready_entry(in_review=True)
    seen = {"_seen_state": "ter-beoordeling"}

    assert editor.post(step_page(other, "terugzetten"), seen).status_code == 404
    assert editor.post(step_page(concept, "weggooien"), seen).status_code == 404
    assert editor.post(step_page(concept, "publiceren"), seen).status_code == 403
    assert (state_of(other), state_of(concept)) == (State.IN_REVIEW, State.CONCEPT)


def test_opening_a_page_changes_nothing(chief, concept):
    for step in TRANSITIONS:
        chief.get(step_page(concept, step))

    assert state_of(concept) == State.CONCEPT


def test_step_from_a_state_of_before_is_refused_in_words(editor, chief, concept):
    url = change_url(concept)
    seen_by_editor = opened(editor, url)
    press(chief, concept, "publiceren")

    response = editor.post(url, seen_by_editor | {"_step": "indienen"})

    assert told(response) == [
        "Niets gedaan: deze praktijk is intussen 'Gepubliceerd'. Bekijk hem opnieuw."
    ]
    assert state_of(concept) == State.PUBLISHED
    again = editor.post(step_page(concept, "archiveren"), {"_seen_state": "concept"})
    assert told(again)[-1:] == told(response)


def test_step_that_does_not_fit_the_state_is_refused_in_words(chief, concept):
    response = chief.post(
        step_page(concept, "terugsturen"), {"_seen_state": "concept", "reason": "Zomaar"}
    )

    assert told(response) == ["Dit kan niet met een praktijk die 'Concept' is, of je mag dit niet."]
    assert StateChange.objects.count() == 0


def test_sending_back_needs_a_reason_that_the_redacteur_sees(editor, chief, concept):
    press(editor, concept, "indienen")
    page = step_page(concept, "terugsturen")
    seen = {"_seen_state": "ter-beoordeling"}

    without = chief.post(page, seen | {"reason": " \n"})
    assert "Vul een reden in." in without.content.decode()
    assert state_of(concept) == State.IN_REVIEW
    chief.post(page, seen | {"reason": "De <b>aanpak</b> is te kort."})

    text = editor.get(change_url(concept)).content.decode()
    assert "Teruggestuurd door Bo Vos op " in text
    assert "De &lt;b&gt;aanpak&lt;/b&gt; is te kort." in text
    press(editor, concept, "indienen")
    assert "Teruggestuurd door" not in editor.get(change_url(concept)).content.decode()


def test_incomplete_entry_is_saved_but_not_handed_in(editor, heerlen):
    practice = PracticeFactory(owner=heerlen, concept=True)

    response = press(editor, practice, "indienen", goal="Alvast een doel")

    assert response.headers["Location"] == step_page(practice, "indienen")
    text = editor.get(response.headers["Location"]).content.decode()
    assert "Wat je had veranderd, is opgeslagen." in text
    assert f'<a href="{change_url(practice)}#id_approach">' in text
    editor.post(step_page(practice, "indienen"), {"_seen_state": "concept"})
    practice.refresh_from_db()
    assert (practice.state, practice.goal) == (State.CONCEPT, "Alvast een doel")


def test_form_of_a_concept_says_what_is_missing_and_links_to_it(editor, heerlen):
    practice = PracticeFactory(owner=heerlen, concept=True)

    text = editor.get(change_url(practice)).content.decode()

    linked = re.findall(r'<li><a href="#([\w-]+)">', text)
    assert linked == ["id_approach", "id_themes", "municipality_links-group", "references-group"]
    assert [anchor for anchor in linked if f'id="{anchor}"' not in text] == []


def test_form_with_a_mistake_takes_no_step(editor, concept):
    response = press(editor, concept, "indienen", title="")

    assert errors(response) == ["Dit veld is verplicht."]
    assert state_of(concept) == State.CONCEPT


def test_state_is_no_field_of_the_form(editor, concept):
    url = change_url(concept)
    editor.post(url, opened(editor, url) | {"state": "gepubliceerd"})

    assert state_of(concept) == State.CONCEPT


def test_enter_in_a_field_saves_and_takes_no_step(editor, concept):
    """A browser then presses the first button of the form."""
    text = editor.get(change_url(concept)).content.decode()
    form = text[text.index('id="practice_form"') :]
    pressed = re.findall(r'<(?:input|button) type="submit"[^>]*name="(\w+)"', form)

    assert (pressed[0], "_step" in pressed) == ("_save", True)


def test_published_entry_of_the_own_municipality_is_changed_at_once(editor, heerlen, client):
    practice = a_ready_entry(owner=heerlen)
    url = change_url(practice)

    editor.post(url, opened(editor, url) | {"goal": "Een nieuw doel"})

    assert "Een nieuw doel" in client.get(practice.get_absolute_url()).content.decode()
