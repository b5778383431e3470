import json
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from practices.enums import State
from tests.factories import ClaimFactory, ContactFactory, MunicipalityFactory, PracticeFactory

pytestmark = pytest.mark.django_db

LISTS = [
    "/praktijken/",
    "/kaart/",
    "/praktijken.geojson",
    "/praktijken-pins.geojson",
    "/praktijken.csv",
]
PAGES = [
    "/",
    *LISTS,
    "/praktijken/taalhuis/",
    "/gemeenten/",
    "/gemeenten/heerlen/",
    "/gemeenten/schinnen/",
    "/knelpunten/",
    "/over/",
    "/privacy/",
    "/toegankelijkheid/",
    "/sitemap.xml",
]


def read(response):
    """The body: only reading it shows that a streamed answer can be made at all."""
    return (b"".join(response) if response.streaming else response.content).decode()


# --- every page -----------------------------------------------------------------------


@pytest.mark.parametrize("address", PAGES)
def test_page_answers_without_a_cookie(address, mixed, client):
    response = client.get(address)

    assert response.status_code == 200
    assert read(response) != ""
    assert response.cookies == {}


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/praktijken/",
        "/praktijken.geojson",
        "/gemeenten/",
        "/kaart/",
        "/knelpunten/",
        "/sitemap.xml",
    ],
)
def test_page_answers_with_an_empty_catalogue(address, client):
    response = client.get(address)

    assert response.status_code == 200
    assert read(response) != ""


@pytest.mark.parametrize("address", PAGES)
def test_page_takes_head_and_refuses_to_be_written(address, mixed, client):
    head = client.head(address)

    assert (head.status_code, read(head)) == (200, "")
    for method in ("post", "put", "patch", "delete"):
        response = getattr(client, method)(address)
        assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD"), method


def test_post_is_refused_before_it_is_checked_for_forgery(mixed):
    assert Client(enforce_csrf_checks=True).post("/praktijken/").status_code in (403, 405)


# --- bad input --------------------------------------------------------------------------

BAD_QUERIES = {
    "unknown values": "thema=x&doelgroep=x&knelpunt=x&instrument=x&gemeente=x&regio=x&soort=x"
    "&fase=x&bewijs=x&actueel=x&volgorde=x&letterlijk=x&pagina=x",
    "unknown parameters": "utm_source=a&page=2&%5B%5D=1&thema%5B%5D=taal",
    "page far away": "pagina=9999999",
    "page zero": "pagina=0",
    "page negative": "pagina=-1",
    "page of 5000 digits": f"pagina={'9' * 5000}",
    "NUL": "q=a%00b&thema=%00&gemeente=heerlen%00&pagina=%00",
    "ten kilobytes": f"q={'werk%20' * 1430}",
    "ten kilobytes of one word": f"q={'x' * 10_000}",
    "ten kilobytes of quotes": f"q={'%22' * 3_400}",
    "many values": "&".join(f"thema=t{n}" for n in range(900)),
    "broken UTF-8": "q=%FF%FE&thema=%C3%28&gemeente=%80",
    "half a surrogate": "q=%ED%A0%80",
    "percent signs": "q=%&thema=%zz&soort=%2",
    "repeated": "q=taal&q=zorg&volgorde=titel&volgorde=nieuw&pagina=1&pagina=2",
    "markup": "q=%3Cscript%3Ealert(1)%3C/script%3E&thema=%3Cb%3E",
    "SQL": "q='%20OR%201=1;--&gemeente='%20OR%201=1;--&volgorde=title;--",
    "search operators": "q=-%20%22%20*%20AND%20NOT%20(%20NEAR",
    "only stop words": "q=de%20het%20een",
    "only signs": "q=!!!%20???%20-%20--",
    "emoji": "q=%F0%9F%98%80&thema=%F0%9F%98%80",
    "right to left and joiners": "q=%E2%80%AE%E2%80%8D%E2%80%8B",
    "separators of lines": "q=a%0D%0Ab%E2%80%A8c%C2%85d",
    "no values": "q&thema&pagina&&&=&=x",
    "semicolons": "q=a;thema=taal;pagina=2",
}


