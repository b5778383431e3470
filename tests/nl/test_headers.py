"""What internet.nl asks of the headers of every answer, by the rules that its own source gives."""

import re

import pytest

from tests.factories import PracticeFactory
from tests.practices.packed import content_of

pytestmark = pytest.mark.django_db
ADDRESSES = [
    "/",
    "/praktijken/",
    "/praktijken/taalhuis/",
    "/praktijken/bestaat-niet/",
    "/kaart/",
    "/embed/kaart/",
    "/inloggen/",
    "/beheer/",
    "/api/v1/praktijken",
    "/api/v1/bestaat-niet",
    "/praktijken.csv",
    "/catalogus.ttl",
    "/praktijken.atom",
]
YEAR = 31_536_000  # seconds
FORBIDDEN = ("'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "http:", "https:", "*", "127.")


@pytest.fixture(params=ADDRESSES)
def headers(request, client, settings):
    settings.SECURE_HSTS_SECONDS = 63_072_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    PracticeFactory(slug="taalhuis")
    response = client.get(request.param, secure=True)
    content_of(response)
    return response.headers


def directives(policy):
    parts = (part.split() for part in policy.split(";") if part.strip())
    return {name: sources for name, *sources in parts}


def faults(policy):
    """What internet.nl would fail a Content-Security-Policy for."""
    found = directives(policy)
    wrong = [
        f"{name} {source}"
        for name, sources in found.items()
        for source in sources
        if source in FORBIDDEN or source.startswith(("http://", "127."))
    ]
    wrong += [
        f"{name} {source}: no scheme"
        for name, sources in found.items()
        for source in sources
        if re.match(r"[\w*-]+\.", source)
    ]
    for name in ("script-src", "object-src"):
        if "data:" in found.get(name, found.get("default-src", [])):
            wrong.append(f"{name} data:")
    if found.get("default-src") not in (["'none'"], ["'self'"]):
        wrong.append("default-src")
    wrong += [name for name in ("base-uri", "form-action") if name not in found]
    if not found.get("frame-ancestors") or found["frame-ancestors"][0] not in ("'none'", "'self'"):
        wrong.append("frame-ancestors")
    return wrong


def test_policy_passes(headers):
    assert faults(headers["Content-Security-Policy"]) == []


@pytest.mark.parametrize(
    ("policy", "fault"),
    [
        ("default-src 'none'; script-src 'unsafe-inline'", "script-src 'unsafe-inline'"),
        ("default-src 'none'; img-src service.pdok.nl", "img-src service.pdok.nl: no scheme"),
        ("default-src 'self' data:", "script-src data:"),
        ("default-src https:", "default-src https:"),
        ("default-src 'none'; img-src *", "img-src *"),
        ("default-src 'none'", "base-uri"),
    ],
)
def test_policy_that_fails_is_seen(policy, fault):
    assert fault in faults(policy)


def test_browser_stays_on_https_for_more_than_a_year(headers):
    first, *others = headers["Strict-Transport-Security"].split("; ")

    assert (int(first.removeprefix("max-age=")) >= YEAR, others[0]) == (True, "includeSubDomains")


def test_other_headers_are_those_that_are_asked(headers):
    assert headers["X-Frame-Options"] in ("DENY", "SAMEORIGIN")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] in ("no-referrer", "same-origin")
