"""What is logged, and what never is."""

import json
import logging

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from parelkaart.accounts import factors
from tests.factories import PASSWORD, UserFactory
from tests.parelkaart.accounts.conftest import code_of, sign_in, wrong_code


def test_way_in_and_out_is_logged_in_order(client, anna, secret, events):
    code, wrong = code_of(secret), wrong_code(secret)
    sign_in(client, password="mijn-geheim")
    sign_in(client)
    client.post("/inloggen/tweede-stap/", {"code": wrong})
    client.post("/inloggen/tweede-stap/", {"code": code})
    client.post("/uitloggen/")

    assert [(event["event"], event["user"], event["ip"]) for event in events()] == [
        ("sign_in_failed", anna.pk, "127.0.0.1"),
        ("factor_failed", anna.pk, "127.0.0.1"),
        ("sign_in", anna.pk, "127.0.0.1"),
        ("sign_out", anna.pk, "127.0.0.1"),
    ]
    assert events("sign_in")[0]["methods"] == ["password", "mfa"]
    assert {event["timestamp"][-6:] for event in events()} == {"+00:00"}


def test_nothing_that_was_typed_is_logged(client, anna, secret, caplog, events):
    caplog.set_level("DEBUG")
    typed = ["mijn-geheim", PASSWORD, code_of(secret), wrong_code(secret), "Wachtwoord-als-naam"]
    sign_in(client, typed[4], "x")
    sign_in(client, password=typed[0])
    sign_in(client)
    client.post("/inloggen/tweede-stap/", {"code": typed[3]})
    client.post("/inloggen/tweede-stap/", {"code": typed[2]})

    security = [json.dumps(event) for event in events()]
    assert len(security) == 4
    assert [word for word in (*typed, secret) if any(word in line for line in security)] == []


def test_name_cannot_add_a_line_to_the_log(client, events, db):
    sign_in(client, 'x\n{"event": "sign_in"}', "x")

    assert [event["event"] for event in events()] == ["sign_in_failed"]


def test_email_address_in_the_field_of_the_name_tells_whose_account(client, anna, events):
    sign_in(client, "anna@example.org", "fout")

    assert [event["user"] for event in events("sign_in_failed")] == [anna.pk]


@pytest.mark.django_db(transaction=True)
def test_second_steps_that_come_and_go_are_logged(client, anna, events):
    sign_in(client)
    page = client.get("/account/tweede-stap/app/")
    client.post("/account/tweede-stap/app/", {"code": code_of(page.context["form"].secret)})
    client.post("/account/tweede-stap/herstelcodes/nieuw/")
    client.post("/account/tweede-stap/app/uitzetten/")

    found = events("factor_added", "factor_renewed", "factor_removed")
    assert sorted((event["event"], event["kind"]) for event in found) == [
        ("factor_added", "recovery_codes"),
        ("factor_added", "totp"),
        ("factor_removed", "recovery_codes"),
        ("factor_removed", "totp"),
        ("factor_renewed", "recovery_codes"),
    ]


def test_refused_page_of_the_admin_is_logged(client, events):
    editor = UserFactory(staff=True)
    client.force_login(editor)
    client.get("/beheer/auth/user/")

    found = [(event["user"], event["path"]) for event in events("permission_denied")]
    assert found == [(editor.pk, "/beheer/auth/user/")]


def test_forged_form_of_a_visitor_is_logged_without_an_address(events, db):
    Client(enforce_csrf_checks=True).post("/inloggen/", {"login": "x", "password": "y"})

    assert [(event["user"], event["path"]) for event in events("permission_denied")] == [(None, "")]


def test_events_are_logged_whatever_the_level_of_the_rest():
    assert settings.LOGGING["loggers"]["parelkaart.security"]["level"] == "INFO"
    assert logging.getLogger("parelkaart.security").isEnabledFor(logging.INFO)


# --- the way out for operators -------------------------------------------------------------


def test_command_removes_the_second_step_and_ends_the_sessions(
    anna, secret, signed_in, events, capsys
):
    call_command("reset_second_factor", "anna")

    assert factors.has_one(anna) is False
    assert signed_in.get("/beheer/").status_code == 302
    assert [event["by"] for event in events("factor_removed")] == ["reset_second_factor"]
    assert "De tweede stap van ‘anna’ is weg." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "message"),
    [("anna", "‘anna’ heeft geen tweede stap."), ("niemand", "Er is geen gebruiker ‘niemand’.")],
)
def test_command_tells_what_it_cannot_do(anna, name, message):
    with pytest.raises(CommandError, match=message):
        call_command("reset_second_factor", name)
    assert Authenticator.objects.count() == 0