@pytest.mark.parametrize("query", BAD_QUERIES.values(), ids=BAD_QUERIES.keys())
def test_bad_query_gives_a_sensible_page(query, mixed, client):
    for address in [*LISTS, "/suggesties/"]:
        # The test client raises what would be a 500.
        response = client.get(f"{address}?{query}")

        assert response.status_code == 200, address
        assert_harmless(read(response))


@pytest.mark.parametrize("query", BAD_QUERIES.values(), ids=BAD_QUERIES.keys())
def test_bad_query_gives_a_sensible_fragment(query, client):
    PracticeFactory()

    response = client.get(f"/praktijken/?{query}", headers={"HX-Request": "true"})

    assert response.status_code == 200
    assert_harmless(read(response))


def assert_harmless(content):
    assert "<script>alert" not in content
    assert "\x00" not in content


@pytest.mark.parametrize("address", LISTS)
def test_more_parameters_than_anybody_types_are_refused(address, client):
    query = "&".join(f"x{n}=1" for n in range(1_001))

    assert client.get(f"{address}?{query}").status_code == 400


@pytest.mark.parametrize("place", ["praktijken", "gemeenten"])
@pytest.mark.parametrize(
    "slug",
    [
        "bestaat-niet",
        "x" * 10_000,
        "%00",
        "a%00b",
        "%FF",
        "%ED%A0%80",
        "..%2F..%2Fetc%2Fpasswd",
        "%3Cscript%3E",
        "taalhuis'--",
        "Taalhuis",
        "%20",
    ],
)
def test_bad_slug_is_not_found(place, slug, mixed, client):
    assert client.get(f"/{place}/{slug}/").status_code == 404


def test_slug_without_slash_is_sent_on(mixed, client):
    response = client.get("/praktijken/taalhuis")

    assert (response.status_code, response.headers["Location"]) == (301, "/praktijken/taalhuis/")


# --- the list ------------------------------------------------------------------------------


def title(response):
    content = response.content.decode()
    return content.partition("<title>")[2].partition("</title>")[0].strip()


def test_list_shows_what_the_finder_found(mixed, client):
    response = client.get("/praktijken/?gemeente=heerlen&volgorde=titel")

    content = response.content.decode()
    expected = ["parkstadpas", "taalhuis", "taalles", "landelijk", "limburgplan", "regioplan"]
    positions = [content.index(f'href="/praktijken/{slug}/"') for slug in expected]
    assert positions == sorted(positions)
    assert "6 praktijken gevonden" in content
    assert "Geldt voor heel Nederland" in content


def test_titles_of_pages_differ(mixed, client, settings):
    settings.PRACTICES_PER_PAGE = 5
    addresses = [
        "/",
        "/praktijken/",
        "/praktijken/?pagina=2",
        "/praktijken/?q=taal",
        "/praktijken/?thema=taal",
        "/praktijken/taalhuis/",
        "/gemeenten/",
        "/gemeenten/heerlen/",
        "/kaart/",
        "/knelpunten/",
        "/over/",
        "/privacy/",
        "/toegankelijkheid/",
    ]

    titles = {address: title(client.get(address)) for address in addresses}

    assert "" not in titles.values()
    assert len(set(titles.values())) == len(addresses), titles


def test_list_escapes_the_question_in_title_box_and_pill(mixed, client):
    response = client.get("/praktijken/?q=%3Cb%3E%22%26%27")

    content = response.content.decode()
    assert '<b>"&' not in content
    assert "&lt;b&gt;" in title(response)


def test_fragment_is_a_part_of_the_page(mixed, client):
    whole = client.get("/praktijken/?thema=taal")
    piece = client.get("/praktijken/?thema=taal", headers={"HX-Request": "true"})

    assert "<html" in whole.content.decode()
    assert "<html" not in piece.content.decode()
    assert "4 praktijken gevonden" in piece.content.decode()
    assert "HX-Request" in whole.headers["Vary"]
    assert "HX-Request" in piece.headers["Vary"]


