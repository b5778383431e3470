"""Two saves at the very same moment: the second waits, then sees what the first did."""

from threading import Thread

import pytest
from django.db import connection, transaction
from django.db.models.signals import pre_save
from django.test import Client

from practices.models import Practice
from tests.admin_forms import add_url, change_url, errors, opened
from tests.factories import PracticeFactory, UserFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="SQLite has one writer: nobody comes in between"
    ),
]


@pytest.fixture
def client_of_editor():
    client = Client()
    client.force_login(UserFactory(superuser=True))
    return client


def test_second_of_two_simultaneous_saves_is_told(client_of_editor):
    practice = PracticeFactory(goal="Oud")
    url = change_url(practice)
    mine = opened(client_of_editor, url) | {"goal": "Van mij"}
    told = []

    def save_mine():
        try:
            told.extend(errors(client_of_editor.post(url, mine)))
        finally:
            connection.close()

    second = Thread(target=save_mine)
    with transaction.atomic():
        # The first editor holds the row and is not done yet when the second one arrives.
        Practice.objects.select_for_update().get(pk=practice.pk)
        Practice.objects.update(goal="Van de ander")
        second.start()
        second.join(timeout=1)
        assert told == []
    second.join(timeout=20)

    assert any("“Van de ander”" in text for text in told)
    practice.refresh_from_db()
    assert practice.goal == "Van de ander"


def test_address_taken_between_the_check_and_the_save_is_an_ordinary_error(client_of_editor):
    url = add_url(Practice)
    data = opened(client_of_editor, url) | {
        "title": "Nieuw",
        "slug": "nieuw",
        "kind": "pilot",
        "summary": "Kort.",
    }
    arrived = []

    def somebody_else(instance, **kwargs):
        """Saves the same address from another connection, just before this one does."""
        if not arrived:
            arrived.append(instance)
            other = Thread(target=lambda: (PracticeFactory(slug="nieuw"), connection.close()))
            other.start()
            other.join(timeout=20)

    pre_save.connect(somebody_else, sender=Practice)
    try:
        response = client_of_editor.post(url, data)
    finally:
        pre_save.disconnect(somebody_else, sender=Practice)

    assert errors(response) == ["Er bestaat al een Praktijk met eenzelfde Naam in het adres."]
    assert Practice.objects.count() == 1
