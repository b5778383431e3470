"""The catalogue for registers of open data: DCAT-AP-NL 3.0 (docs/adr/0029).

https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/ says which properties are mandatory.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Max
from django.urls import reverse

from practices.licence import licence
from practices.models import Practice
from practices.schema_org import tooi
from practices.site_address import Absolute
from practices.snapshot import snapshot

PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
EU = "http://publications.europa.eu/resource/authority"
IANA = "https://www.iana.org/assignments/media-types"
# Social questions, and government.
THEMES = ("SOCI", "GOVE")
# Address of a distribution -> its title, type of file and media type.
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
DISTRIBUTIONS = {
    "practice_csv": ("Alle praktijken als tabel", "CSV", "text/csv"),
    "practice_ods": ("Alle praktijken als tabel voor LibreOffice", "ODS", ODS_TYPE),
    "practice_json": ("Alle praktijken als gegevens", "JSON", "application/json"),
    "practice_places": ("Alle praktijken met hun plaats", "GEOJSON", "application/geo+json"),
    "whole_catalogue": ("Alles bij elkaar, met trefwoorden en gemeenten", "ZIP", "application/zip"),
    "practice_feed": ("Wat het laatst veranderde", "ATOM", "application/atom+xml"),
}

Node = dict[str, Any]


def catalogue(absolute: Absolute) -> list[Node]:
    """Each node with an address of its own; nothing in it is about one practice."""
    home = absolute(reverse("home"))
    publisher = {"@id": settings.SITE_ORGANISATION_URI or f"{home}#uitgever"}
    contact = {"@id": f"{home}#contact"}
    dataset = {"@id": f"{absolute(reverse('practice_list'))}#gegevens"}
    places = _places()
    distributions = [_distribution(name, *said, absolute) for name, said in DISTRIBUTIONS.items()]
    shared: Node = {
        "dct:publisher": publisher,
        "dcat:contactPoint": contact,
        "dct:language": {"@id": f"{EU}/language/NLD"},
        "dct:license": {"@id": licence().url},
        **_modified(),
    }
    service = _service(dataset, absolute) | shared
    return [
        {
            "@id": f"{home}#catalogus",
            "@type": "dcat:Catalog",
            "dct:title": _dutch(f"Open data van {settings.SITE_NAME}"),
            "dct:description": _dutch(f"De gegevens achter {settings.SITE_NAME}."),
            "foaf:homepage": {"@id": home},
            "dcat:dataset": dataset,
            "dcat:service": {"@id": service["@id"]},
            **shared,
        },
        {
            **dataset,
            "@type": "dcat:Dataset",
            "dct:title": _dutch(f"Goede praktijken van gemeenten in {settings.SITE_REGION}"),
            "dct:description": _dutch(
                f"Wat gemeenten in {settings.SITE_REGION} doen om mensen mee te laten doen, "
                "of het werkt en hoe anderen het overnemen."
            ),
            "dct:identifier": dataset["@id"],
            "dct:accessRights": {"@id": f"{EU}/access-right/PUBLIC"},
            "dct:creator": publisher,
            "dcat:theme": [{"@id": f"{EU}/data-theme/{theme}"} for theme in THEMES],
            "dct:accrualPeriodicity": {"@id": f"{EU}/frequency/IRREG"},
            "dct:spatial": [{"@id": place["@id"]} for place in places],
            "dcat:landingPage": {"@id": absolute(reverse("practice_list"))},
            "dcat:distribution": [{"@id": node["@id"]} for node in distributions],
            **shared,
        },
        *distributions,
        service,
        {
            **publisher,
            "@type": "foaf:Agent",
            "foaf:name": _dutch(settings.SITE_ORGANISATION or settings.SITE_NAME),
        },
        _contact(contact, absolute),
        *places,
    ]


def _distribution(name: str, title: str, kind: str, media: str, absolute: Absolute) -> Node:
    address = absolute(reverse(name))
    return {
        "@id": f"{address}#bestand",
        "@type": "dcat:Distribution",
        "dct:title": _dutch(title),
        "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address},
        "dct:license": {"@id": licence().url},
        "dct:format": {"@id": f"{EU}/file-type/{kind}"},
        "dcat:mediaType": {"@id": f"{IANA}/{media}"},
    }


def _service(dataset: Node, absolute: Absolute) -> Node:
    description = absolute(reverse("api_description"))
    return {
        "@id": f"{description}#dienst",
        "@type": "dcat:DataService",
        "dct:title": _dutch(f"API van {settings.SITE_NAME}"),
        "dct:description": _dutch(
            "Zoeken en lezen door programma's, met dezelfde filters als de site."
        ),
        "dct:identifier": f"{description}#dienst",
        "dct:accessRights": {"@id": f"{EU}/access-right/PUBLIC"},
        "dcat:theme": [{"@id": f"{EU}/data-theme/{theme}"} for theme in THEMES],
        "dcat:endpointURL": {"@id": description.rpartition("/")[0]},
        "dcat:endpointDescription": {"@id": description},
        "dcat:servesDataset": dataset,
    }


def _contact(contact: Node, absolute: Absolute) -> Node:
    """That of the site: the contacts of practices never leave in bulk."""
    email = settings.SITE_CONTACT_EMAIL
    way = {"vcard:hasEmail": {"@id": f"mailto:{email}"}} if email else {}
    return {
        **contact,
        "@type": "vcard:Kind",
        "vcard:fn": _dutch(f"Redactie van {settings.SITE_NAME}"),
        "vcard:hasURL": {"@id": absolute(reverse("about"))},
        **way,
    }


def _places() -> list[Node]:
    """Municipalities of which something is published, merged ones too, as TOOI names them."""
    catalogue = snapshot()
    return [
        {"@id": tooi(place), "@type": "dct:Location", "skos:prefLabel": _dutch(place.name)}
        for place in catalogue.gazetteer.municipalities
        if catalogue.linked("municipalities", place.pk)
    ]


def _modified() -> Node:
    last = Practice.objects.published().aggregate(last=Max("modified"))["last"]
    moment = {"@value": last.isoformat(), "@type": "xsd:dateTime"} if last else None
    return {"dct:modified": moment} if moment else {}


def _dutch(text: str) -> Node:
    return {"@value": text, "@language": "nl"}
