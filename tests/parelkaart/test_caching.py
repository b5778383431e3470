"""What browsers and caches may keep, and that an edit makes it new."""

from datetime import date
from gzip import decompress

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from parelkaart import caching
from parelkaart.caching import PAGES
from parelkaart.release import release
from practices import version, view_counts
from practices.models import AdoptionStep, ViewCount
from tests.factories import (
    AdoptionFactory,
    MunicipalityFactory,
    OldSlugFactory,
    PracticeFactory,
    ThemeFactory,
    WelfareFigureFactory,
)
from tests.practices.editorial.people import eindredacteur, signed_in

pytestmark = pytest.mark.django_db
PUBLIC = "public, max-age=60"
PRACTICE, LIST, MUNICIPALITY = "/praktijken/taalhuis/", "/praktijken/", "/gemeenten/venlo/"
READER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}


@pytest.fixture
def practice():
    venlo = MunicipalityFactory(name="Venlo", slug="venlo")
    return PracticeFactory(
        title="Taalhuis",
        slug="taalhuis",
        themes=[ThemeFactory(name="Taal")],
        municipalities=[venlo],
    )


def tag(client, address=PRACTICE):
    return client.get(address)["ETag"]


def again(client, address=PRACTICE, known="", **headers):
    return client.get(address, headers={"If-None-Match": known or tag(client, address)} | headers)


# --- what may be kept ---------------------------------------------------------------------------


# Of the API: tests/nl/test_api_rules.py.
@pytest.mark.parametrize("name", sorted(PAGES))
def test_each_public_page_may_be_kept_for_a_minute(name, client, practice):
    slugs = {
        "practice_detail": ["taalhuis"],
        "practice_json_ld": ["taalhuis"],
        "municipality_detail": ["venlo"],
    }
    response = client.get(reverse(name, args=slugs.get(name)))

    assert (response.status_code, response["Cache-Control"]) == (200, PUBLIC)
    assert dict(response.cookies) == {}
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize(
    "address",
    [
        "/praktijk-voorstellen/",
        f"{PRACTICE}meld-een-fout/",
        "/inloggen/",
        "/selectie/",
        "/_healthz/",
    ],
)
def test_nothing_else_gets_a_tag(address, client, practice):
    response = client.get(address)

    assert response.status_code == 200
    assert (response.get("ETag"), "public" in response.get("Cache-Control", "")) == (None, False)


def test_page_that_did_not_change_is_not_sent_again(client, practice):
    response = again(client)

    assert (response.status_code, response.content) == (304, b"")
    assert response["Cache-Control"] == PUBLIC


@pytest.mark.parametrize("address", ["/", LIST, PRACTICE, MUNICIPALITY, "/kaart/"])
def test_that_costs_one_query(address, client, practice, django_assert_num_queries):
    known = tag(client, address)

    with django_assert_num_queries(1):
        assert again(client, address, known).status_code == 304


def test_head_gets_the_tag_of_the_page(client, practice):
    assert client.head(PRACTICE)["ETag"] == tag(client)


def test_each_question_has_a_tag_of_its_own(client, practice):
    assert len({tag(client, LIST), tag(client, "/praktijken/?q=taal"), tag(client, "/")}) == 3


# --- what makes a page new ----------------------------------------------------------------------


def edit(practice):
    practice.summary = "Anders."
    practice.save()


def rename_term(practice):
    theme = practice.themes.get()
    theme.name = "Leren"
    theme.save()


def step_of_adoption(practice):
    adoption = AdoptionFactory(practice=practice)
    before = version.current()
    AdoptionStep.objects.create(adoption=adoption, state=adoption.state)
    assert version.current() != before


def figure(practice):
    WelfareFigureFactory(municipality=practice.municipalities.get())


@pytest.mark.parametrize("change", [edit, rename_term, step_of_adoption, figure])
def test_change_makes_the_page_new(change, client, practice):
    known = tag(client)
    change(practice)

    assert again(client, known=known).status_code == 200


def test_another_day_makes_the_page_new(client, practice, monkeypatch):
    known = tag(client)
    monkeypatch.setattr(caching.timezone, "localdate", lambda *_: date(2031, 1, 1))

    assert again(client, known=known).status_code == 200


def test_another_release_makes_the_page_new(client, practice, settings):
    known, before = tag(client), release()
    settings.SITE_NAME = "Andere naam"

    assert release() != before
    assert again(client, known=known).status_code == 200


def test_withdrawn_page_is_gone_at_once(client, practice):
    known = tag(client)
    practice.state = "concept"
    practice.save()

    assert again(client, known=known).status_code in (404, 410)


# --- what may not be kept -----------------------------------------------------------------------


def test_who_works_here_always_asks(client, practice):
    known = tag(client)
    worker = signed_in(eindredacteur())
    response = again(worker, known=known)

    assert (response.status_code, response["Cache-Control"]) == (200, "no-cache")
    assert "ETag" not in response


def test_page_that_looked_into_the_session_is_kept_by_nobody(client, practice, monkeypatch):
    def curious(request, *args):
        request.session["bezocht"] = "ja"
        return HttpResponse("Welkom terug")

    monkeypatch.setattr("parelkaart.views.render", curious)
    response = client.get("/over/")

    assert response.cookies != {}
    assert (response["Cache-Control"], response.get("ETag")) == ("private, no-store", None)


def test_piece_for_htmx_is_not_kept(client, practice):
    response = client.get(LIST, headers={"HX-Request": "true"})

    assert (response["Cache-Control"], response.get("ETag")) == ("no-cache", None)


@pytest.mark.parametrize(
    ("address", "status"), [("/praktijken/bestaat-niet/", 404), ("/praktijken/vroeger/", 301)]
)
def test_error_and_old_name_are_not_kept(address, status, client, practice):
    OldSlugFactory(practice=practice, slug="vroeger")
    response = client.get(address)

    assert (response.status_code, response["Cache-Control"]) == (status, "no-cache")


def test_question_without_an_answer_is_asked_again(client, practice):
    response = client.get("/praktijken/?q=xylofoon")

    assert "no-store" in response["Cache-Control"]


def test_site_without_content_promises_nothing(client):
    assert client.get("/over/")["Cache-Control"] == "no-cache"


def test_copy_of_the_reader_counts_as_a_read(client, practice):
    for _ in range(2):
        again(client, **READER)
    again(client)  # Of a program.
    view_counts.flush()

    assert ViewCount.objects.get().count == 2


# --- compression --------------------------------------------------------------------------------


def test_page_is_compressed_and_known_by_the_same_tag(practice):
    client = Client(headers={"Accept-Encoding": "gzip"})
    response = client.get(PRACTICE)

    assert response["Content-Encoding"] == "gzip"
    assert "<h1" in decompress(response.content).decode()
    assert again(client, known=response["ETag"]).status_code == 304


@pytest.mark.parametrize("address", ["/praktijk-voorstellen/", "/inloggen/"])
def test_form_with_a_secret_is_not_compressed(address, practice):
    response = Client(headers={"Accept-Encoding": "gzip"}).get(address)

    assert "Content-Encoding" not in response
