"""What every page needs to know about the site itself."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import lazy

from parelkaart.theme.files import theme_links
from practices.schema_org import PAGES, of_page

NAVIGATION = (
    ("practice_list", "Praktijken"),
    ("practice_map", "Kaart"),
    ("municipality_list", "Gemeenten"),
    ("barrier_list", "Knelpunten"),
    ("about", "Over"),
)


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "read_only": settings.READ_ONLY,
        "site_name": settings.SITE_NAME,
        "site_region": settings.SITE_REGION,
        "site_organisation": settings.SITE_ORGANISATION,
        "site_contact_email": settings.SITE_CONTACT_EMAIL,
        # Only when a page asks: the page about a bad host name has no address of its own.
        "canonical_url": lazy(request.build_absolute_uri, str)(request.path),
        "theme_links": theme_links(),
        "site_picture_url": lazy(request.build_absolute_uri, str)(reverse("site_picture")),
        "navigation": _navigation(request.path),
        "schema_org": _schema_org(request),
    }


def _schema_org(request: HttpRequest) -> dict[str, Any] | None:
    """Of the plain pages; a view that knows more of its page says so itself."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    return of_page(name, request.build_absolute_uri) if name in PAGES else None


def _navigation(path: str) -> list[dict[str, str]]:
    """`current` is the value of aria-current: this page itself, or the part it belongs to."""
    items = []
    for name, label in NAVIGATION:
        url = reverse(name)
        current = "page" if path == url else "true" if path.startswith(url) else ""
        items.append({"label": label, "url": url, "current": current})
    return items
