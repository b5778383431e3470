"""What every answer carries, whatever it says."""

import pytest
from django.test import Client
from django.urls import reverse

from parelkaart import limits
from tests.factories import MunicipalityFactory, PracticeFactory
from tests.practices.packed import content_of

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: https://service.pdok.nl",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}
PAGES = [
    "/",
    "/praktijken/",
    "/praktijken/?q=taal&thema=taal",
    "/praktijken.csv",
    "/praktijken.ods",
    "/praktijken.xlsx",
    "/praktijken.json",
    "/praktijken-plaatsen.geojson",
    "/catalogus.zip",
    "/praktijken.atom",
    "/praktijken/taalhuis/gegevens.jsonld",
    "/catalogus.ttl",
    "/catalogus.jsonld",
    "/robots.txt",
    "/opensearch.xml",
    "/praktijken.geojson",
    "/praktijken-pins.geojson?bbox=5.5,50.7,6.3,51.8",
    "/gemeentegrenzen.geojson",
    "/embed/kaart/",
    "/open-data/",
    "/api/v1/openapi.json",
    "/api/v1/praktijken?q=taal",
    "/praktijken/taalhuis/",
    "/selectie/",
    "/selectie/?praktijk=taalhuis",
    "/vergelijken/?praktijk=taalhuis",
    "/notitie/?praktijk=taalhuis",
    "/notitie.odt?praktijk=taalhuis",
    "/notitie.docx?praktijk=taalhuis",
    "/kaart/",
    "/knelpunten/",
    "/cijfers/",
    "/gemeenten/",
    "/gemeenten/venlo/",
    "/gezocht/",
    "/suggesties/?q=taa",
    "/voorstel-verstuurd/",
    "/over/",
    "/privacy/",
    "/toegankelijkheid/",
    "/sitemap.xml",
    "/praktijken/taalhuis/beeld.png",
    "/beeld.png",
    "/componenten/",
    "/site.webmanifest",
    "/_healthz/",
    "/_healthz/livez/",
    "/_healthz/readyz/",
]


@pytest.fixture(autouse=True)
def site():
    venlo = MunicipalityFactory(name="Venlo", slug="venlo")
    PracticeFactory(title="Taalhuis", slug="taalhuis", municipalities=[venlo])


@pytest.mark.parametrize("url", PAGES)
def test_visitor_gets_a_page_without_a_cookie(client, url):
    response = client.get(url)
    content_of(response)  # So that a file is closed.

    assert (response.status_code, response.cookies.output()) == (200, "")


def test_cookie_would_have_been_seen(client):
    response = client.get("/inloggen/")

    assert list(response.cookies) == ["csrftoken"]


@pytest.mark.parametrize(
    "url",
    [
        *PAGES,
        "/praktijk-voorstellen/",
        "/beheer/login/",
        "/inloggen/",
        "/bestaat-niet/",
        "/api/v1/bestaat-niet",
        "/media/x.jpg",
    ],
)
def test_every_answer_is_protected(client, url):
    response = client.get(url)
    content_of(response)

    assert_protected(response)


def assert_protected(response):
    headers = response.headers

    assert set(headers["Content-Security-Policy"].split("; ")) == POLICY
    assert {
        name: headers[name]
        for name in (
            "X-Content-Type-Options",
            "X-Frame-Options",
            "Referrer-Policy",
            "Cross-Origin-Opener-Policy",
            "Permissions-Policy",
        )
    } == {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(self), microphone=(), payment=(), usb=()",
    }


def failing(client, monkeypatch, path):
    """The site breaks down at whatever is asked next."""

    def fail(*args, **kwargs):
        raise RuntimeError("geheim: /srv/parelkaart")

    monkeypatch.setattr("practices.version.current", fail)
    client.raise_request_exception = False
    return client.get(path)


@pytest.mark.parametrize("path", ["/praktijken/", "/api/v1/themas"])
def test_broken_site_is_protected_and_tells_nothing(client, monkeypatch, path):
    response = failing(client, monkeypatch, path)

    assert response.status_code == 500
    assert_protected(response)
    assert [
        word for word in ("geheim", "Traceback", "/srv") if word in content_of(response).decode()
    ] == []


def static_file(client, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "a.css").write_text("a{}")
    return client.get("/static/a.css")


def redirect_to_https(client, settings, tmp_path):
    settings.SECURE_SSL_REDIRECT = True
    return client.get("/over/")


def too_often(client, settings, tmp_path):
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"suggestions": 1}
    limits.forget()
    return [client.get("/suggesties/?q=taa") for _ in range(2)][1]


def too_large(client, settings, tmp_path):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    return client.post("/praktijk-voorstellen/", {"title": "x" * 99})


def unknown_host(client, settings, tmp_path):
    settings.ALLOWED_HOSTS = ["localhost"]
    settings.SECURE_SSL_REDIRECT = True
    return client.get("/over/", headers={"host": "kwaad.example.org"})


def photo(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "a.jpg").write_bytes(b"x")
    return client.get("/media/a.jpg")


def read_only(client, settings, tmp_path):
    settings.READ_ONLY = True
    return client.post("/praktijk-voorstellen/", {})


def forged_form(client, settings, tmp_path):
    return Client(enforce_csrf_checks=True).post("/praktijk-voorstellen/", {})


@pytest.mark.parametrize(
    ("ask", "status"),
    [
        (static_file, 200),
        (photo, 200),
        (redirect_to_https, 301),
        (lambda client, *_: client.get("/praktijken/taalhuis"), 301),
        (lambda client, *_: client.get("/beheer/"), 302),
        (too_often, 429),
        (too_large, 400),
        (unknown_host, 400),
        (lambda client, *_: client.post("/"), 405),
        (forged_form, 403),
        (read_only, 503),
    ],
)
def test_whatever_answers_instead_of_a_page_is_protected(client, settings, tmp_path, ask, status):
    response = ask(client, settings, tmp_path)
    content_of(response)

    assert response.status_code == status
    assert_protected(response)


@pytest.mark.parametrize("host", ["kwaad.example.org", "localhost.kwaad.example.org", "a b", ""])
def test_unknown_host_is_a_bad_request(settings, host):
    settings.ALLOWED_HOSTS = ["localhost"]

    statuses = [
        Client(headers={"host": name}).get("/over/").status_code for name in ("localhost", host)
    ]

    assert statuses == [200, 400]


@pytest.mark.parametrize("name", ["health", "health_alive", "health_ready"])
def test_http_is_sent_to_https_but_the_health_check_answers(client, settings, name):
    settings.SECURE_SSL_REDIRECT = True

    redirect = client.get("/over/")
    health = client.get(reverse(name))

    assert (redirect.status_code, redirect.headers["Location"], health.status_code) == (
        301,
        "https://testserver/over/",
        200,
    )


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("url", ["/", "/praktijken/", "/gemeenten/venlo/", "/sitemap.xml"])
def test_pages_only_answer_what_reads(method, url):
    client = Client(enforce_csrf_checks=False)

    assert getattr(client, method)(url).status_code in (405, 403)
