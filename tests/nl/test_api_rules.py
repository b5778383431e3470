"""The NLGov REST API Design Rules 2.1 and the geo module, on the description and on answers."""

from __future__ import annotations

import json
import logging
import re

import pytest
from django.conf import settings as site
from django.core.management import call_command
from django.test import Client

from practices.api.app import VERSION, api
from practices.api.parameters import CRS84
from practices.management.commands.write_openapi import document
from practices.models import CatalogueVersion
from tests.factories import MunicipalityFactory, PracticeFactory, ThemeFactory

BASE = "/api/v1"
KEPT = site.BASE_DIR / "docs" / "api" / "openapi.json"
PATH = re.compile(r"(/(_?[a-z0-9]+(-[a-z0-9]+)*|\{[a-z][A-Za-z0-9]*\}))+")
CAMEL_CASE = re.compile(r"[a-z][a-zA-Z0-9]*")
SEMVER = re.compile(r"\d+\.\d+\.\d+")
GEO = ("/praktijken", "/praktijken/taalhuis", "/gemeenten", "/gemeenten/heerlen")
OTHER = (
    "/regios",
    "/themas",
    "/doelgroepen",
    "/knelpunten",
    "/instrumenten",
    "/aanbevelingen",
    "/treden",
    "/keuzelijsten",
    "/kerncijfers",
    "/zoeksuggesties?q=taal",
)


@pytest.fixture(scope="module")
def schema():
    return json.loads(document())


@pytest.fixture
def catalogue(db):
    heerlen = MunicipalityFactory(slug="heerlen")
    PracticeFactory(slug="taalhuis", title="Taalhuis", municipalities=[heerlen])


def operations(schema):
    return {path: methods["get"] for path, methods in schema["paths"].items()}


def properties(schema):
    for shape in schema["components"]["schemas"].values():
        yield from shape.get("properties", {}).items()


# --- the description ----------------------------------------------------------------------


def test_kept_description_is_that_of_the_code(tmp_path):
    call_command("write_openapi", tmp_path / "openapi.json", verbosity=0)

    assert KEPT.read_text("utf-8") == (tmp_path / "openapi.json").read_text("utf-8"), (
        "Run manage.py write_openapi, and tell of the change in docs/api/CHANGELOG.md."
    )


def test_description_tells_who_which_version_and_which_licence(schema):
    info = schema["info"]

    assert schema["openapi"].startswith("3.")
    assert (info["version"], bool(SEMVER.fullmatch(VERSION))) == (VERSION, True)
    assert {name for name, value in info["contact"].items() if value} == {"name", "url", "email"}
    assert info["license"]["url"] == "https://creativecommons.org/licenses/by/4.0/"
    assert [server["url"] for server in schema["servers"]] == ["https://parels.example.org/api/v1"]


def test_latest_version_in_the_changelog_of_the_api_is_this_one():
    text = (site.BASE_DIR / "docs" / "api" / "CHANGELOG.md").read_text("utf-8")

    assert re.findall(r"^## \[(\S+)\]", text, re.MULTILINE)[0] == VERSION


def test_paths_are_kebab_case_without_a_slash_at_the_end(schema):
    assert [path for path in schema["paths"] if not PATH.fullmatch(path)] == []
    assert {method for methods in schema["paths"].values() for method in methods} == {"get"}


def test_names_of_parameters_and_fields_are_camel_case(schema):
    asked = {
        parameter["name"]
        for operation in operations(schema).values()
        for parameter in operation["parameters"]
        if parameter["in"] != "header"
    }
    told = {name for name, _ in properties(schema)}

    assert [name for name in asked | told if not CAMEL_CASE.fullmatch(name)] == []
    assert {"perPagina", "sleutel"} <= asked
    assert {"bevestigdOp", "in"} <= told


