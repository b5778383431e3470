"""How machines find what is new: Atom, sitemap, robots.txt, OpenSearch and schema.org."""

import json
import re
from datetime import UTC, datetime

import feedparser
import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import etree
from rdflib import RDF, Graph, Namespace, URIRef

from practices.models import Practice
from practices.schema_org import PAGES
from tests.factories import ContactFactory, MunicipalityFactory, PracticeFactory, ThemeFactory

pytestmark = [
    pytest.mark.django_db,
    # Since 2026-11-26: rdflib 7.6 reads JSON-LD with a class of its own that it wants to drop.
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]

SCHEMA = Namespace("https://schema.org/")
SITE = "http://testserver"


@pytest.fixture
def taalhuis():
    venlo = MunicipalityFactory(name="Venlo", slug="venlo", code="GM0983")
    practice = PracticeFactory(
        title="Taalhuis & <co>",
        slug="taalhuis",
        summary="Leren & <b>lezen</b>.",
        municipalities=[venlo],
        themes=[ThemeFactory(name="Taal", slug="taal")],
    )
    ContactFactory(practice=practice, organisation="Geheim team", mailbox="x@geheim.example")
    return practice


# --- Atom -------------------------------------------------------------------------------------


def feed(client, query=""):
    response = client.get(f"/praktijken.atom{query}")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    parsed = feedparser.parse(response.content)
    assert (parsed.bozo, parsed.version) == (False, "atom10")
    return parsed


def test_feed_says_what_a_reader_needs(client, settings, taalhuis):
    settings.SITE_NAME, settings.SITE_ORGANISATION = "Parels", "Provincie"

    found = feed(client)

    (entry,) = found.entries
    assert (found.feed.title, found.feed.author, found.feed.language) == (
        "Parels",
        "Provincie",
        "nl",
    )
    assert found.feed.rights.startswith("Creative Commons Naamsvermelding 4.0")
    assert {link.rel: link.href for link in found.feed.links} == {
        "alternate": f"{SITE}/praktijken/",
        "self": f"{SITE}/praktijken.atom",
    }
    assert entry.link == f"{SITE}/praktijken/taalhuis/"
    assert entry.title_detail.value == "Taalhuis & <co>"
    assert entry.summary == "Leren &amp; &lt;b&gt;lezen&lt;/b&gt;."
    assert [tag.term for tag in entry.tags] == ["Taal"]
    assert entry.updated == taalhuis.modified.isoformat()


def test_feed_finds_what_the_list_finds_and_names_the_question(client, settings, taalhuis):
    settings.SITE_NAME = "Parels"
    PracticeFactory(title="Fietsles")

    found = feed(client, "?thema=taal&pagina=9&onzin=1")

    assert [entry.link for entry in found.entries] == [f"{SITE}/praktijken/taalhuis/"]
    assert found.feed.title == "Parels: Taal"
    assert found.feed.id == f"{SITE}/praktijken.atom?thema=taal"


def test_feed_begins_with_what_changed_last_and_is_not_longer_than_readers_keep(client):
    practices = [PracticeFactory() for _ in range(51)]
    practices[3].save()

    entries = feed(client).entries

    newest = [practices[3], *reversed(practices[4:]), *reversed(practices[1:3])]
    assert [entry.title for entry in entries] == [practice.title for practice in newest]
    assert len({entry.id for entry in entries}) == 50


def test_entry_keeps_its_id_when_its_address_changes(client, taalhuis):
    before = feed(client).entries[0].id
    taalhuis.slug = "taalpunt"
    taalhuis.save()

    after = feed(client).entries[0]

    assert (after.id, after.link) == (before, f"{SITE}/praktijken/taalpunt/")


def test_feed_of_nothing_is_a_feed_that_stays_the_same(client):
    assert feed(client).entries == []
    assert client.get("/praktijken.atom").content == client.get("/praktijken.atom").content


def test_feed_leaves_out_what_xml_cannot_hold(client):
    PracticeFactory(title="Taal\x0bhuis")

    assert [entry.title for entry in feed(client).entries] == ["Taalhuis"]


def test_list_leads_to_the_feed_of_the_same_question(client, taalhuis):
    page = client.get("/praktijken/?thema=taal").content.decode()

    assert 'type="application/atom+xml" href="/praktijken.atom?thema=taal"' in page


# --- sitemap and robots.txt ---------------------------------------------------------------------


def sitemap(client):
    root = etree.fromstring(client.get("/sitemap.xml").content)
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    return {
        row.findtext(f"{name}loc").removeprefix("http://testserver"): row.findtext(f"{name}lastmod")
        for row in root
    }


def test_sitemap_tells_when_each_page_changed(client, taalhuis):
    MunicipalityFactory(slug="leeg")
    venlo = taalhuis.municipalities.get()
    PracticeFactory(concept=True, municipalities=[venlo])
    day = timezone.localdate(taalhuis.modified).isoformat()

    found = sitemap(client)

    told = ["/praktijken/taalhuis/", "/gemeenten/venlo/", "/gemeenten/leeg/", "/", "/over/"]
    assert [found[address] for address in told] == [day, day, None, day, None]


