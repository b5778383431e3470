"""The map page, the embedded map and the three documents, over HTTP."""

import gzip
import json

import pytest
from django.urls import reverse

from practices.enums import Scope
from practices.snapshot import snapshot
from tests.factories import MunicipalityFactory, PracticeFactory, RegionFactory, ThemeFactory

pytestmark = pytest.mark.django_db

SQUARE = {"type": "MultiPolygon", "coordinates": [[[[6, 51], [6.1, 51], [6.1, 51.1], [6, 51]]]]}
DOCUMENTS = ["practice_geojson", "practice_pins", "municipality_boundaries"]


@pytest.fixture
def venlo():
    place = MunicipalityFactory(
        name="Venlo", slug="venlo", lat="51.37", lon="6.17", boundary=SQUARE
    )
    PracticeFactory(title="KanDoen", slug="kandoen", municipalities=[place], lat="51.37", lon="6.1")
    return place


# --- the page -------------------------------------------------------------------------


def test_page_without_script_is_the_list_per_municipality(client, venlo):
    limburg = RegionFactory(name="Limburg", slug="limburg")
    PracticeFactory(title="Overal", scope=Scope.REGION, regions=[limburg])

    text = client.get("/kaart/").content.decode()

    assert '<a href="/praktijken/kandoen/">KanDoen</a>' in text
    assert '<a class="chip" href="#overal-limburg">Ook overal in Limburg: <b>1</b></a>' in text
    assert 'id="overal-limburg"' in text


def test_page_keeps_the_filter_on_the_way_to_the_list(client, venlo):
    text = client.get("/kaart/?gemeente=venlo&onzin=1").content.decode()

    assert 'href="/praktijken/?gemeente=venlo"' in text
    assert 'data-areas-url="/praktijken.geojson?gemeente=venlo"' in text
    assert 'data-pins-url="/praktijken-pins.geojson?gemeente=venlo"' in text
    assert 'href="http://testserver/kaart/?gemeente=venlo"' in text  # canonical


def test_changed_filter_gives_only_what_is_around_the_map(client, venlo):
    response = client.get("/kaart/?gemeente=venlo", headers={"HX-Request": "true"})

    text = response.content.decode()
    assert response["HX-Push-Url"] == "/kaart/?gemeente=venlo"
    assert 'data-areas-url="/praktijken.geojson?gemeente=venlo"' in text
    assert ("map-canvas" in text, "<body" in text) == (False, False)


def test_back_button_gets_the_whole_page(client, venlo):
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}

    assert "map-canvas" in client.get("/kaart/", headers=headers).content.decode()


def test_nothing_found_says_what_to_do(client):
    assert "Er is geen praktijk" in client.get("/kaart/?q=zzz").content.decode()


@pytest.mark.parametrize(
    "query", ["gemeente=atlantis", "q=%00", "q=%ff", "pagina=9999999", "q=" + "x" * 10_000]
)
@pytest.mark.parametrize("name", ["practice_map", "map_embed", *DOCUMENTS])
def test_strange_question_is_answered(client, venlo, name, query):
    assert client.get(f"{reverse(name)}?{query}").status_code == 200


@pytest.mark.parametrize("name", ["practice_map", "map_embed", *DOCUMENTS])
def test_nothing_can_be_posted(client, name):
    assert client.post(reverse(name)).status_code == 405


@pytest.mark.parametrize("number", [1, 3, 30])
@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("practice_map", 2),  # version, titles of the list
        ("map_embed", 1),  # version
        ("practice_geojson", 2),  # version, titles
        ("practice_pins", 3),  # version, pins, how many there are
        ("municipality_boundaries", 1),  # version
    ],
)
def test_number_of_queries_is_the_same_for_any_number(
    client, django_assert_num_queries, name, queries, number
):
    for _ in range(number):
        place = MunicipalityFactory(lat="51.37", lon="6.17", boundary=SQUARE)
        PracticeFactory(municipalities=[place], lat="51.37", lon="6.17")
    snapshot()
    client.get(reverse("municipality_boundaries"))  # kept until the catalogue changes

    with django_assert_num_queries(queries):
        client.get(reverse(name))


# --- the documents ----------------------------------------------------------------------


@pytest.mark.parametrize("name", DOCUMENTS)
def test_document_is_geojson_and_compressed(client, venlo, name):
    for _ in range(30):  # too little is not worth compressing
        PracticeFactory(municipalities=[venlo], lat="51.37", lon="6.17")
        MunicipalityFactory(boundary=SQUARE)

    response = client.get(reverse(name), headers={"Accept-Encoding": "gzip"})

    assert response["Content-Type"] == "application/geo+json"
    assert (response["Content-Encoding"], response["Vary"]) == ("gzip", "Accept-Encoding")
    assert json.loads(gzip.decompress(response.content))["type"] == "FeatureCollection"


