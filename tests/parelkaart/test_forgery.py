"""Every address of the site: nothing is saved without a token, and nothing by looking.

The addresses are those that Django knows, so a new one is tried by itself.
"""

import re

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import get_resolver

from tests import page_types
from tests.parelkaart.test_urls import addresses

pytestmark = pytest.mark.django_db

PART = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
# Routes that are a regular expression.
SPELLED_OUT = {
    "account/wachtwoord": "/account/wachtwoord/nieuw/1-abc/",
    "beheer": "/beheer/practices/",
}
# Mail programs press this button for the reader: RFC 8058 knows no token. The key is signed.
WITHOUT_TOKEN = {"reminder_one_click"}
WRITES = re.compile(
    r'^\s*(INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(?P<table>\w+)', re.IGNORECASE
)
# What a visit may leave: counts of readers and of words that found nothing, and being there.
COUNTS = {
    "django_session",
    "parelkaart_cache",
    "practices_viewcount",
    "practices_missedquery",
}


def routes():
    found = addresses(get_resolver())
    return {
        route: name
        for route, name in found.items()
        # The admin's answer to an address that it does not have.
        if not route.endswith("(?P<url>.*)$")
    }


def path_of(route, values):
    if "(?P<" in route:
        return SPELLED_OUT[route.split("/^", 1)[0]]
    return "/" + PART.sub(lambda part: str(values(route, part["kind"])), route)


def nothing(route, kind):
    return "1" if kind == "int" else "x"


# --- sending ----------------------------------------------------------------------------


def test_every_address_refuses_what_is_sent_without_a_token(superuser):
    client = Client(enforce_csrf_checks=True)
    client.force_login(superuser)

    answers = {
        name or route: client.post(path_of(route, nothing)).status_code
        for route, name in routes().items()
    }

    taken = {name: status for name, status in answers.items() if status not in (403, 405)}
    assert set(taken) == WITHOUT_TOKEN
    assert list(answers.values()).count(403) > 100


# --- looking ------------------------------------------------------------------------------


def test_looking_saves_nothing(superuser_client):
    """As who may do everything, at objects that are there."""
    page_types.build()
    written = set()
    statuses = {}

    def watch(execute, sql, *arguments):
        if (match := WRITES.match(sql)) and match["table"] not in COUNTS:
            written.add((path, match["table"]))
        return execute(sql, *arguments)

    with connection.execute_wrapper(watch):
        for route in routes():
            path = path_of(route, first_key)
            response = superuser_client.get(path)
            statuses[path] = response.status_code
            if response.streaming:
                b"".join(response)

    assert written == set()
    assert list(statuses.values()).count(200) > 100


def first_key(route, kind):
    match = re.match(r"beheer/(?P<app>\w+)/(?P<model>\w+)/", route)
    if match and match["model"] in apps.all_models[match["app"]]:
        known = apps.get_model(match["app"], match["model"]).objects.first()
        return known.pk if known else 1
    return page_types.FULL if kind == "slug" else nothing(route, kind)


def test_saving_would_have_been_seen():
    assert WRITES.match('UPDATE "practices_practice" SET')["table"] == "practices_practice"
    assert WRITES.match("SELECT 1") is None
