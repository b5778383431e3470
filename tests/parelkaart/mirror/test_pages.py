import json
from datetime import date

import pytest
from lxml import html

from parelkaart.mirror.links import Links
from parelkaart.mirror.pages import copied_page

BASE, DAY = "https://parels.example.org", date(2026, 11, 26)
PAGE = (
    '<!doctype html><html lang="nl"><head><title>Parels</title>{head}</head>'
    '<body><a class="skip-link" href="#main">Direct naar de hoofdinhoud</a>'
    '<main id="main">{main}</main></body></html>'
)


@pytest.fixture
def links():
    return Links("/praktijken/?thema=taal", BASE)


def copied(links, main="", head=""):
    page = PAGE.format(main=main, head=head)
    return copied_page(page.encode(), links, DAY).decode()


def main_of(page):
    (main,) = html.document_fromstring(page).xpath("//main")
    inner = (html.tostring(child, encoding="unicode") for child in main)
    return (main.text or "") + "".join(inner)


def test_page_says_of_when_it_is_and_where_the_site_is(links):
    page = html.document_fromstring(copied(links))

    notice = page.xpath("//body/*")[1]
    assert (notice.tag, notice.get("aria-label")) == ("aside", "Over deze kopie")
    assert "Dit is een kopie van 26 november 2026." in notice.text_content()
    assert notice.xpath(".//a/@href") == [f"{BASE}/praktijken/?thema=taal"]


def test_page_without_a_header_says_so_in_its_text(links):
    page = b'<!doctype html><html lang="nl"><body><main><h1>Kaart</h1></main></body></html>'

    document = html.document_fromstring(copied_page(page, links, DAY))

    assert [child.tag for child in document.xpath("//main/*")] == ["aside", "h1"]


def test_search_makes_place_for_ways_to_browse(links):
    page = copied(links, '<form role="search"><input name="q"></form><p>Verder</p>')

    assert "Zoeken en filteren kan niet in deze kopie." in page
    assert html.document_fromstring(page).xpath("//form | //input") == []
    assert main_of(page).endswith("<p>Verder</p>")


def test_other_forms_go_but_what_follows_stays(links):
    page = copied(links, '<p>Een <form method="post"><button>Ja</button></form> twee</p>')

    assert "Ja" not in page
    assert "twee" in page


def test_what_is_only_for_the_site_goes_and_what_is_only_for_the_copy_comes(links):
    main = "<p data-live-only>Bewaar</p><p hidden data-copy-only>Als bestand</p>"

    assert main_of(copied(links, main)) == "<p>Als bestand</p>"


@pytest.mark.parametrize(
    ("link", "becomes"),
    [
        (
            '<a href="/praktijken/?thema=werk">Werk</a>',
            '<a href="/praktijken/thema/werk/">Werk</a>',
        ),
        ('<a href="?pagina=2">2</a>', '<a href="/praktijken/pagina/2/">2</a>'),
        ('<a href="#main">Naar boven</a>', '<a href="#main">Naar boven</a>'),
        ('<a href="https://example.org/">Elders</a>', '<a href="https://example.org/">Elders</a>'),
        ('<a href="/inloggen/" rel="nofollow">Log in</a>', "<span>Log in</span>"),
        ('<a href="/praktijken/?q=taal">Taal</a>', "<span>Taal</span>"),
        (
            '<img src="/media/a.jpg" srcset="/media/a.jpg 400w, /media/b.jpg 800w">',
            '<img src="/media/a.jpg" srcset="/media/a.jpg 400w, /media/b.jpg 800w">',
        ),
    ],
)
def test_link_leads_somewhere_in_the_copy_or_is_text(links, link, becomes):
    assert main_of(copied(links, link)) == becomes


def test_head_keeps_what_is_there_and_the_address_that_counts(links):
    page = copied(
        links,
        head=(
            f'<link rel="canonical" href="{BASE}/praktijken/?thema=taal">'
            '<link rel="search" href="/opensearch.xml">'
            '<link rel="alternate" href="/praktijken.atom?thema=taal">'
            '<link rel="alternate" href="/praktijken.atom">'
        ),
    )

    assert html.document_fromstring(page).xpath("//link/@href") == [
        f"{BASE}/praktijken/?thema=taal",
        "/praktijken.atom",
    ]
    assert list(links.found) == ["/praktijken.atom"]


def test_script_of_another_host_is_told(links):
    copied(links, '<script src="https://example.org/volg.js"></script>')

    assert links.foreign == ["https://example.org/volg.js"]


def test_map_reads_files(links):
    config = {"dataUrl": "/praktijken.geojson", "pinsUrl": "/praktijken-pins.geojson"}
    config |= {"boundariesUrl": "/gemeentegrenzen.geojson?v=1", "words": "</script>"}
    script = json.dumps(config).replace("<", "\\u003C")

    page = copied(links, f'<script id="map-config" type="application/json">{script}</script>')

    (found,) = html.document_fromstring(page).xpath("//script")
    assert json.loads(found.text) == config | {"boundariesUrl": "/gemeentegrenzen.geojson"}
    assert "</script>" not in found.text
    assert set(links.found) == {
        "/praktijken.geojson",
        "/praktijken-pins.geojson",
        "/gemeentegrenzen.geojson",
    }
