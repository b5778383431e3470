"""How often somebody may ask what costs much; the numbers are those of a minute."""

import json

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from redis.exceptions import ConnectionError as RedisConnectionError

from parelkaart import limits
from tests.factories import PracticeFactory
from tests.practices.packed import content_of

pytestmark = pytest.mark.django_db

MOST = 2
SECOND_OF_MINUTE = 20
NOW = 1_800_000_000 + SECOND_OF_MINUTE  # a whole minute, and some
LIMITED = {
    "search": [
        "/praktijken/?q=taal",
        "/kaart/?q=taal",
        "/embed/kaart/?q=taal",
    ],
    "suggestions": [
        "/suggesties/?q=taa",
        "/praktijken.geojson?q=taal",
        "/praktijken-pins.geojson?bbox=5.5,50.7,6.3,51.8&q=taal",
    ],
    "api": ["/api/v1/praktijken", "/api/v1/themas", "/api/v1/openapi.json"],
    "downloads": [
        "/praktijken.csv",
        "/praktijken.ods",
        "/praktijken.xlsx",
        "/praktijken.json",
        "/praktijken-plaatsen.geojson",
        "/praktijken.atom",
        "/praktijken/taalhuis/beeld.png",
        "/catalogus.zip",
        "/catalogus.ttl",
        "/catalogus.jsonld",
    ],
    "documents": [
        "/praktijken/taalhuis/factsheet.pdf",
        "/notitie.pdf?praktijk=taalhuis",
        "/notitie.odt?praktijk=taalhuis",
        "/notitie.docx?praktijk=taalhuis",
    ],
}
UNLIMITED = ["/", "/praktijken/", "/praktijken/?thema=taal", "/kaart/", "/praktijken/taalhuis/"]


@pytest.fixture(autouse=True)
def limited(settings, monkeypatch):
    settings.RATE_LIMITS = dict.fromkeys(settings.RATE_LIMITS, MOST)
    monkeypatch.setattr(limits.time, "time", lambda: NOW)
    limits.forget()
    cache.clear()
    yield
    limits.forget()


@pytest.fixture
def taalhuis():
    return PracticeFactory(title="Taalhuis", slug="taalhuis")


def statuses(client, url, times=MOST + 1, **more):
    found = []
    for _ in range(times):
        response = client.get(url, **more)
        content_of(response)
        found.append(response.status_code)
    return found


@pytest.mark.parametrize("name", LIMITED)
def test_what_costs_much_is_refused_after_its_limit(client, taalhuis, settings, name):
    settings.RATE_LIMITS |= dict.fromkeys(settings.RATE_LIMITS, 0) | {name: 1}

    for url in LIMITED[name]:
        limits.forget()
        assert (url, statuses(client, url, 2)) == (url, [200, 429])


def test_addresses_of_one_limit_are_counted_together(client, taalhuis):
    codes = [client.get(url).status_code for url in LIMITED["search"]]

    assert codes == [200, 200, 429]


@pytest.mark.parametrize("url", UNLIMITED)
def test_page_that_costs_little_is_not_counted(client, taalhuis, url):
    assert set(statuses(client, url, 5)) == {200}


def test_another_limit_another_visitor_and_another_minute_count_anew(client, monkeypatch):
    assert statuses(client, "/praktijken/?q=taal")[-1] == 429

    assert client.get("/suggesties/?q=taa").status_code == 200
    assert client.get("/praktijken/?q=taal", REMOTE_ADDR="203.0.113.9").status_code == 200
    monkeypatch.setattr(limits.time, "time", lambda: NOW + limits.PERIOD)
    assert client.get("/praktijken/?q=taal").status_code == 200


def test_visitor_reads_what_to_do_and_programs_when(client):
    response = [client.get("/praktijken/?q=taal") for _ in range(MOST + 1)][-1]

    assert response.headers["Retry-After"] == str(limits.PERIOD - SECOND_OF_MINUTE)
    assert "Dit ging te vaak achter elkaar" in response.content.decode()
    assert "public" not in response.headers["Cache-Control"]


