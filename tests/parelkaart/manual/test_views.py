"""The manual in the admin: for who works there, and nothing but what it shows."""

import pytest
from django.test import Client
from django.urls import reverse

from parelkaart.manual.text import PICTURES, manual
from tests.factories import MunicipalityFactory, UserFactory
from tests.outline import Outline
from tests.parelkaart.test_headers import POLICY
from tests.practices.editorial.people import beheerder, eindredacteur, redacteur, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/beheer/handleiding/"
PICTURE = "/beheer/handleiding/beelden/formulier.png"
PEOPLE = {
    "redacteur": lambda: redacteur(MunicipalityFactory()),
    "eindredacteur": eindredacteur,
    "beheerder": beheerder,
    "without a role": lambda: UserFactory(staff=True),
}


@pytest.fixture
def client():
    return signed_in(redacteur(MunicipalityFactory()))


@pytest.mark.parametrize("who", PEOPLE)
def test_manual_and_its_pictures_open_for_everybody_on_the_staff(who):
    client = signed_in(PEOPLE[who]())

    statuses = [client.get(url).status_code for url in (PAGE, PICTURE)]

    assert statuses == [200, 200]


@pytest.mark.parametrize("url", [PAGE, PICTURE])
def test_manual_does_not_open_for_others(url):
    stranger = signed_in(UserFactory())

    for client in (Client(), stranger):
        response = client.get(url)
        assert (response.status_code, response["Location"].split("?")[0]) == (
            302,
            reverse("admin:login"),
        )


def test_page_lists_its_chapters_and_has_nothing_inline_or_from_elsewhere(client):
    response = client.get(PAGE)
    page = Outline(response.content.decode())
    chapters = manual().chapters

    assert page.text("h1") == ["Handleiding voor redacteuren"]
    assert [page.all("a", href=f"#{chapter['id']}") != [] for chapter in chapters] == [True] * 19
    assert page.inline == []
    assert [link for link in page.loaded if not link.startswith(("/static/", "beelden/"))] == []
    assert set(response["Content-Security-Policy"].split("; ")) == POLICY


def test_picture_is_the_file(client):
    response = client.get(PICTURE)

    assert response.content == (PICTURES / "formulier.png").read_bytes()
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == (
        "image/png",
        "nosniff",
    )


@pytest.mark.parametrize(
    "name",
    [
        "bestaat-niet.png",
        "../handleiding.md",
        "../beelden/formulier.png",
        "%2e%2e%2fbeelden%2fformulier.png",
        "..%2f..%2f..%2fparelkaart%2fstatic%2fparelkaart%2ficon-192.png",
        "%2fetc%2fpasswd",
        "formulier.png%00",
        "formulier",
        "",
    ],
)
def test_there_is_no_way_out_of_the_folder(client, name):
    assert client.get(f"{PAGE}beelden/{name}").status_code == 404


@pytest.mark.parametrize("url", [PAGE, PICTURE])
def test_manual_only_answers_what_reads(client, url):
    assert (client.post(url).status_code, client.head(url).status_code) == (405, 200)


def test_every_page_of_the_admin_leads_to_the_manual_and_the_account(client):
    html = client.get("/beheer/").content.decode()
    page = Outline(html)

    assert [len(page.all("a", href=url)) for url in (PAGE, "/account/")] == [1, 1]
    assert ("Uitloggen" in html, "Afmelden" in html) == (True, False)
    assert "/beheer/password_change/" not in html


@pytest.mark.parametrize(
    ("name", "chapter"),
    [
        ("admin:practices_practice_import", "downloaden-en-importeren"),
        ("admin:practices_practice_worklist", "bijhouden"),
    ],
)
def test_hard_page_leads_to_its_chapter(client, name, chapter):
    page = Outline(client.get(reverse(name)).content.decode())

    assert len(page.all("a", href=f"{PAGE}#{chapter}")) == 1
