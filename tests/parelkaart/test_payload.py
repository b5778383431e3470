"""How much a reader's telephone has to fetch before the first view of a page is whole.

With the real catalogue; without the map's background and photos, and compressed as the site
sends it: static files with brotli, pages with gzip.
"""

import gzip
import re

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from practices.importers import load_catalogue
from tests.factories import PhotoFactory, PracticeFactory
from tests.outline import Outline

MOST = 100_000  # bytes
PAGES = {
    "/": [],
    "/praktijken/": [],
    "/praktijken/kandoen-venlo/": [],
    "/gemeenten/venlo/": [],
    "/kaart/": ["/praktijken.geojson", "/praktijken-pins.geojson?bbox=5.28,50.69,6.52,51.84"],
}
IMPORTED = re.compile(r'@import url\("([^"]+)"\)')


@pytest.fixture(scope="module")
def catalogue(module_db):
    load_catalogue(settings.CATALOGUE_DIR)


def source(url):
    with open(finders.find(url.removeprefix("/static/")), "rb") as file:  # noqa: PTH123
        return file.read()


def packed(url):
    content = source(url)
    for name in IMPORTED.findall(content.decode() if url.endswith(".css") else ""):
        content += source(f"{url.rpartition('/')[0]}/{name}")
    return len(brotli.compress(content))


def files(page):
    """Of ours, what a browser fetches by itself; the icons are one file of pictures."""
    links = page.all("link")
    wanted = [link["href"] for link in links if link["rel"] in ("stylesheet", "icon", "manifest")]
    wanted += [script["src"] for script in page.all("script") if "src" in script]
    wanted += [use["href"].partition("#")[0] for use in page.all("use")]
    return {url for url in wanted if url.startswith("/static/")}


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_first_view_is_at_most_100_kilobytes(address, client, catalogue):
    html = client.get(address).content
    fetched = {url: packed(url) for url in files(Outline(html.decode()))}
    for url in [address, *PAGES[address]]:
        fetched[url] = len(gzip.compress(client.get(url).content, 6))

    assert len(fetched) > 5
    assert sum(fetched.values()) <= MOST, fetched


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_page_waits_for_one_style_sheet_and_no_script(address, client, catalogue):
    html = client.get(address).content.decode()
    head = Outline(html.partition("</head>")[0])
    scripts = [script for script in Outline(html).all("script") if "src" in script]

    assert [link["href"] for link in head.all("link") if link["rel"] == "stylesheet"] == [
        "/static/parelkaart/site.css"
    ]
    assert packed("/static/parelkaart/site.css") < 10_000
    assert [script for script in scripts if "defer" not in script] == []
    assert scripts != []


@pytest.mark.django_db
def test_picture_tells_its_size_so_that_nothing_jumps(client):
    PhotoFactory(practice=PracticeFactory(slug="taalhuis"))
    (picture,) = Outline(client.get("/praktijken/taalhuis/").content.decode()).all("img")

    assert (picture["width"].isdigit(), picture["height"].isdigit()) == (True, True)
