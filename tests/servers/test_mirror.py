"""A copy, shown by a server of plain files that knows nothing of it.

Of a small catalogue with all kinds of pages; `python -m benchmarks.static_copy` takes the real one.
"""

import threading
from collections import deque
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
import requests
from lxml import html

from tests.processes import ROOT, manage, production

SITE = "https://parels.example.org"
SIGNS = ("Dit is een kopie van", f'href="{SITE}/')
# An address in one of these is loaded, or followed.
ATTRIBUTES = ("href", "src", "data-areas-url", "data-pins-url")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


@pytest.fixture
def copy(prepared, tmp_path):
    prepared.put_tables(tmp_path)
    environment = production(
        tmp_path,
        SITE_URL=SITE,
        ALLOWED_HOSTS="parels.example.org",
        MAP_TILES_URL="",
        CATALOGUE_DIR=str(ROOT / "tests" / "fixtures" / "another_region" / "catalogue"),
        STATIC_ROOT=str(prepared.static()),
    )
    for command in (["load_catalogue"], ["build_mirror", str(tmp_path / "kopie")]):
        done = manage(*command, environment=environment, timeout=600)
        assert done.returncode == 0, done.stderr
    return tmp_path / "kopie"


@pytest.fixture
def url(copy):
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(copy)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def addresses(page, here):
    """Those of this server, whole."""
    found = [page.xpath(f"//@{name}") for name in ATTRIBUTES]
    sizes = [size.split()[0] for sizes in page.xpath("//@srcset") for size in sizes.split(",")]
    for address in [*(each for group in found for each in group), *sizes]:
        whole = urldefrag(urljoin(here, address)).url
        if urlsplit(whole).netloc == urlsplit(here).netloc:
            yield whole


def test_reader_gets_everywhere_and_every_link_leads_somewhere(copy, url):
    todo, known = deque([f"{url}/"]), {f"{url}/"}
    dead, unsigned, forms, foreign = [], [], [], set()

    while todo:
        here = todo.popleft()
        answer = requests.get(here, timeout=30)
        if answer.status_code != 200:
            dead.append(here)
        if not answer.headers["Content-Type"].startswith("text/html"):
            continue
        page = html.document_fromstring(answer.content)
        unsigned += [here for sign in SIGNS if sign not in answer.text]
        forms += page.xpath("//form | //*[@data-live-only]")
        foreign |= {src for src in page.xpath("//@src") if urlsplit(src).netloc}
        for address in addresses(page, here):
            if address not in known:
                known.add(address)
                todo.append(address)

    assert (dead, unsigned, forms, foreign) == ([], [], [], set())
    practices = requests.get(f"{url}/api/v1/praktijken.json", timeout=30).json()["praktijken"]
    read = {f"{url}/praktijken/{practice['sleutel']}/" for practice in practices}
    assert (len(practices), read - known) == (1, set())
    written = {f"{url}/{path.relative_to(copy)}" for path in copy.rglob("*.html")}
    pages = {address if address.endswith(".html") else f"{address}index.html" for address in known}
    # As on the site, nothing links to these; the page of another site does.
    unlinked = ("404.html", "embed/kaart/index.html")
    assert written - pages == {f"{url}/{page}" for page in unlinked}
