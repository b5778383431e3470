"""What attackers type, at every address that takes something.

Files are attacked in tests/practices/test_photos.py and tests/practices/spreadsheets/, addresses
of others in tests/practices/links/, forms without a token in test_forgery.py.
"""

from io import BytesIO
from urllib.parse import urlencode
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse

from practices.querystrings import PARAMETERS
from tests.admin_forms import change_url, opened
from tests.factories import PASSWORD, MunicipalityFactory, PracticeFactory, UserFactory
from tests.practices.packed import content_of

pytestmark = pytest.mark.django_db

LISTS = [
    "/praktijken/",
    "/kaart/",
    "/embed/kaart/",
    "/praktijken.csv",
    "/praktijken.json",
    "/praktijken.atom",
    "/praktijken.geojson",
    "/praktijken-plaatsen.geojson",
]
OTHERS = [
    "/selectie/",
    "/vergelijken/",
    "/notitie/",
    "/notitie.odt",
    "/notitie.docx",
    "/witte-vlekken/",
    "/suggesties/",
    "/gemeenten/",
    "/gemeentegrenzen.geojson",
]
STRICT = [
    "/praktijken-pins.geojson",
    "/api/v1/praktijken",
    "/api/v1/gemeenten",
    "/api/v1/zoeksuggesties",
]
# These refuse what they do not know, and a note is made of practices that are there.
EXPECTED = dict.fromkeys(STRICT, 400) | {"/notitie.odt": 404, "/notitie.docx": 404}
MORE_PARAMETERS = ("praktijk", "titel", "vraag", "per", "bbox", "v", "page", "sort", "alleen")
INJECTIONS = [
    "'",
    '"',
    "1' OR '1'='1",
    "1; DROP TABLE practices_practice; --",
    "') UNION SELECT password FROM auth_user --",
    "%' AND pg_sleep(9) --",
    "\\",
    "{{ 7*7 }}{% debug %}",
    "../../../../etc/passwd",
    "x\r\nSet-Cookie: a=b",
    "\u202e\ufeff\ud7ff",
]
TEMPLATE = "{{ 7|add:7 }}{% load x %}${7*7}"
SCRIPT = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"


@pytest.fixture
def taalhuis():
    venlo = MunicipalityFactory(name="Venlo", slug="venlo")
    return PracticeFactory(title="Taalhuis", slug="taalhuis", municipalities=[venlo])


def answer(client, path, data):
    response = client.get(path, data)
    return response, content_of(response)


# --- questions ----------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*LISTS, *OTHERS, *STRICT])
def test_injection_is_answered_as_any_unknown_word(client, taalhuis, path):
    names = [*PARAMETERS, *MORE_PARAMETERS]
    expected = answer(client, path, dict.fromkeys(names, "xyzzy"))[0].status_code

    statuses = {
        text: answer(client, path, dict.fromkeys(names, text))[0].status_code for text in INJECTIONS
    }

    assert expected == EXPECTED.get(path, 200)
    assert statuses == dict.fromkeys(INJECTIONS, expected)


@pytest.mark.parametrize("name", PARAMETERS)
def test_each_parameter_alone_takes_a_quote_as_text(client, taalhuis, name):
    statuses = [
        answer(client, "/praktijken/", {name: text})[0].status_code
        for text in ("xyzzy", "'", "1' OR '1'='1", "\\")
    ]

    assert statuses == [200] * 4


def test_condition_that_is_always_true_finds_nothing(client, taalhuis):
    found = [
        client.get("/api/v1/praktijken", {"q": text}).headers["Total-Count"]
        for text in ("taalhuis", "zzz' OR '1'='1' --")
    ]

    assert found == ["1", "0"]


@pytest.mark.parametrize("name", ["q", "o", "p", "e", "status__exact", "all"])
@pytest.mark.parametrize("text", ["'", "1' OR '1'='1", "99.-99.1e9", "{{ 7*7 }}"])
def test_lists_of_the_admin_take_it_as_text(superuser_client, taalhuis, name, text):
    response = superuser_client.get("/beheer/practices/practice/", {name: text})

    # An unknown filter is left out, by a redirect.
    assert response.status_code in (200, 302)


@pytest.mark.parametrize("titel", ["x\r\nSet-Cookie: a=b", 'a"; filename="b.exe', "../../x"])
@pytest.mark.parametrize("kind", ["odt", "docx"])
def test_name_of_a_download_is_ours_whatever_its_title(client, taalhuis, kind, titel):
    response, _ = answer(client, f"/notitie.{kind}", {"praktijk": "taalhuis", "titel": titel})

    usual, _ = answer(client, f"/notitie.{kind}", {"praktijk": "taalhuis"})
    assert response.headers["Content-Disposition"] == usual.headers["Content-Disposition"]
    assert response.cookies.output() == ""


# --- texts --------------------------------------------------------------------------------


@pytest.fixture
def nasty(taalhuis):
    text = f"{TEMPLATE} {SCRIPT}"
    taalhuis.title = text
    taalhuis.summary = text
    taalhuis.save()
    return taalhuis


