"""schema.org of a page, as search engines read it (JSON-LD).

With `@vocab` instead of the address of a context: it is read without asking another site.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from municipalities.models import Municipality
from practices.licence import licence
from practices.models import Practice
from practices.site_address import Absolute

TOOI = "https://identifier.overheid.nl/tooi/id/gemeente/"
CONTEXT = {"@vocab": "https://schema.org/"}

# Pages that say nothing else of themselves: address -> what its breadcrumb calls it.
PAGES = {
    "practice_map": "Kaart",
    "municipality_list": "Gemeenten",
    "barrier_list": "Knelpunten",
    "wanted_list": "Gezocht",
    "white_spots": "Witte vlekken",
    "overview": "Cijfers",
    "open_data": "Open data",
    "about": "Over",
    "privacy": "Privacy",
    "accessibility": "Toegankelijkheid",
}

Node = dict[str, Any]


def tooi(municipality: Municipality) -> str:
    """How Dutch registers name it."""
    return f"{TOOI}{municipality.code.lower()}"


def of_site(absolute: Absolute) -> Node:
    search = f"{absolute(reverse('practice_list'))}?q={{search_term_string}}"
    site = {
        "@type": "WebSite",
        "@id": absolute(reverse("home")),
        "url": {"@id": absolute(reverse("home"))},
        "name": settings.SITE_NAME,
        "inLanguage": "nl",
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": search},
            "query-input": "required name=search_term_string",
        },
    }
    return _graph(site | _publisher())


def of_practice(practice: Practice, absolute: Absolute) -> Node:
    """Of a practice of `for_listing()`; nothing of its contacts."""
    address = absolute(practice.get_absolute_url())
    picture = absolute(reverse("practice_picture", args=[practice.slug]))
    article = {
        "@type": "Article",
        "@id": address,
        "url": {"@id": address},
        "headline": practice.title,
        "name": practice.title,
        "abstract": practice.summary,
        "inLanguage": "nl",
        "isAccessibleForFree": True,
        "license": {"@id": licence().url},
        "image": {"@id": picture},
        "dateModified": timezone.localdate(practice.modified).isoformat(),
        "keywords": [theme.name for theme in practice.themes.all()],
        "audience": [
            {"@type": "Audience", "audienceType": group.name}
            for group in practice.target_groups.all()
        ],
        "contentLocation": [_place(place) for place in practice.municipalities.all()],
        "isPartOf": {"@id": absolute(reverse("home"))},
    }
    if practice.published_on:
        article["datePublished"] = practice.published_on.isoformat()
    trail = _trail("Praktijken", "practice_list", practice.title, address, absolute)
    return _graph(article | _publisher(), trail)


def of_municipality(municipality: Municipality, absolute: Absolute) -> Node:
    address = absolute(municipality.get_absolute_url())
    page = {
        "@type": "CollectionPage",
        "@id": address,
        "url": {"@id": address},
        "name": municipality.name,
        "inLanguage": "nl",
        "about": _place(municipality),
        "isPartOf": {"@id": absolute(reverse("home"))},
    }
    trail = _trail("Gemeenten", "municipality_list", municipality.name, address, absolute)
    return _graph(page, trail)


def of_list(absolute: Absolute) -> Node:
    """The whole catalogue as a data set, with where to get it."""
    address = absolute(reverse("practice_list"))
    dataset = {
        "@type": "Dataset",
        "@id": f"{address}#gegevens",
        "url": {"@id": address},
        "name": f"{settings.SITE_NAME}: goede praktijken van gemeenten",
        "description": (
            f"Goede praktijken van gemeenten in {settings.SITE_REGION}: "
            "wat ze doen, of het werkt en hoe anderen het overnemen."
        ),
        "inLanguage": "nl",
        "isAccessibleForFree": True,
        "license": {"@id": licence().url},
        "distribution": {
            "@type": "DataDownload",
            "encodingFormat": "text/csv",
            "contentUrl": {"@id": absolute(reverse("practice_csv"))},
        },
    }
    return _graph(dataset | _publisher())


def of_page(name: str, absolute: Absolute) -> Node:
    """`name` is one of PAGES."""
    address, home = absolute(reverse(name)), absolute(reverse("home"))
    page = {
        "@type": "WebPage",
        "@id": address,
        "url": {"@id": address},
        "name": PAGES[name],
        "inLanguage": "nl",
        "isPartOf": {"@id": home},
    }
    return _graph(page, _steps([(settings.SITE_NAME, home), (PAGES[name], address)]))


def _graph(*nodes: Node) -> Node:
    return {"@context": CONTEXT, "@graph": list(nodes)}


def _place(municipality: Municipality) -> Node:
    return {
        "@type": "AdministrativeArea",
        "name": municipality.name,
        "sameAs": {"@id": tooi(municipality)},
    }


def _publisher() -> Node:
    name = settings.SITE_ORGANISATION
    return {"publisher": {"@type": "Organization", "name": name}} if name else {}


def _trail(parent: str, parent_name: str, here: str, address: str, absolute: Absolute) -> Node:
    home, above = absolute(reverse("home")), absolute(reverse(parent_name))
    return _steps([(settings.SITE_NAME, home), (parent, above), (here, address)])


def _steps(steps: list[tuple[str, str]]) -> Node:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": {"@id": url}}
            for place, (name, url) in enumerate(steps, start=1)
        ],
    }
