"""DCAT-AP-NL 3.0: the mandatory properties, read with rdflib."""

import pytest
from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from tests.factories import ContactFactory, MunicipalityFactory, OldSlugFactory, PracticeFactory
from tests.practices.packed import content_of

pytestmark = [
    pytest.mark.django_db,
    # Since 2026-11-26: rdflib 7.6 reads JSON-LD with a class of its own that it wants to drop.
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]

VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
EU = "http://publications.europa.eu/resource/authority"
TOOI = "https://identifier.overheid.nl/tooi/id/gemeente"
SITE = "http://testserver"
MANDATORY = {
    DCAT.Catalog: {
        DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.contactPoint, DCAT.dataset,
    },
    DCAT.Dataset: {
        DCTERMS.title, DCTERMS.description, DCTERMS.identifier, DCTERMS.accessRights,
        DCTERMS.creator, DCTERMS.publisher, DCAT.contactPoint, DCAT.theme,
    },
    DCAT.Distribution: {DCAT.accessURL, DCTERMS.license},
    DCAT.DataService: {
        DCTERMS.title, DCTERMS.description, DCTERMS.identifier, DCTERMS.accessRights,
        DCTERMS.publisher, DCAT.contactPoint, DCAT.theme, DCTERMS.license, DCAT.endpointURL,
        DCAT.endpointDescription,
    },
}  # fmt: skip


def read(client, address="/catalogus.ttl", kind="turtle"):
    response = client.get(address)
    assert response.status_code == 200
    return Graph().parse(data=response.content.decode(), format=kind)


def one(graph, kind):
    (node,) = graph.subjects(RDF.type, kind)
    return node


@pytest.mark.parametrize("filled", [False, True])
def test_every_mandatory_property_is_there(client, filled):
    if filled:
        PracticeFactory(municipalities=[MunicipalityFactory()])
    graph = read(client)

    missing = {
        (node, name)
        for kind, names in MANDATORY.items()
        for node in graph.subjects(RDF.type, kind)
        for name in names - set(graph.predicates(node))
    }
    assert missing == set()
    assert {kind for kind in MANDATORY if (None, RDF.type, kind) in graph} == set(MANDATORY)


def test_what_is_referred_to_is_described(client):
    graph = read(client)
    catalogue, dataset = one(graph, DCAT.Catalog), one(graph, DCAT.Dataset)

    assert graph.value(catalogue, DCAT.dataset) == dataset
    assert set(graph.objects(dataset, DCAT.distribution)) == set(
        graph.subjects(RDF.type, DCAT.Distribution)
    )
    assert graph.value(dataset, DCTERMS.publisher) == one(graph, FOAF.Agent)
    assert graph.value(dataset, DCAT.contactPoint) == one(graph, VCARD.Kind)


def test_turtle_and_json_ld_are_the_same_graph(client, settings):
    settings.SITE_NAME = 'Parels "van" \\ Limburg\n& <meer>'
    PracticeFactory(municipalities=[MunicipalityFactory(name="'s-Gravenhage")])

    graph = read(client)

    assert isomorphic(graph, read(client, "/catalogus.jsonld", "json-ld"))
    assert graph.value(one(graph, FOAF.Agent), FOAF.name) == Literal(settings.SITE_NAME, lang="nl")


def test_service_is_where_the_description_says(client):
    graph = read(client)
    service = one(graph, DCAT.DataService)
    endpoint, description = (
        str(graph.value(service, name)) for name in (DCAT.endpointURL, DCAT.endpointDescription)
    )
    told = client.get(description.removeprefix(SITE)).json()

    assert [server["url"] for server in told["servers"]] == [endpoint]


def test_every_distribution_answers_with_its_type(client):
    graph = read(client)

    for node in graph.subjects(RDF.type, DCAT.Distribution):
        address = str(graph.value(node, DCAT.accessURL)).removeprefix(SITE)
        media = str(graph.value(node, DCAT.mediaType)).rpartition("media-types/")[2]
        response = client.get(address)
        content_of(response)
        assert response["Content-Type"].removesuffix("; charset=utf-8") == media


def test_values_come_from_the_lists_of_the_union_and_the_setting(client, settings):
    settings.SITE_ORGANISATION_URI = "https://identifier.overheid.nl/tooi/id/provincie/pv31"
    settings.SITE_CONTACT_EMAIL = "redactie@parels.example"
    settings.CONTENT_LICENCE = "CC0-1.0"
    graph = read(client)
    dataset = one(graph, DCAT.Dataset)

    assert set(graph.objects(dataset, DCAT.theme)) == {
        URIRef(f"{EU}/data-theme/SOCI"), URIRef(f"{EU}/data-theme/GOVE"),
    }  # fmt: skip
    assert graph.value(dataset, DCTERMS.accessRights) == URIRef(f"{EU}/access-right/PUBLIC")
    assert graph.value(dataset, DCTERMS.publisher) == URIRef(settings.SITE_ORGANISATION_URI)
    assert graph.value(dataset, DCTERMS.license) == URIRef(
        "https://creativecommons.org/publicdomain/zero/1.0/"
    )
    assert graph.value(one(graph, VCARD.Kind), VCARD.hasEmail) == URIRef(
        "mailto:redactie@parels.example"
    )


def test_places_are_those_of_what_is_published_by_their_cbs_code(client):
    venlo, echt, _ = (MunicipalityFactory(code=code) for code in ("GM0983", "GM1711", "GM0882"))
    PracticeFactory(municipalities=[venlo])
    PracticeFactory(concept=True, municipalities=[echt])
    graph = read(client)

    assert set(graph.objects(None, DCTERMS.spatial)) == {URIRef(f"{TOOI}/gm0983")}


# --- one practice -------------------------------------------------------------------------------


def test_practice_alone_says_what_its_page_says(client):
    PracticeFactory(slug="taalhuis", municipalities=[MunicipalityFactory()])
    page = client.get("/praktijken/taalhuis/").content.decode()
    address = "/praktijken/taalhuis/gegevens.jsonld"

    alone = client.get(address)

    assert alone["Content-Type"] == "application/ld+json"
    assert f'<link rel="alternate" type="application/ld+json" href="{address}">' in page
    (block,) = page.split('<script type="application/ld+json">')[1:]
    assert isomorphic(
        Graph().parse(data=block.partition("</script>")[0], format="json-ld"),
        read(client, address, "json-ld"),
    )


def test_old_address_of_a_practice_leads_to_its_data(client):
    OldSlugFactory(slug="oud", practice=PracticeFactory(slug="nieuw"))

    response = client.get("/praktijken/oud/gegevens.jsonld")

    assert (response.status_code, response["Location"]) == (
        301,
        "/praktijken/nieuw/gegevens.jsonld",
    )


def test_no_contact_of_a_practice_in_linked_data(client):
    practice = PracticeFactory(slug="taalhuis")
    ContactFactory(practice=practice, organisation="Geheim team", mailbox="x@geheim.example")
    addresses = ("/catalogus.ttl", "/catalogus.jsonld", "/praktijken/taalhuis/gegevens.jsonld")

    assert "Geheim team" in client.get("/praktijken/taalhuis/").content.decode()
    assert [a for a in addresses if "geheim" in client.get(a).content.decode().lower()] == []