PLACES_OF_TEXT = [
    "/praktijken/taalhuis/",
    "/praktijken/",
    "/notitie/?praktijk=taalhuis",
    "/vergelijken/?praktijk=taalhuis",
    "/gemeenten/venlo/",
    "/kaart/?gemeente=venlo",
]


@pytest.mark.parametrize("path", PLACES_OF_TEXT)
def test_text_of_an_editor_is_neither_template_nor_script(client, nasty, path):
    html = client.get(path).content.decode()

    assert "{{ 7|add:7 }}" in html
    assert "<script>alert" not in html
    assert "<img src=x" not in html


def test_nor_in_the_admin(superuser_client, nasty):
    url = reverse("admin:practices_practice_change", args=[nasty.pk])
    html = superuser_client.get(url).content.decode()

    assert "{{ 7|add:7 }}" in html
    assert ("<script>alert" in html, "<img src=x" in html) == (False, False)


@pytest.mark.parametrize("kind", ["odt", "docx"])
def test_nor_in_documents(client, nasty, kind):
    _, content = answer(client, f"/notitie.{kind}", {"praktijk": "taalhuis"})

    assert "{{ 7|add:7 }}" in document_text(content, kind)


def document_text(content, kind):
    with ZipFile(BytesIO(content)) as file:
        return file.read("content.xml" if kind == "odt" else "word/document.xml").decode()


# --- hosts and other sites ------------------------------------------------------------------


ELSEWHERE = [
    "https://kwaad.example.org/",
    "//kwaad.example.org/",
    "/\\kwaad.example.org",
    "https:kwaad.example.org",
    "javascript:alert(1)",
    "\thttps://kwaad.example.org",
]
WITH_NEXT = [
    "/inloggen/",
    "/uitloggen/",
    "/beheer/login/",
    "/beheer/logout/",
    "/account/bevestigen/",
    "/account/",
    "/praktijken/taalhuis/",
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_sent_elsewhere(client, superuser, taalhuis, target):
    """Whether signed in or not, by looking or by sending."""
    places = []
    for path in WITH_NEXT:
        for method in (client.get, client.post):
            for signed_in in (False, True):
                client.logout()
                if signed_in:
                    client.force_login(superuser)
                asked = f"{path}?{urlencode({'next': target})}"
                response = method(asked, {"next": target} if method == client.post else None)
                places.append(response.headers.get("Location", "/"))

    assert [place for place in places if not is_here(place)] == []
    assert len(set(places)) > 2


def is_here(place):
    return place.startswith("/") and not place.startswith(("//", "/\\"))


def test_forged_host_is_in_no_address_of_ours(client, taalhuis):
    forged = {"HTTP_X_FORWARDED_HOST": "kwaad.example.org", "HTTP_X_HOST": "kwaad.example.org"}

    pages = [
        content_of(client.get(path, **forged)).decode()
        for path in ("/", "/praktijken/taalhuis/", "/sitemap.xml", "/praktijken.atom")
    ]

    assert [page for page in pages if "kwaad" in page] == []


@pytest.mark.parametrize(
    "path",
    [
        "/static/../settings.py",
        "/static/%2e%2e/%2e%2e/etc/passwd",
        "/static/..%2fmanage.py",
        "/media/../parelkaart.sqlite3",
        "/media/%2e%2e/parelkaart.sqlite3",
        "/media/..%5cx.jpg",
        "/media/x.jpg%00.php",
        "/praktijken/../beheer.jpg",
        "/.git/config",
        "/.env",
        "/parelkaart.sqlite3",
        "/__debug__/",
        "/server-status",
        "/docs/",
        "/api/v1/docs",
    ],
)
def test_files_and_tools_behind_the_site_are_not_there(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/", "/praktijken/", "/inloggen/", "/api/v1/themas"])
def test_request_is_not_sent_back(client, path):
    response = client.trace(path, headers={"X-Mark": "echo-me"})

    assert (response.status_code, b"echo-me" in content_of(response)) == (405, False)


# --- sessions -------------------------------------------------------------------------------


def test_session_that_an_attacker_chose_is_not_the_one_that_is_signed_in():
    UserFactory(staff=True, username="anna")
    client = Client()
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted

    client.post("/inloggen/", {"login": "anna", "password": PASSWORD})

    assert "_auth_user_id" in client.session
    assert client.cookies["sessionid"].value != planted
    assert not client.session.exists(planted)


def test_fields_that_a_form_does_not_have_are_not_saved(editor):
    """What would make the entry public, or the account all-powerful."""
    owner = editor.memberships.get().municipality
    mine = PracticeFactory(concept=True, owner=owner, municipalities=[owner])
    client = Client()
    client.force_login(editor)
    url = change_url(mine)
    more = {"state": "gepubliceerd", "published_at": "2020-01-01", "slug_locked": "1", "id": "1"}

    client.post(url, opened(client, url) | more | {"title": "Anders"})
    client.post(change_url(editor), {"is_superuser": "on", "is_staff": "on"})

    editor.refresh_from_db()
    mine.refresh_from_db()
    assert (mine.title, mine.state, editor.is_superuser) == ("Anders", "concept", False)