def test_robots_txt_leads_to_the_sitemap_and_closes_no_public_page(client, taalhuis):
    text = client.get("/robots.txt").content.decode()

    closed = re.findall(r"^Disallow: (.+)$", text, re.MULTILINE)
    assert closed == ["/beheer/", "/inloggen/", "/suggesties/"]
    assert f"Sitemap: {SITE}/sitemap.xml\n" in text
    assert [address for address in sitemap(client) if address.startswith(tuple(closed))] == []


# --- OpenSearch -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "short"),
    [("Parels & co", "Parels & co"), ("Parelkaart Limburg", "Parelkaart"), ("P" * 60, "P" * 16)],
)
def test_open_search_keeps_the_limits_of_the_standard(client, settings, name, short):
    settings.SITE_NAME = name
    response = client.get("/opensearch.xml")

    root = etree.fromstring(response.content)
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    urls = {url.get("type"): url.get("template") for url in root.iter(f"{space}Url")}
    assert response["Content-Type"].startswith("application/opensearchdescription+xml")
    assert root.findtext(f"{space}ShortName") == short
    assert len(root.findtext(f"{space}LongName")) <= 48
    assert urls["text/html"] == f"{SITE}/praktijken/?q={{searchTerms}}"


def test_every_page_names_the_search(client):
    page = client.get("/over/").content.decode()

    assert 'type="application/opensearchdescription+xml" href="/opensearch.xml"' in page


# --- schema.org -----------------------------------------------------------------------------------


def data_on(client, address):
    page = client.get(address).content.decode()
    return re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)


def graph_on(client, address):
    (text,) = data_on(client, address)
    return Graph().parse(data=text, format="json-ld", base=f"{SITE}{address}")


def test_practice_is_an_article_about_places_that_registers_know(client, taalhuis):
    found = graph_on(client, "/praktijken/taalhuis/")
    address = URIRef(f"{SITE}/praktijken/taalhuis/")
    (place,) = found.objects(address, SCHEMA.contentLocation)

    assert found.value(address, RDF.type) == SCHEMA.Article
    assert str(found.value(address, SCHEMA.name)) == "Taalhuis & <co>"
    assert str(found.value(address, SCHEMA.abstract)) == "Leren & <b>lezen</b>."
    assert found.value(address, SCHEMA.license) == URIRef(
        "https://creativecommons.org/licenses/by/4.0/"
    )
    assert found.value(place, SCHEMA.sameAs) == URIRef(
        "https://identifier.overheid.nl/tooi/id/gemeente/gm0983"
    )


def test_practice_tells_the_day_it_changed_as_the_clock_here_says(client, taalhuis):
    """Late in the evening by UTC it is the next day here already."""
    late = datetime(2026, 5, 1, 23, 30, tzinfo=UTC)
    Practice.objects.filter(pk=taalhuis.pk).update(modified=late)
    found = graph_on(client, "/praktijken/taalhuis/")
    address = URIRef(f"{SITE}/praktijken/taalhuis/")

    assert str(found.value(address, SCHEMA.dateModified)) == "2026-05-02"


@pytest.mark.parametrize(
    ("address", "kinds"),
    [
        ("/", {"WebSite", "SearchAction", "EntryPoint"}),
        ("/praktijken/", {"Dataset", "DataDownload"}),
        (
            "/praktijken/taalhuis/",
            {"Article", "BreadcrumbList", "ListItem", "AdministrativeArea"},
        ),
        (
            "/gemeenten/venlo/",
            {"CollectionPage", "BreadcrumbList", "ListItem", "AdministrativeArea"},
        ),
    ],
)
def test_page_says_what_it_is(client, settings, taalhuis, address, kinds):
    settings.SITE_ORGANISATION = ""
    found = graph_on(client, address)

    assert {str(kind).removeprefix(str(SCHEMA)) for kind in found.objects(None, RDF.type)} == kinds


@pytest.mark.parametrize("name", PAGES)
def test_plain_page_says_where_it_is(client, taalhuis, name):
    address = reverse(name)
    found = graph_on(client, address)

    kinds = {str(kind).removeprefix(str(SCHEMA)) for kind in found.objects(None, RDF.type)}
    assert kinds == {"WebPage", "BreadcrumbList", "ListItem"}
    assert str(found.value(URIRef(f"{SITE}{address}"), SCHEMA.name)) == PAGES[name]
    assert f'<span aria-current="page">{PAGES[name]}</span>' in client.get(address).content.decode()


def test_text_of_an_editor_cannot_end_the_data(client):
    title = "</script><script>alert(1)</script>"
    PracticeFactory(slug="eng", title=title)

    (text,) = data_on(client, "/praktijken/eng/")

    assert json.loads(text)["@graph"][0]["name"] == title


def test_no_contact_in_what_machines_read(client, taalhuis):
    read = [client.get(f"/{name}").content.decode() for name in ("praktijken.atom", "sitemap.xml")]
    read += data_on(client, "/praktijken/taalhuis/") + data_on(client, "/gemeenten/venlo/")

    assert "Geheim team" in client.get("/praktijken/taalhuis/").content.decode()
    assert [text for text in read if "geheim" in text.lower()] == []


def test_preview_of_an_editor_holds_no_data_for_machines(superuser_client):
    PracticeFactory(concept=True, slug="concept")

    assert data_on(superuser_client, "/praktijken/concept/") == []