def test_api_tells_it_as_a_problem_that_scripts_of_others_may_read(client):
    response = [client.get("/api/v1/themas") for _ in range(MOST + 1)][-1]

    assert (response.status_code, response.headers["Content-Type"]) == (
        429,
        "application/problem+json",
    )
    assert response.headers["Retry-After"] == "40"
    assert "Retry-After" in response.headers["Access-Control-Expose-Headers"]
    assert json.loads(response.content)["title"] == "Te veel verzoeken"


def test_what_a_reader_has_already_is_not_counted(client, taalhuis):
    tag = client.get("/praktijken/?q=taal").headers["ETag"]

    codes = statuses(client, "/praktijken/?q=taal", 5, headers={"If-None-Match": tag})

    assert set(codes) == {304}


def test_zero_is_no_limit(client, settings):
    settings.RATE_LIMITS = dict.fromkeys(settings.RATE_LIMITS, 0)

    assert set(statuses(client, "/praktijken/?q=taal", 5)) == {200}


def test_counting_a_search_asks_the_database_nothing(client, settings, django_assert_num_queries):
    url = "/praktijken/?q=taal"
    client.get(url)
    with django_assert_num_queries(0):
        request = client.get("/robots.txt").wsgi_request
        limits._count("search", request, 1)


# --- sending ----------------------------------------------------------------------------


def post(client, url="/praktijk-voorstellen/", **more):
    return client.post(url, {}, **more)


def test_forms_are_counted_together_in_the_shared_cache(client):
    codes = [
        post(client).status_code,
        post(client, "/inloggen/").status_code,
        post(client).status_code,
    ]
    limits.forget()  # As another process, which knows only the cache.

    assert codes == [200, 200, 429]
    assert post(client).status_code == 429


def test_editor_at_work_is_not_counted(superuser_client):
    codes = [superuser_client.post("/beheer/practices/theme/add/", {}).status_code] * 5

    assert set(codes) == {200}


def test_no_address_is_in_the_cache(client):
    post(client, REMOTE_ADDR="203.0.113.7")

    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM parelkaart_cache")
        keys = [key for (key,) in cursor.fetchall()]
    assert len([key for key in keys if "limit:post:" in key]) == 1
    assert [key for key in keys if "203.0" in key] == []


@pytest.mark.parametrize(
    "error", [OperationalError("gone"), RedisConnectionError("gone"), OSError("gone")]
)
def test_cache_that_is_away_keeps_nobody_out(client, monkeypatch, error):
    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr(limits.cache, "add", fail)

    assert {post(client).status_code for _ in range(5)} == {200}


# --- who --------------------------------------------------------------------------------


def test_subscription_of_ipv6_is_one_visitor(client):
    url = "/praktijken/?q=taal"
    statuses(client, url, MOST, REMOTE_ADDR="2001:db8:1:2::1")

    same = client.get(url, REMOTE_ADDR="2001:db8:1:2:ffff::9")
    other = client.get(url, REMOTE_ADDR="2001:db8:1:3::1")

    assert (same.status_code, other.status_code) == (429, 200)


def test_behind_a_proxy_a_forged_header_makes_nobody_else(client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    url = "/praktijken/?q=taal"

    codes = [
        client.get(
            url, REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=f"192.0.2.{n}, 203.0.113.7"
        ).status_code
        for n in range(MOST + 1)
    ]
    other = client.get(url, REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.8")

    assert (codes, other.status_code) == ([200, 200, 429], 200)


def test_many_visitors_do_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(limits, "MOST_COUNTED", 2)
    counts = limits.Counts()

    found = [counts.count(("search", who), 1) for who in ("a", "b", "c", "c", "a")]

    assert found == [1, 1, 0, 0, 2]
    assert counts.count(("search", "c"), 2) == 1


def test_only_the_first_refusal_of_a_minute_is_logged_and_without_the_address(client, caplog):
    statuses(client, "/praktijken/?q=taal", MOST + 3)

    told = [
        (r.msg, r.limit, hasattr(r, "ip"))
        for r in caplog.records
        if r.name == "parelkaart.security"
    ]
    assert told == [("too_many_requests", "search", False)]