def test_days_are_days_and_moments_are_moments(schema):
    formats = {
        name: {part.get("format") for part in (shape, *shape.get("anyOf", ()))} - {None}
        for name, shape in properties(schema)
        if name.endswith(("Op", "datum", "Sinds")) or name == "sinds"
    }

    assert {name for name, found in formats.items() if found == {"date-time"}} == {"gewijzigdOp"}
    assert {frozenset(found) for name, found in formats.items() if name != "gewijzigdOp"} == {
        frozenset({"date"})
    }


def test_every_answer_tells_the_version_and_every_error_is_a_problem(schema):
    for path, operation in operations(schema).items():
        answers = operation["responses"]

        assert {"200", "400", "405", "500"} <= set(answers), path
        assert ("404" in answers) == ("{" in path), path
        assert [s for s, a in answers.items() if "API-Version" not in a["headers"]] == [], path
        assert {
            kind for status, a in answers.items() if status >= "400" for kind in a["content"]
        } == {"application/problem+json"}, path


def test_nothing_tells_what_it_is_made_with(schema):
    told = json.dumps(schema).casefold()

    assert [word for word in ("django", "ninja", "pydantic", "sql") if word in told] == []


# --- answers ------------------------------------------------------------------------------


def answers(client, *paths, **headers):
    return {path: client.get(f"{BASE}{path}", headers=headers) for path in paths}


def test_every_answer_is_open_versioned_and_may_be_kept(client, catalogue):
    found = answers(client, *GEO, *OTHER, "/openapi.json", origin="https://elders.example.org")

    for path, response in found.items():
        assert response.status_code == 200, path
        assert response["Content-Type"].startswith("application/json"), path
        assert response["API-Version"] == VERSION
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response
        assert response["Cache-Control"] == "public, max-age=60", path
        assert response.cookies == {}
    again = {
        path: client.get(f"{BASE}{path}", headers={"if-none-match": r["ETag"]})
        for path, r in found.items()
    }
    assert {(r.status_code, r["API-Version"], r.content) for r in again.values()} == {
        (304, VERSION, b"")
    }


def test_an_edit_makes_every_answer_new(client, catalogue):
    before = answers(client, *GEO, *OTHER)
    token = CatalogueVersion.objects.get().token
    ThemeFactory()
    assert CatalogueVersion.objects.get().token != token

    again = {
        path: client.get(f"{BASE}{path}", headers={"if-none-match": r["ETag"]}).status_code
        for path, r in before.items()
    }

    assert set(again.values()) == {200}


@pytest.mark.parametrize("path", ["/praktijken/", "/gemeenten/heerlen/", "/", "", "/nergens"])
def test_slash_at_the_end_and_unknown_addresses_are_not_found(client, catalogue, path):
    response = client.get(f"{BASE}{path}")

    assert problem(response) == (404, "Niet gevonden")


def problem(response):
    told = json.loads(response.content)
    assert response["Content-Type"] == "application/problem+json"
    assert response["API-Version"] == VERSION
    assert response["Access-Control-Allow-Origin"] == "*"
    assert (told["status"], bool(told["detail"])) == (response.status_code, True)
    return told["status"], told["title"]


@pytest.mark.parametrize("path", ["/praktijken/nergens", "/gemeenten/nergens"])
def test_what_is_not_there_is_a_problem_too(client, catalogue, path):
    assert problem(client.get(f"{BASE}{path}")) == (404, "Niet gevonden")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["/praktijken", "/openapi.json"])
