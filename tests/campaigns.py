"""What is sent to the site: to which addresses, in which ways, with what (tests/strategies.py)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from html.parser import HTMLParser
from itertools import cycle
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from django.urls import URLResolver, get_resolver
from hypothesis import strategies as st

from practices.models import Practice, Source, Theme
from tests import strategies
from tests.admin_forms import add_url, change_url, opened
from tests.fuzzing import TOKEN, URLENCODED, Ask, Campaign, Result, Site, look
from tests.strategies import BOUNDARY, Form, any_text, escaped, forms, query_strings

MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"

# --- where to -----------------------------------------------------------------------------


def routes() -> list[str]:
    """Every address that a pattern of the site gives, as it is written there."""

    def walk(patterns: list[Any], before: str) -> Iterator[str]:
        for pattern in patterns:
            route = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, route)
            elif "(?P<url>" not in route:
                yield route

    return sorted(set(walk(get_resolver().url_patterns, "")))


def addresses(known: list[str], chosen: list[str]) -> st.SearchStrategy[str]:
    """Paths of these routes, their variable parts filled with what exists or with anything."""
    part = st.one_of(
        st.sampled_from(known),
        st.sampled_from(known),
        st.builds(escaped, any_text, strategies.ways),
    )

    return st.builds(_filled, st.sampled_from(chosen), st.lists(part, min_size=4, max_size=4))


def _filled(route: str, parts: list[str]) -> str:
    left = iter(parts)
    group = r"\^|\$|\(\?P<\w+>.*?\)(?=[-/])"
    plain = re.sub(group, lambda found: "x" * bool(found[0][1:]), route)
    return "/" + re.sub(r"<[^>]+>", lambda _: next(left), plain)


def each_address(site: Site, with_methods: Sequence[str], *, managed: bool = True) -> Result:
    """Every route once by each method; without `managed` none of the admin."""
    known = iter(cycle(known_values()))
    result = Result()
    for route in routes():
        of_admin = route.startswith("beheer/")
        path = _filled(route, [next(known) for _ in range(4)])
        for method in with_methods if managed or not of_admin else ():
            look(site, Ask(path, method=method, signed_in=of_admin), result)
    return result


# --- what goes along ----------------------------------------------------------------------

HEADERS = (
    "HTTP_HOST", "HTTP_COOKIE", "HTTP_ACCEPT", "HTTP_ACCEPT_ENCODING", "HTTP_ACCEPT_LANGUAGE",
    "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_MATCH", "HTTP_RANGE", "REMOTE_ADDR",
    "HTTP_IF_UNMODIFIED_SINCE", "HTTP_REFERER", "HTTP_ORIGIN", "HTTP_USER_AGENT", "CONTENT_TYPE",
    "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_REQUESTED_WITH", "HTTP_X_REQUEST_ID",
    "HTTP_TRACEPARENT", "HTTP_HX_REQUEST", "HTTP_HX_CURRENT_URL", "HTTP_HX_PROMPT",
    "HTTP_HX_CURRENT_URL_URI_AUTOENCODED", "HTTP_SEC_PURPOSE", "HTTP_AUTHORIZATION",
    "HTTP_X_CSRFTOKEN", "HTTP_ACCEPT_CRS", "HTTP_API_VERSION",
)  # fmt: skip
# What has a meaning in one of them, or nearly.
CONTENTS = (
    "*", "true", '"x"', 'W/"x", "', "bytes=0-", "bytes=-1,5-2,", "gzip;q=x", "*/*;q=9", "a..b",
    "Thu, 99 Nov 2026 10:00:00 GMT", "Thu, 01 Jan 0001 00:00:00 GMT", "[::1", "127.0.0.1:port",
    "127.0.0.1:99999", "example.org", "http://[x/", "http://127.0.0.1/é", "sessionid=x; csrftoken=",
    "sessionid", "=;=;", 'messages="W1siX19qc29uX21lc3NhZ2UiLF0="', "sessionid=" + "a" * 5000, "-1",
    "1e3", "999999999999", "300.1.1.1", "1.2.3.4, x", "prefetch", "text/turtle", "Basic ==",
    "application/geo+json", "00-" + "f" * 32 + "-" + "0" * 16 + "-zz",
)  # fmt: skip
METHODS = (
    "GET", "GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT",
    "PROPFIND", "get", "X" * 300, "É",
)  # fmt: skip


def as_header(text: str) -> str:
    """A server gives its bytes as Latin-1, and takes no line ends in it."""
    return re.sub(r"[\r\n]", "", text.encode("utf-8", "replace").decode("latin-1"))


odd_headers = st.dictionaries(
    st.sampled_from(HEADERS),
    st.one_of(st.sampled_from(CONTENTS), any_text.map(as_header)),
    max_size=4,
)
methods = st.sampled_from(METHODS)


def campaigns(site: Site, mailed: list[str]) -> list[Campaign]:
    """`mailed`: addresses that are in a mail."""
    known = known_values()
    every = routes()
    queries = query_strings(known)
    visited = addresses(known, [route for route in every if not route.startswith("beheer/")])
    managed = addresses(known, [route for route in every if route.startswith("beheer/")])
    anywhere = st.one_of(visited, visited, managed)
    few = st.one_of(st.just(""), queries)
    body = st.binary(max_size=50)
    anything = st.builds(Ask, anywhere, few, methods, body, odd_headers, st.booleans())
    return [
        Campaign("pages", 35, st.builds(Ask, visited, queries)),
        Campaign("methods and headers", 25, anything),
        Campaign(
            "lists of the admin", 12, st.builds(partial(Ask, signed_in=True), managed, queries)
        ),
        Campaign("forms of readers", 10, _forms(site, [*READERS, *mailed], signed_in=False)),
        Campaign("forms of the admin", 12, _forms(site, admin_forms(), signed_in=True)),
        Campaign("buttons of the admin", 6, _buttons(managed, known)),
    ]


READERS = [
    "/praktijk-voorstellen/",
    "/inloggen/",
    "/account/wachtwoord/vergeten/",
]


def known_values() -> list[str]:
    found = [str(pk) for model in (Practice, Source) for pk in _first(model, "pk")]
    for model in (Practice, Source, Theme):
        found += _first(model, "slug")
    return [
        *found,
        "beekdaelen",
        "ods",
        "xlsx",
        "indienen",
        "publiceren",
        "archiveren",
        "praktijken",
    ]


def _first(model: Any, name: str) -> list[Any]:
    return list(model._default_manager.order_by("pk").values_list(name, flat=True)[:3])


def admin_forms() -> list[str]:
    """Of each kind that an editor works with: a new one, and one that is there."""
    found = []
    for model, options in admin.site._registry.items():
        if options.has_add_permission(_everything()):
            found.append(add_url(model))
        instance = model._default_manager.order_by("pk").first()
        if instance is not None:
            found.append(change_url(instance))
    return found


def _everything() -> Any:
    request = RequestFactory().get("/")
    request.user = User(is_superuser=True, is_staff=True, is_active=True)
    return request


def _forms(site: Site, paths: list[str], *, signed_in: bool) -> st.SearchStrategy[Ask]:
    """Each form as it is opened, and then changed, in one of the ways a body can be written."""
    kinds = []
    for path in paths:
        filled = opened(site.client, path) if signed_in else plain_form(path)
        kinds.append(_form(path, filled, signed_in=signed_in))
    return st.one_of(kinds)


def plain_form(path: str) -> Form:
    found: Form = {}

    class Names(HTMLParser):
        def handle_starttag(self, tag: str, attrs: Any) -> None:
            given = dict(attrs)
            if tag in ("input", "textarea", "select", "button") and given.get("name"):
                found[given["name"]] = [given.get("value") or ""]

    Names().feed(Client().get(path).content.decode())
    return found


def _form(path: str, filled: Form, *, signed_in: bool) -> st.SearchStrategy[Ask]:
    filled = filled | {"csrfmiddlewaretoken": [TOKEN]}
    extra = ("_save", "_continue", "_popup", "_to_field", "_step", "next")
    changed = forms(filled, extra)

    def ask(form: Form, how: str, file: tuple[str, bytes], damage: bytes | None) -> Ask:
        if how == "urlencoded":
            pairs = [(name, value) for name, values in form.items() for value in values]
            body, kind = urlencode(pairs, errors="surrogatepass").encode(), URLENCODED
        else:
            names = [name for name in filled if name.endswith("alt")] or ["file"]
            files = {names[0].replace("alt", "image"): file}
            body, kind = strategies.multipart(form, files), MULTIPART
        sent = Ask(path, "", "POST", body, {"CONTENT_TYPE": kind}, signed_in)
        return sent if damage is None else replace(sent, body=damage)

    whole = strategies.multipart(filled, {"file": ("a.csv", b"adres")})
    damage = st.one_of(st.none(), st.none(), st.none(), st.none(), strategies.damaged(whole))
    return st.builds(ask, changed, st.sampled_from(["urlencoded", "multipart"]), FILES, damage)


FILES = st.tuples(
    any_text.map(lambda name: name.replace('"', "").replace("\r", "").replace("\n", "")[:300]),
    st.binary(max_size=200),
)


BUTTONS = (
    "action", "_selected_action", "select_across", "index", "post", "_step", "_seen_state",
    "reason", "privacy_reason", "answer", "doel", "mailen", "seen", "state", "started_on", "date",
    "note", "kept", "absorbed", "stamp", "sleutel", "file", "bevestig", "confirm", "municipality",
    "titel", "gemeente", "herinneringen",
)  # fmt: skip


def _buttons(managed: st.SearchStrategy[str], known: list[str]) -> st.SearchStrategy[Ask]:
    """What the admin takes on its other pages: steps, actions, adoptions, merging, imports."""
    names = st.sampled_from(BUTTONS)
    actions = [name for options in admin.site._registry.values() for name in options.actions or ()]
    values = st.one_of(st.sampled_from([*known, "delete_selected", *map(str, actions)]), any_text)
    pairs = st.lists(st.tuples(names, values), max_size=6)

    def ask(path: str, pairs: list[tuple[str, str]]) -> Ask:
        body = urlencode(pairs, errors="surrogatepass").encode()
        return Ask(path, "", "POST", body, {"CONTENT_TYPE": URLENCODED}, signed_in=True)

    return st.builds(ask, managed, pairs)
