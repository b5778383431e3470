"""Which way a request goes; with servers that really stop: tests/servers/test_faults.py."""

import re

import pytest
from django.conf import settings as site
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import get_resolver

from parelkaart.databases import middleware, watch
from parelkaart.databases.middleware import databases, is_for_readers
from parelkaart.databases.watch import Trouble
from tests.parelkaart.test_urls import ADDRESSES, INSIDE, addresses

SAMPLES = {"slug": "x", "str": "x", "path": "x.jpg", "int": "1"}


def path_of(route):
    return "/" + re.sub(r"<(\w+):\w+>", lambda found: SAMPLES[found[1]], route)


@pytest.mark.django_db
def test_what_takes_a_form_is_not_for_readers(client):
    """A view for readers refuses anything but reading, before it looks at the database."""
    takes_forms = {
        route for route in ADDRESSES if client.post(path_of(route)).status_code not in (405, 404)
    }
    reading = {route for route in ADDRESSES if is_for_readers(RequestFactory().get(path_of(route)))}

    assert reading & takes_forms == set()
    assert {ADDRESSES[route] for route in set(ADDRESSES) - reading} == middleware.FORMS


def test_nothing_inside_is_for_readers():
    inside = [route for route in addresses(get_resolver()) if route.startswith(INSIDE)]

    paths = [f"/{route.split('<')[0].split('^')[0]}" for route in inside]
    assert len(paths) > 100
    assert [path for path in paths if is_for_readers(RequestFactory().get(path))] == []


@pytest.mark.parametrize(
    ("cookie", "down", "expected"),
    [
        ("", [], ["replica", "default"]),
        ("", ["replica"], ["default"]),
        ("", ["default"], ["replica"]),
        ("", ["default", "replica"], []),
        ("editor", [], ["default", "replica"]),
        ("editor", ["default"], ["replica"]),
    ],
)
def test_order_in_which_databases_are_asked(monkeypatch, cookie, down, expected):
    monkeypatch.setattr(middleware, "connections", ["default", "replica"])
    monkeypatch.setattr(watch, "is_down", lambda alias: alias in down)
    request = RequestFactory().get("/praktijken/")
    if cookie:
        request.COOKIES[site.SESSION_COOKIE_NAME] = cookie

    assert middleware._in_order(request) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        ("get", "/over/", "parelkaart.views.licence"),
        ("post", "/praktijk-voorstellen/", "practices.contribution_views.ProposalForm"),
    ],
)
@pytest.mark.parametrize(
    ("trouble", "status", "template"),
    [(Trouble.BUSY, 503, "503.html"), (None, 500, "500.html")],
)
def test_error_in_a_view(monkeypatch, method, path, name, trouble, status, template):
    def fail(*args, **kwargs):
        raise OperationalError("nothing works")

    monkeypatch.setattr(name, fail)
    monkeypatch.setattr(watch, "trouble", lambda *_: trouble)

    answer = getattr(Client(raise_request_exception=False), method)(path)

    shown = [used.name for used in answer.templates if used.name[0] == "5"]
    assert (answer.status_code, shown[-1]) == (status, template)


def test_second_try_is_for_readers_only(monkeypatch):
    tries = []

    def fail_once(request, get_response, alias):
        tries.append(request.method)
        return HttpResponse(), Trouble.LOST if len(tries) == 1 else None

    monkeypatch.setattr(middleware, "_try", fail_once)
    answer = databases(lambda _: HttpResponse())

    assert answer(RequestFactory().get("/over/")).status_code == 200
    assert tries == ["GET", "GET"]
    tries.clear()
    assert answer(RequestFactory().post("/praktijk-voorstellen/")).status_code == 503
    assert tries == ["POST"]