def test_other_methods_are_not_allowed(catalogue, method, path):
    response = getattr(Client(enforce_csrf_checks=True), method)(f"{BASE}{path}")

    assert problem(response) == (405, "Methode niet toegestaan")
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_head_and_options_are_answered(client, catalogue):
    head = client.head(f"{BASE}/praktijken")
    options = client.options(f"{BASE}/praktijken")

    assert (head.status_code, head.content, head["Total-Count"]) == (200, b"", "1")
    assert (options.status_code, options.content) == (204, b"")
    assert options["Allow"] == options["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in options["Access-Control-Allow-Headers"]
    assert options["X-Content-Type-Options"] == "nosniff"
    assert client.options(f"{BASE}/nergens").status_code == 404


def test_everything_that_is_wrong_is_told_at_once(client, catalogue):
    query = "thema=nix&fase=loopt&fase=vliegt&pagina=0&perPagina=x&zoals=nergens&sortby=titel"

    response = client.get(f"{BASE}/praktijken?{query}")

    assert problem(response) == (400, "Ongeldig verzoek")
    assert {
        (error["in"], error["location"]["name"], error["location"].get("index"), error["code"])
        for error in json.loads(response.content)["errors"]
    } == {
        ("query", "thema", 0, "unknown_value"),
        ("query", "fase", 1, "unknown_value"),
        ("query", "pagina", None, "greater_than_equal"),
        ("query", "perPagina", None, "int_parsing"),
        ("query", "zoals", None, "unknown_value"),
        ("query", "sortby", None, "unknown_parameter"),
    }


@pytest.mark.parametrize("path", [path.partition("?")[0] for path in (*GEO, *OTHER)])
def test_unknown_parameters_are_refused_everywhere(client, catalogue, path):
    response = client.get(f"{BASE}{path}?q=taal&onbekend=1")

    assert problem(response)[0] == 400
    assert "onbekend" in {e["location"]["name"] for e in json.loads(response.content)["errors"]}


def test_unexpected_error_is_a_problem_without_a_trace(client, catalogue, monkeypatch, caplog):
    def fail(*args, **kwargs):
        raise RuntimeError("zeepkist")

    monkeypatch.setattr("practices.api.operations.overview", fail)
    client.raise_request_exception = False
    with caplog.at_level(logging.ERROR):
        response = client.get(f"{BASE}/kerncijfers")

    assert problem(response) == (500, "Er ging iets mis")
    assert "zeepkist" not in response.content.decode()
    assert "zeepkist" in caplog.text


def test_unknown_host_is_a_problem(client, settings):
    settings.ALLOWED_HOSTS = ["localhost"]

    assert problem(client.get(f"{BASE}/themas", headers={"host": "kwaad.example.org"}))[0] == 400


# --- the geo module -------------------------------------------------------------------------


def test_answers_with_coordinates_name_their_system(client, catalogue):
    found = answers(client, *GEO, *OTHER)

    assert {path: r.get("Content-Crs") for path, r in found.items()} == {
        **dict.fromkeys(GEO, f"<{CRS84}>"),
        **dict.fromkeys(OTHER),
    }


@pytest.mark.parametrize("path", GEO)
def test_another_system_is_refused(client, catalogue, path):
    accepted = client.get(f"{BASE}{path}?crs={CRS84}", headers={"accept-crs": f"<{CRS84}>"})
    by_header = client.get(f"{BASE}{path}", headers={"accept-crs": "EPSG:28992"})
    by_parameter = client.get(f"{BASE}{path}?crs=http://www.opengis.net/def/crs/EPSG/0/28992")

    assert accepted.status_code == 200
    assert problem(by_header)[0] == 406
    assert problem(by_parameter)[0] == 400


# --- the served description -----------------------------------------------------------------


def test_site_serves_the_description_with_its_own_address(client, catalogue, settings, schema):
    settings.SITE_CONTACT_EMAIL = "parels@example.org"
    settings.SITE_ORGANISATION = "Provincie Voorbeeld"
    settings.CONTENT_LICENCE = "CC0-1.0"

    served = json.loads(client.get(f"{BASE}/openapi.json").content)

    assert served["servers"] == [{"url": "http://testserver/api/v1"}]
    assert served["info"]["contact"]["email"] == "parels@example.org"
    assert served["info"]["contact"]["name"] == "Provincie Voorbeeld"
    assert "CC0" in served["info"]["license"]["name"]
    assert served["paths"] == schema["paths"]


def test_page_on_open_data_names_every_address(client, catalogue, schema):
    page = client.get("/open-data/").content.decode()

    assert [path for path in schema["paths"] if f"<code>{path}</code>" not in page] == []
    assert api.version in page
