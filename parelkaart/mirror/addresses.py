"""Which addresses are in a copy of the site, under which names, and in which files.

A file server does not look at a query string. So the lists that pages link to have an address of
their own in the copy: `/praktijken/?thema=taal` is `/praktijken/thema/taal/` there. Nothing here
asks the database.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.urls import Resolver404, resolve, reverse

from practices.facets import FACETS
from practices.querystrings import PAGE

# Names of addresses that say the same to everybody, without a question asked.
COPIED = {
    "home",
    "practice_list",
    "practice_detail",
    "practice_picture",
    "practice_json_ld",
    "practice_map",
    "map_embed",
    "practice_geojson",
    "practice_pins",
    "municipality_boundaries",
    "practice_csv",
    "practice_ods",
    "practice_xlsx",
    "practice_json",
    "practice_places",
    "whole_catalogue",
    "practice_feed",
    "catalogue_turtle",
    "catalogue_json_ld",
    "municipality_list",
    "municipality_detail",
    "barrier_list",
    "white_spots",
    "overview",
    "wanted_list",
    "open_data",
    "about",
    "privacy",
    "accessibility",
    "sitemap",
    "robots_txt",
    "security_txt",
    "site_picture",
    "manifest",
    "media",
    "api_description",
    "api:practices",
    "api:practice",
    "api:municipalities",
    "api:municipality",
    "api:regions",
    "api:themes",
    "api:target_groups",
    "api:barriers",
    "api:instruments",
    "api:recommendations",
    "api:steps",
    "api:choices",
    "api:figures",
}
API = "api:"
# Without it a file server would not know what kind of file it is, and a list and the folder of
# its items would have one name.
API_SUFFIX = ".json"
NOT_FOUND = PurePosixPath("404.html")
PER_REGION = ("per", "regio")
PER_REGION_PAGE = "/witte-vlekken/per-regio/"

MAX_LENGTH = 500
_SAFE = re.compile(r"(/(\.well-known|[\w@+~,()-][\w.@+~,() -]*))*/?")
_NAME = re.compile(r"[-a-zA-Z0-9_]+")
_OWN = re.compile(
    rf"/praktijken/(({'|'.join(FACETS)})/{_NAME.pattern}/)?({PAGE}/[1-9][0-9]*/)?"
    rf"|{PER_REGION_PAGE}"
)


def file_of(path: str, query: str = "") -> PurePosixPath | None:
    """Where in a copy an address of the site is, or of the copy itself. None: in no copy.

    A question that the copy has no answer to is left out: a list is the whole list then.
    The path as Django has it, so without percent signs. Whether the file exists is another
    matter: the copy may be older than the page.
    """
    address = (address_of(path, query) if query else None) or address_of(path)
    if address is None:
        return None
    return PurePosixPath(f"{address[1:]}index.html" if address.endswith("/") else address[1:])


def address_of(path: str, query: str = "") -> str | None:
    """What an address of the site is called in a copy. None: in no copy."""
    if len(path) > MAX_LENGTH or not _SAFE.fullmatch(path):
        return None
    if query:
        return _of_question(path, query)
    if _OWN.fullmatch(path) or path.startswith(settings.STATIC_URL):
        return None if path == settings.STATIC_URL else path
    name = _name_of(path) or _name_of(path.removesuffix(API_SUFFIX))
    if name not in COPIED:
        return None
    return f"{path.removesuffix(API_SUFFIX)}{API_SUFFIX}" if name.startswith(API) else path


def question_of(path: str) -> str | None:
    """Of an address that only a copy has: the one that the site has for it.

    A reader may still have the copy open when the site is back.
    """
    if path == PER_REGION_PAGE:
        return f"{reverse('white_spots')}?{urlencode([PER_REGION])}"
    root = reverse("practice_list")
    parts = path.removeprefix(root).strip("/").split("/")
    if path == root or not _OWN.fullmatch(path):
        return None
    return f"{root}?{urlencode(list(zip(parts[::2], parts[1::2], strict=True)))}"


def _of_question(path: str, query: str) -> str | None:
    """Of one filter, one page, or both."""
    asked = parse_qsl(query, keep_blank_values=True)
    if path == reverse("white_spots") and asked == [PER_REGION]:
        return PER_REGION_PAGE
    filters = [(name, value) for name, value in asked if name != PAGE]
    pages = [value for name, value in asked if name == PAGE]
    parts = [f"{name}/{value}/" for name, value in filters]
    parts += [f"{PAGE}/{value}/" for value in pages]
    address = f"{path}{''.join(parts)}"
    if path == reverse("practice_list") and len(filters) <= 1 and _OWN.fullmatch(address):
        return address
    return None


def _name_of(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""