def test_practices_found_on_list_map_and_csv_are_the_same(mixed, client):
    query = "?regio=zuid-limburg&thema=taal&thema=zorg"

    csv = read(client.get(f"/praktijken.csv{query}")).splitlines()[1:]
    data = json.loads(read(client.get(f"/praktijken.geojson{query}")))

    assert len(csv) == data["total"] == client.get(f"/praktijken/{query}").context["finder"].total


# --- old addresses ----------------------------------------------------------------------------


def renamed(state=State.PUBLISHED):
    practice = PracticeFactory(slug="eerst", state=state)
    practice.slug = "later"
    practice.save()
    return practice


def test_old_address_redirects_for_ever(client):
    renamed()

    response = client.get("/praktijken/eerst/")

    assert (response.status_code, response.headers["Location"]) == (301, "/praktijken/later/")


def test_old_address_redirects_straight_to_the_present_one(client):
    practice = renamed()
    practice.slug = "nog-later"
    practice.save()

    for slug in ("eerst", "later"):
        response = client.get(f"/praktijken/{slug}/")
        assert response.headers["Location"] == "/praktijken/nog-later/"


def test_old_address_of_a_concept_is_not_found_even_for_its_editor(superuser_client):
    renamed(State.CONCEPT)

    assert superuser_client.get("/praktijken/eerst/").status_code == 404


def test_address_that_somebody_else_took_shows_the_other(client):
    renamed()
    PracticeFactory(slug="eerst", title="De nieuwe")

    response = client.get("/praktijken/eerst/")

    assert response.status_code == 200
    assert "De nieuwe" in response.content.decode()


# --- municipalities -----------------------------------------------------------------------------


def test_merged_municipality_keeps_its_page_and_points_to_todays(mixed, client):
    content = client.get("/gemeenten/schinnen/").content.decode()

    assert 'href="/gemeenten/beekdaelen/"' in content
    assert 'href="/praktijken/cooperatie/"' in content


def test_municipality_of_today_shows_what_its_predecessors_did(mixed, client):
    context = client.get("/gemeenten/beekdaelen/").context

    assert [m.name for m in context["predecessors"]] == ["Nuth", "Schinnen"]
    assert [p.slug for p in context["own"]] == ["buurtbus", "cooperatie", "dorpshuis"]
    assert [p.slug for p in context["wide"]] == [
        "landelijk",
        "limburgplan",
        "parkstadpas",
        "regioplan",
    ]


def test_municipality_list_counts_by_the_municipality_of_today(mixed, client):
    groups = client.get("/gemeenten/").context["groups"]

    assert {
        row["name"]: (row["count"], row["merged_into"] and row["merged_into"]["name"])
        for group in groups
        for row in group["municipalities"]
    } == {
        "Beekdaelen": (3, None),
        "Heerlen": (3, None),
        "Maastricht": (1, None),
        "Mook-en-middelaar": (0, None),
        "Nuth": (3, "Beekdaelen"),
        "Schinnen": (3, "Beekdaelen"),
        "Venlo": (1, None),
    }


def test_municipality_page_needs_no_practice(client):
    MunicipalityFactory(slug="leeg", valid_to=date(2019, 1, 1))

    assert client.get("/gemeenten/leeg/").status_code == 200


def test_new_entry_is_described_not_called_unconfirmed(client):
    today = timezone.localdate()
    practice = PracticeFactory(described_on=today)
    html = client.get(practice.get_absolute_url()).content.decode()

    assert f"Beschreven in {date_format(today, 'F Y')}" in html
    assert "Niet bevestigd" not in html


@pytest.mark.parametrize(
    ("factory", "told"),
    [
        (ClaimFactory, "De bronnen staan bij de resultaten."),
        (ContactFactory, "Er is geen bron vermeld."),
    ],
)
def test_entry_without_sources_of_its_own_tells_where_they_are(client, factory, told):
    html = client.get(factory().practice.get_absolute_url()).content.decode()

    assert html.count(told) == 1
