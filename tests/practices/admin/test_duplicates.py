"""Likely duplicates in the form of an entry, with and without JavaScript."""

import pytest
from django.urls import reverse

from practices.models import Practice
from tests.admin_forms import add_url, change_url, opened
from tests.factories import MunicipalityFactory, PracticeFactory
from tests.practices.editorial.people import beheerder, eindredacteur, redacteur, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.contract]


@pytest.fixture
def heerlen(db):
    return MunicipalityFactory(name="Heerlen")


@pytest.fixture
def editor_client(heerlen):
    return signed_in(redacteur(heerlen))


def url():
    return reverse("admin:practices_practice_duplicates")


def hits(client, title):
    response = client.get(url(), {"titel": title})
    assert response.status_code == 200
    return [hit.practice.title for hit in response.context_data["duplicates"]]


def test_title_is_answered_with_what_the_editor_may_know_of(editor_client, heerlen):
    PracticeFactory(title="Fietsen voor iedereen")
    PracticeFactory(title="Fietsen voor iedereen!", owner=heerlen, concept=True)
    PracticeFactory(title="Fietsen voor iedereen?", owner=MunicipalityFactory(), concept=True)

    own = hits(editor_client, "fietsen voor iederen")
    everything = hits(signed_in(eindredacteur()), "fietsen voor iederen")

    assert own == ["Fietsen voor iedereen", "Fietsen voor iedereen!"]
    assert len(everything) == 3


def test_piece_is_escaped_and_tells_the_state(editor_client, heerlen):
    PracticeFactory(title="<b>Fietsen</b>", owner=heerlen, concept=True)

    response = editor_client.get(url(), {"titel": "<b>Fietsen</b>"})

    text = response.content.decode()
    assert "&lt;b&gt;Fietsen&lt;/b&gt;" in text
    assert "<b>" not in text
    assert "(dezelfde titel, concept)" in text
    assert "no-store" in response.headers["Cache-Control"]


def test_piece_is_only_for_who_may_add_an_entry(client, editor_client):
    assert client.get(url()).status_code == 302
    assert [signed_in(user).get(url()).status_code for user in (beheerder(), eindredacteur())] == [
        403,
        200,
    ]
    assert editor_client.post(url()).status_code == 405


@pytest.mark.parametrize("title", ["", "\x00", "x" * 5000, "%_'\""])
def test_odd_titles_are_no_error(editor_client, title):
    assert hits(editor_client, title) == []


def test_only_the_page_for_a_new_entry_asks_while_typing(editor_client, heerlen):
    practice = PracticeFactory(owner=heerlen)
    pages = [
        editor_client.get(page).content.decode()
        for page in (add_url(Practice), change_url(practice))
    ]

    assert [f'data-duplicates-url="{url()}"' in text for text in pages] == [True, False]


def test_first_save_names_likely_duplicates_with_links(editor_client, heerlen):
    there = PracticeFactory(title="Fietsen voor iedereen", municipalities=[heerlen])
    data = opened(editor_client, add_url(Practice)) | {
        "title": "Fietsen voor iederen",
        "slug": "fietsen",
        "kind": "initiatief",
        "summary": "Fietsen te leen.",
    }

    response = editor_client.post(add_url(Practice), data, follow=True)

    told = [str(message) for message in response.context["messages"]]
    link = f'<a href="{there.get_absolute_url()}">Fietsen voor iedereen</a>'
    assert told[0] == f"Staat deze praktijk er al? {link} (bijna dezelfde titel)"
    assert len(told) == 2
    saved = Practice.objects.get(slug="fietsen")
    assert response.redirect_chain == [(change_url(saved), 302)]


def test_first_save_of_something_new_names_none(editor_client):
    PracticeFactory(title="Samen koken")
    data = opened(editor_client, add_url(Practice)) | {
        "title": "Fietsen voor iedereen",
        "slug": "fietsen",
        "kind": "initiatief",
        "summary": "Fietsen te leen.",
    }

    response = editor_client.post(add_url(Practice), data, follow=True)

    assert len(response.context["messages"]) == 1
