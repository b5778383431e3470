"""The addresses of the site are a promise: people keep and share them."""

from django.urls import URLPattern, URLResolver, get_resolver

ADDRESSES = {
    "": "home",
    "praktijken/": "practice_list",
    "api/v1/openapi.json": "api_description",
    "api/v1/praktijken": "practices",
    "api/v1/praktijken/<slug:sleutel>": "practice",
    "api/v1/gemeenten": "municipalities",
    "api/v1/gemeenten/<slug:sleutel>": "municipality",
    "api/v1/regios": "regions",
    "api/v1/themas": "themes",
    "api/v1/doelgroepen": "target_groups",
    "api/v1/knelpunten": "barriers",
    "api/v1/instrumenten": "instruments",
    "api/v1/aanbevelingen": "recommendations",
    "api/v1/treden": "steps",
    "api/v1/keuzelijsten": "choices",
    "api/v1/kerncijfers": "figures",
    "api/v1/zoeksuggesties": "suggested",
    "open-data/": "open_data",
    "praktijken.geojson": "practice_geojson",
    "praktijken-pins.geojson": "practice_pins",
    "gemeentegrenzen.geojson": "municipality_boundaries",
    "praktijken.csv": "practice_csv",
    "praktijken.ods": "practice_ods",
    "praktijken.xlsx": "practice_xlsx",
    "praktijken.json": "practice_json",
    "praktijken-plaatsen.geojson": "practice_places",
    "catalogus.zip": "whole_catalogue",
    "praktijken.atom": "practice_feed",
    "praktijken/<slug:slug>/gegevens.jsonld": "practice_json_ld",
    "catalogus.ttl": "catalogue_turtle",
    "catalogus.jsonld": "catalogue_json_ld",
    "robots.txt": "robots_txt",
    "opensearch.xml": "open_search",
    "praktijken/<slug:slug>/": "practice_detail",
    "praktijken/<slug:slug>/meld-een-fout/": "send_correction",
    "praktijk-voorstellen/": "send_proposal",
    "voorstel-verstuurd/": "contribution_sent",
    "voorstel-bevestigen/<str:token>/": "confirm_contribution",
    "praktijken/<slug:slug>/factsheet.pdf": "factsheet",
    "selectie/": "selection",
    "vergelijken/": "comparison",
    "notitie/": "note",
    "notitie.pdf": "note_pdf",
    "notitie.odt": "note_odt",
    "notitie.docx": "note_docx",
    "herinnering/<str:token>/": "reminder",
    "herinneringen-uit/<str:token>/": "reminder_preference",
    "herinneringen-uit/<str:token>/direct/": "reminder_one_click",
    "suggesties/": "suggestions",
    "gezocht/": "wanted_list",
    "cijfers/": "overview",
    "knelpunten/": "barrier_list",
    "witte-vlekken/": "white_spots",
    "kaart/": "practice_map",
    "embed/kaart/": "map_embed",
    "gemeenten/": "municipality_list",
    "gemeenten/<slug:slug>/": "municipality_detail",
    "over/": "about",
    "componenten/": "components",
    "privacy/": "privacy",
    "toegankelijkheid/": "accessibility",
    "sitemap.xml": "sitemap",
    "praktijken/<slug:slug>/beeld.png": "practice_picture",
    "beeld.png": "site_picture",
    "site.webmanifest": "manifest",
    ".well-known/security.txt": "security_txt",
    "media/<path:path>": "media",
    "_healthz/": "health",
    "_healthz/livez/": "health_alive",
    "_healthz/readyz/": "health_ready",
}
# The others are pages: tests/page_types.py has their states.
NO_PAGES = {
    "practice_geojson",
    "practice_pins",
    "municipality_boundaries",
    "practice_csv",
    "practice_ods",
    "practice_xlsx",
    "practice_json",
    "practice_places",
    "whole_catalogue",
    *(name for address, name in ADDRESSES.items() if address.startswith("api/v1/")),
    "practice_feed",
    "open_search",
    "practice_json_ld",
    "catalogue_turtle",
    "catalogue_json_ld",
    "robots_txt",
    "factsheet",
    "note_pdf",
    "note_odt",
    "note_docx",
    "reminder_one_click",
    "suggestions",
    "sitemap",
    "practice_picture",
    "site_picture",
    "manifest",
    "security_txt",
    "media",
    "health",
    "health_alive",
    "health_ready",
}


def addresses(resolver, prefix=""):
    found = {}
    for pattern in resolver.url_patterns:
        route = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            found |= addresses(pattern, route)
        elif isinstance(pattern, URLPattern):
            found[route] = pattern.name
    return found


# For who works on the catalogue: tests/parelkaart/accounts/test_urls.py and the admin's tests.
INSIDE = ("beheer/", "inloggen/", "uitloggen/", "account/")


def test_public_addresses_are_exactly_these():
    found = addresses(get_resolver())

    public = {route: name for route, name in found.items() if not route.startswith(INSIDE)}
    assert public == ADDRESSES
