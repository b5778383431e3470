"""People who sign in, with what they need for it."""

import time

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.test import Client

from parelkaart.accounts import sessions
from tests.factories import PASSWORD, MembershipFactory, UserFactory


@pytest.fixture(autouse=True)
def fresh_counts(db):
    """Attempts are counted per address, and all tests come from the same one."""
    cache.clear()


@pytest.fixture
def anna(db):
    """On the staff, with a password and nothing else."""
    return UserFactory(staff=True, username="anna", email="anna@example.org")


@pytest.fixture
def secret(anna):
    """Gives Anna an app; the secret makes the codes."""
    secret = generate_totp_secret()
    TOTP.activate(anna, secret)
    return secret


@pytest.fixture
def recovery_codes(anna, secret):
    return RecoveryCodes.activate(anna).generate_codes()


@pytest.fixture(params=["superuser", "staff", "member"])
def worker(request, db):
    """Each kind of person that may enter the admin."""
    if request.param == "member":
        return MembershipFactory().user
    return UserFactory(**{request.param: True})


@pytest.fixture
def signed_in(anna):
    client = Client()
    client.force_login(anna)
    return client


def code_of(secret, periods_ago=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 - periods_ago))


def wrong_code(secret):
    """No code of now, a minute ago or in a minute."""
    near = {code_of(secret, ago) for ago in range(-2, 3)}
    return next(f"{number:06}" for number in range(9) if f"{number:06}" not in near)


def sign_in(client, login="anna", password=PASSWORD, path="/inloggen/", **kwargs):
    return client.post(path, {"login": login, "password": password}, **kwargs)


@pytest.fixture
def clock(monkeypatch):
    """The time of the sessions stands still; `clock.forward(minutes)`."""

    class Clock:
        time = sessions.now()

        def forward(self, minutes):
            self.time += minutes * 60

    clock = Clock()
    monkeypatch.setattr(sessions, "now", lambda: clock.time)
    return clock
