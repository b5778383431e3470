"""Tokens: signed, for one purpose, for a time."""

import time

import pytest
from django.core import signing

from practices.editorial.reminder_links import (
    ExpiredError,
    Purpose,
    confirm_token,
    content_of,
    unsubscribe_token,
)

DAY = 24 * 3600


def at(days, monkeypatch):
    now = time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + days * DAY)


def test_token_is_worth_something_for_its_own_purpose_only():
    confirm, unsubscribe = confirm_token(7), unsubscribe_token(7)

    assert [content_of(confirm, purpose) for purpose in Purpose] == [[7], None, None]
    assert [content_of(unsubscribe, purpose) for purpose in Purpose] == [None, [7], None]


def test_purpose_is_signed_too_and_not_in_the_salt_alone():
    forged = signing.dumps(["afmelden", 7], salt="practices.reminders.bevestigen")

    assert content_of(forged, Purpose.CONFIRM) is None


def test_token_that_was_changed_is_worth_nothing():
    token = confirm_token(7)
    head, rest = token.split(":", 1)

    for wrong in (
        f"{confirm_token(8).split(':')[0]}:{rest}",
        token[:-1],
        f"{token}x",
        head,
        "",
        ":",
    ):
        assert content_of(wrong, Purpose.CONFIRM) is None


def test_link_to_confirm_expires_and_the_one_to_unsubscribe_does_not(monkeypatch, settings):
    confirm, unsubscribe = confirm_token(7), unsubscribe_token(7)

    at(44.9, monkeypatch)
    assert content_of(confirm, Purpose.CONFIRM) == [7]
    at(1000, monkeypatch)
    with pytest.raises(ExpiredError):
        content_of(confirm, Purpose.CONFIRM)
    assert content_of(unsubscribe, Purpose.UNSUBSCRIBE) == [7]


def test_number_of_days_is_a_setting(monkeypatch, settings):
    settings.REMINDER_LINK_DAYS = 3
    token = confirm_token(7)

    at(3.1, monkeypatch)

    with pytest.raises(ExpiredError):
        content_of(token, Purpose.CONFIRM)
