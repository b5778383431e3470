"""How often, counted for an address and for a mailbox."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection

from practices.contributions.limits import PER_ADDRESS, PER_MAILBOX
from tests.practices.contributions.sending import (
    PROPOSAL,
    PROPOSAL_URL,
    complaints,
    send,
    stored,
)

pytestmark = [pytest.mark.django_db, pytest.mark.contract]


def send_from(client, address, number, **more):
    mailbox = f"lezer-{number}@example.org"
    return send(client, PROPOSAL_URL, PROPOSAL | {"sender_email": mailbox} | more, **ip(address))


def ip(address):
    return {"REMOTE_ADDR": address}


def fill(client, address="203.0.113.7"):
    statuses = {send_from(client, address, number).status_code for number in range(PER_ADDRESS)}
    assert statuses == {302}


def test_too_many_from_one_address_are_refused_with_the_text_kept(client):
    fill(client)

    response = send_from(client, "203.0.113.7", 99)
    elsewhere = send_from(client, "203.0.113.8", 99)

    assert (response.status_code, elsewhere.status_code) == (429, 302)
    assert "Probeer het over een uur opnieuw." in complaints(response)[0]
    assert "Fietsen voor iedereen" in response.content.decode()
    assert "lezer-99@example.org" in response.content.decode()
    assert len(stored()) == PER_ADDRESS + 1


def test_too_many_to_one_mailbox_are_refused_from_anywhere(client):
    for number in range(PER_MAILBOX):
        sender = PROPOSAL | {"sender_email": "Anna@example.org"}
        assert send(client, PROPOSAL_URL, sender, **ip(f"203.0.113.{number}")).status_code == 302

    response = send(client, PROPOSAL_URL, PROPOSAL, **ip("198.51.100.1"))

    assert (response.status_code, len(mail.outbox)) == (429, PER_MAILBOX)


def test_trapped_ones_and_good_ones_are_limited_alike(client):
    for number in range(PER_ADDRESS):
        assert send_from(client, "203.0.113.7", number, subject="x").status_code == 302

    assert send_from(client, "203.0.113.7", 99).status_code == 429
    assert send_from(client, "203.0.113.7", 99, subject="x").status_code == 429


def test_errors_do_not_count(client):
    for number in range(PER_ADDRESS + 1):
        send_from(client, "203.0.113.7", number, title="")

    assert send_from(client, "203.0.113.7", 1).status_code == 302


def test_refused_try_does_not_use_up_a_turn_of_the_other_count(client):
    for number in range(PER_MAILBOX):
        send(client, PROPOSAL_URL, PROPOSAL, **ip(f"203.0.113.{number}"))
    for _ in range(PER_ADDRESS):
        assert send(client, PROPOSAL_URL, PROPOSAL, **ip("198.51.100.1")).status_code == 429

    assert send_from(client, "198.51.100.1", 1).status_code == 302


def test_whole_subscription_of_ipv6_counts_as_one(client):
    fill(client, "2001:db8:1:2::1")

    assert send_from(client, "2001:db8:1:2:ffff::9", 99).status_code == 429
    assert send_from(client, "2001:db8:1:3::1", 99).status_code == 302


def test_behind_a_proxy_the_visitor_is_counted_and_a_forged_header_is_not_believed(
    client, settings
):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    header = {"REMOTE_ADDR": "10.0.0.1"}
    for number in range(PER_ADDRESS):
        data = PROPOSAL | {"sender_email": f"lezer-{number}@example.org"}
        forwarded = {"HTTP_X_FORWARDED_FOR": f"192.0.2.{number}, 203.0.113.7"}
        assert send(client, PROPOSAL_URL, data, **header, **forwarded).status_code == 302

    same = send(client, PROPOSAL_URL, PROPOSAL, **header, HTTP_X_FORWARDED_FOR="203.0.113.7")
    other = send(client, PROPOSAL_URL, PROPOSAL, **header, HTTP_X_FORWARDED_FOR="203.0.113.8")

    assert (same.status_code, other.status_code) == (429, 302)


@pytest.mark.parametrize("forwarded", ["203.0.113.7", "x, y", ","])
def test_odd_header_is_no_error(client, settings, forwarded):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2

    response = send(client, PROPOSAL_URL, PROPOSAL, HTTP_X_FORWARDED_FOR=forwarded)

    assert response.status_code == 302


def test_no_address_can_be_read_from_what_is_counted(client):
    send_from(client, "203.0.113.7", 1)

    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM parelkaart_cache")
        keys = [key for (key,) in cursor.fetchall()]
    assert [key.split(":")[3] for key in sorted(keys)] == ["address", "mailbox"]
    assert [key for key in keys if "203.0" in key or "lezer" in key] == []
    cache.clear()
    assert send_from(client, "203.0.113.7", 1).status_code == 302