@pytest.mark.parametrize("name", ["practice_geojson", "practice_pins"])
def test_known_version_is_not_sent_again_until_the_catalogue_changes(client, venlo, name):
    url = reverse(name)
    etag = client.get(url)["ETag"]

    again = client.get(url, headers={"If-None-Match": etag})
    PracticeFactory(municipalities=[venlo])
    changed = client.get(url, headers={"If-None-Match": etag})

    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200
    assert changed["ETag"] != etag


def test_known_version_costs_one_query(client, venlo, django_assert_num_queries):
    etag = client.get("/praktijken.geojson")["ETag"]

    with django_assert_num_queries(1):  # version
        client.get("/praktijken.geojson", headers={"If-None-Match": etag})


def test_each_filter_is_a_version_of_its_own(client, venlo):
    tags = {client.get(f"/praktijken.geojson{query}")["ETag"] for query in ("", "?gemeente=venlo")}

    assert len(tags) == 2


def test_empty_catalogue_has_no_version_to_go_by(client):
    response = client.get("/praktijken.geojson")

    assert (response.status_code, response.has_header("ETag")) == (200, False)


def test_boundaries_asked_for_by_fingerprint_are_kept_for_a_year(client, venlo):
    text = client.get("/kaart/").content.decode()
    url = text.partition('"boundariesUrl": "')[2].partition('"')[0]

    response = client.get(url)
    other = client.get("/gemeentegrenzen.geojson?v=oud")

    assert url == f"/gemeentegrenzen.geojson?v={response['ETag'][1:-1]}"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert other["Cache-Control"] == "public, no-cache"


def test_page_without_boundaries_does_not_ask_for_them(client):
    MunicipalityFactory()

    assert '"boundariesUrl": ""' in client.get("/kaart/").content.decode()


def test_bbox_that_makes_no_sense_is_refused_in_words(client, venlo):
    response = client.get("/praktijken-pins.geojson?bbox=6.3,50.7,5.5,51.8")

    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert response.json() == {
        "title": "Ongeldige bbox",
        "status": 400,
        "detail": "In bbox moet west kleiner zijn dan oost, en zuid kleiner dan noord. "
        "Bijvoorbeeld bbox=5.5,50.7,6.3,51.8 (west,zuid,oost,noord).",
    }


def test_pins_come_from_the_box_and_the_filter(client, venlo):
    theme = ThemeFactory(slug="taal")
    PracticeFactory(slug="taalcafe", themes=[theme], lat="51.37", lon="6.17")
    PracticeFactory(slug="ver-weg", themes=[theme], lat="50.85", lon="5.69")

    found = client.get("/praktijken-pins.geojson?thema=taal&bbox=6,51,7,52").json()

    assert [pin["id"] for pin in found["features"]] == ["taalcafe"]


# --- in somebody else's page --------------------------------------------------------------


def test_embedded_map_is_for_nobody_by_default(client):
    response = client.get("/embed/kaart/")

    assert response["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]


def test_embedded_map_is_for_the_sites_in_the_setting(client, settings):
    settings.EMBED_ALLOWED_ORIGINS = ["https://www.venlo.nl", "https://*.weert.nl"]

    response = client.get("/embed/kaart/")
    page = client.get("/kaart/")

    policy = response["Content-Security-Policy"]
    assert "frame-ancestors 'self' https://www.venlo.nl https://*.weert.nl" in policy
    assert "script-src 'self'" in policy
    assert response.has_header("X-Frame-Options") is False
    assert page["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]


def test_embedded_map_has_the_filter_and_the_list(client, venlo):
    PracticeFactory(municipalities=[MunicipalityFactory(name="Weert")])

    response = client.get("/embed/kaart/?gemeente=venlo")

    text = response.content.decode()
    assert 'data-areas-url="/praktijken.geojson?gemeente=venlo"' in text
    assert 'href="/praktijken/?gemeente=venlo" target="_blank"' in text
    assert ("Venlo" in text, "Weert" in text) == (True, False)
    assert response["X-Robots-Tag"] == "noindex"


def test_code_to_copy_has_the_filter_of_now(client, venlo):
    text = client.get("/kaart/?gemeente=venlo").content.decode()

    assert '<iframe src="http://testserver/embed/kaart/?gemeente=venlo"' in text


def test_code_to_copy_cannot_break_out(client):
    text = client.get("/kaart/", {"q": '"></textarea><script>alert(1)</script>'}).content.decode()

    assert "<script>alert" not in text
