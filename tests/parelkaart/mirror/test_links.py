import json

import pytest

from parelkaart.mirror.links import Links, document, style_sheet

BASE = "https://parels.example.org"


@pytest.fixture
def links():
    return Links("/praktijken/?thema=taal", BASE)


@pytest.mark.parametrize(
    ("href", "copied"),
    [
        ("/over/", "/over/"),
        ("/over/#bewijs", "/over/#bewijs"),
        ("?pagina=2", "/praktijken/pagina/2/"),
        (f"{BASE}/gemeenten/venlo/", "/gemeenten/venlo/"),
        ("/praktijken/?regio=parkstad", "/praktijken/regio/parkstad/"),
        ("/api/v1/praktijken?q=werk", "/api/v1/praktijken.json"),
        ("/selectie/?praktijk=buur", None),
        ("/beheer/", None),
    ],
)
def test_link_becomes_that_of_the_copy(links, href, copied):
    assert links.copied(href) == copied


def test_link_is_kept_with_its_address_on_the_site(links):
    links.copied("/praktijken/?regio=parkstad")
    links.copied("/api/v1/praktijken?q=werk")
    links.copied("/selectie/")

    assert links.found == {
        "/praktijken/regio/parkstad/": "/praktijken/?regio=parkstad",
        "/api/v1/praktijken.json": "/api/v1/praktijken",
    }


@pytest.mark.parametrize(
    "href", ["mailto:info@example.org", "https://example.org/", "tel:0457500500", "//example.org/x"]
)
def test_link_elsewhere_is_not_ours(links, href):
    assert links.is_own(href) is False


def test_file_that_needs_another_host_is_told(links):
    links.needs("https://example.org/letter.woff2")
    links.needs("/beheer/plaatje.png")
    links.needs("/static/icons.svg#up")
    links.needs("data:image/png;base64,AAAA")

    assert links.foreign == ["https://example.org/letter.woff2", "/beheer/plaatje.png"]
    assert links.found == {"/static/icons.svg": "/static/icons.svg"}


def test_style_sheet_names_its_pictures():
    links = Links("/static/leaflet/leaflet.css", BASE)
    sheet = b'a { background: url("images/layers.png") } b { src: url(../f.woff2); fill: url(#x) }'

    assert style_sheet(sheet, links) == sheet
    assert list(links.found) == ["/static/leaflet/images/layers.png", "/static/f.woff2"]


def test_data_of_the_map_links_to_the_lists_of_the_copy():
    areas = {"features": [{"properties": {"url": "/praktijken/?gemeente=venlo"}}], "left_out": 0}

    copied = json.loads(document(json.dumps(areas).encode(), Links("/praktijken.geojson", BASE)))

    assert copied["features"][0]["properties"]["url"] == "/praktijken/gemeente/venlo/"
    assert "note" not in copied


def test_map_with_more_places_than_it_can_show_says_so():
    pins = json.dumps({"features": [], "left_out": 12}).encode()

    copied = json.loads(document(pins, Links("/praktijken-pins.geojson", BASE)))

    assert copied["note"].startswith("In deze kopie passen nog 12 plekken niet op de kaart.")
