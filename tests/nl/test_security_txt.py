"""security.txt by RFC 9116, read with the library that internet.nl uses."""

from datetime import UTC, datetime, timedelta

import pytest
from sectxt import Parser

ADDRESS = "/.well-known/security.txt"


@pytest.fixture
def served(client, settings):
    settings.ALLOWED_HOSTS = ["parels.example.org"]

    def get(**values):
        for name, value in values.items():
            setattr(settings, name, value)
        return client.get(ADDRESS, secure=True, headers={"host": "parels.example.org"})

    return get


def parsed(response):
    return Parser(response.content, urls=f"https://parels.example.org{ADDRESS}")


def fields(response):
    lines = parsed(response).lines
    return {line["field_name"]: line["value"] for line in lines if line["type"] == "field"}


@pytest.mark.parametrize("contact", ["mailto:veilig@example.org", "https://example.org/melden"])
def test_file_holds_no_error(served, contact):
    response = served(SECURITY_CONTACT=contact, SECURITY_POLICY_URL="https://example.org/cvd")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert parsed(response).errors == []
    assert {name: value for name, value in fields(response).items() if name != "expires"} == {
        "contact": contact,
        "preferred-languages": "nl, en",
        "canonical": f"https://parels.example.org{ADDRESS}",
        "policy": "https://example.org/cvd",
    }


def test_parser_finds_an_error_where_there_is_one(served):
    response = served(SECURITY_CONTACT="veilig@example.org")

    assert [error["code"] for error in parsed(response).errors] == ["no_uri"]


def test_it_expires_within_a_year(served):
    expires = fields(served(SECURITY_CONTACT="mailto:a@example.org"))["expires"]
    left = datetime.fromisoformat(expires) - datetime.now(UTC)

    assert timedelta(days=178) < left < timedelta(days=181)


def test_the_address_of_the_site_is_the_contact_when_there_is_no_other(served):
    response = served(SECURITY_CONTACT="", SITE_CONTACT_EMAIL="redactie@example.org")

    assert fields(response)["contact"] == "mailto:redactie@example.org"
    assert parsed(response).errors == []


def test_there_is_no_file_without_a_contact(served):
    assert served(SECURITY_CONTACT="", SITE_CONTACT_EMAIL="").status_code == 404


def test_the_old_place_is_not_used(client, settings, db):
    settings.SITE_CONTACT_EMAIL = "redactie@example.org"

    assert client.get("/security.txt").status_code == 404
