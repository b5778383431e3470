"""The number of a request, its line in the log, and what is left out of it."""

import json
import logging
import re

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from parelkaart.logs import current
from parelkaart.logs.formats import JsonFormatter, PlainFormatter
from parelkaart.logs.paths import without_keys

GIVEN = "proxy-20261126.abc"


@pytest.fixture
def lines(settings, caplog):
    settings.LOG_ACCESS = True
    caplog.set_level("INFO", logger="parelkaart.access")
    return lambda: [record for record in caplog.records if record.name == "parelkaart.access"]


def a_record(message, *args, **facts):
    logger = logging.getLogger("parelkaart")
    return logger.makeRecord("parelkaart", logging.INFO, "", 0, message, args, None, extra=facts)


def as_json(record):
    return json.loads(JsonFormatter().format(record))


def test_each_answer_has_a_number_of_its_own(client):
    first, second = (client.get("/robots.txt").headers["X-Request-ID"] for _ in range(2))

    assert re.fullmatch(r"[0-9a-f]{16}", first)
    assert first != second


@pytest.mark.parametrize(
    ("proxies", "given", "believed"),
    [
        (1, GIVEN, True),
        (0, GIVEN, False),
        (1, "kort", False),
        (1, "x" * 65, False),
        (1, 'a"b\n{"event": 1}', False),
    ],
)
def test_number_of_a_trusted_proxy_is_kept(client, settings, proxies, given, believed):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies

    response = client.get("/robots.txt", headers={"X-Request-ID": given})

    assert (response.headers["X-Request-ID"] == given) is believed


def test_line_tells_what_was_asked_and_not_by_whom(client, lines):
    client.get("/robots.txt?q=schulden")

    (record,) = lines()
    told = as_json(record)
    assert set(told) == {
        "timestamp", "level", "logger", "event", "method", "path", "status", "duration_ms", "bytes",
    }  # fmt: skip
    assert (told["event"], told["method"], told["path"], told["status"]) == (
        "request",
        "GET",
        "/robots.txt",
        200,
    )
    assert told["timestamp"].endswith("+00:00")


def test_words_of_a_search_are_logged_by_setting_only(client, lines, settings):
    settings.LOG_QUERY_STRING = True
    client.get("/robots.txt?q=schulden")
    settings.LOG_ACCESS = False
    client.get("/robots.txt")

    assert [record.query for record in lines()] == ["q=schulden"]


def test_probe_is_logged_only_when_something_is_wrong(client, lines):
    client.get("/_healthz/livez/")
    client.post("/_healthz/livez/")

    assert [record.status for record in lines()] == [405]


def test_lines_within_a_request_have_its_number_and_later_ones_have_none(rf):
    record = a_record("x")
    number = current.begin(rf.get("/"))
    within = as_json(record)
    current.end()

    assert (within["request_id"], as_json(record).get("request_id")) == (number, None)


def test_page_about_an_error_tells_the_number_and_needs_no_database(caplog):
    """There is none in this test, which is the error too."""
    response = Client(raise_request_exception=False).get("/")

    number = response.headers["X-Request-ID"]
    assert response.status_code == 500
    assert f"<code>{number}</code>" in response.content.decode()
    error = next(record for record in caplog.records if record.name == "django.request")
    line = JsonFormatter().format(error)
    assert "\n" not in line
    assert "RuntimeError: Database access not allowed" in json.loads(line)["exception"]


# --- the form of a line -------------------------------------------------------------------


@pytest.mark.parametrize("formatter", [JsonFormatter(), PlainFormatter()])
def test_key_of_a_mail_is_in_no_line(formatter):
    line = formatter.format(
        a_record("Gone: %s", "/herinnering/MTI:geheim/", path="/herinnering/g/", request="iets")
    )

    assert "Gone: /herinnering/" in line
    assert [word for word in ("geheim", "/g/", "MTI", "iets") if word in line] == []


def test_facts_cannot_break_a_plain_line():
    record = a_record("sign_in", by='x\n"y')

    assert PlainFormatter().format(record).endswith(r' sign_in by="x\n\"y"')


def with_keys(resolver, prefix="/"):
    for pattern in resolver.url_patterns:
        route = f"{prefix}{pattern.pattern}"
        if not isinstance(pattern, URLPattern):
            yield from with_keys(pattern, route)
        elif {"token", "key"} & set(pattern.pattern.regex.groupindex):
            yield route


def test_each_address_with_a_key_is_known():
    found = list(with_keys(get_resolver()))

    assert [route for route in found if without_keys(route.replace("^", "")) == route] == []
    assert len(found) == 5


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/account/wachtwoord/nieuw/1-abc-123/", "/account/wachtwoord/nieuw/***/"),
        ("/account/wachtwoord/nieuw/klaar/", "/account/wachtwoord/nieuw/klaar/"),
        ("/herinneringen-uit/abc/direct/", "/herinneringen-uit/***/direct/"),
        ("/herinnering/abc", "/herinnering/***"),
        ("/praktijken/taalhuis/", "/praktijken/taalhuis/"),
    ],
)
def test_only_the_key_is_masked(path, told):
    assert without_keys(path) == told
