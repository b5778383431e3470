"""Two editors at the very same moment: one of them makes the concept."""

from threading import Thread

import pytest
from django.db import connection, transaction
from django.db.models.signals import pre_save

from practices.editorial import handling
from practices.editorial.workflow import RefusedError
from practices.enums import SuggestionState
from practices.models import Practice, Suggestion
from tests.factories import PracticeFactory, SuggestionFactory, UserFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.contract,
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="SQLite has one writer: nobody comes in between"
    ),
]


def test_second_of_two_waits_and_is_refused():
    chief, other = UserFactory(superuser=True), UserFactory(superuser=True)
    sent = SuggestionFactory(title="Ruilwinkel", summary="Ruilen.")
    told = []

    def accept():
        try:
            handling.accept_as_concept(sent.pk, other)
        except RefusedError as refused:
            told.append(str(refused))
        finally:
            connection.close()

    second = Thread(target=accept)
    with transaction.atomic():
        handling.accept_as_concept(sent.pk, chief)
        second.start()
        second.join(timeout=1)
        assert told == []
    second.join(timeout=20)

    assert [text.startswith("Niets gedaan: dit bericht is al afgehandeld") for text in told] == [
        True
    ]
    assert Practice.objects.count() == 1


def test_address_that_is_taken_in_between_leaves_the_proposal_open():
    chief = UserFactory(superuser=True)
    sent = SuggestionFactory(title="Ruilwinkel", summary="Ruilen.")
    arrived = []

    def somebody_else(instance, **kwargs):
        if not arrived:
            arrived.append(instance)
            other = Thread(target=lambda: (PracticeFactory(slug="ruilwinkel"), connection.close()))
            other.start()
            other.join(timeout=20)

    pre_save.connect(somebody_else, sender=Practice)
    try:
        with pytest.raises(RefusedError, match="Probeer het opnieuw"):
            handling.accept_as_concept(sent.pk, chief)
    finally:
        pre_save.disconnect(somebody_else, sender=Practice)

    assert Suggestion.objects.get().state == SuggestionState.NEW
    assert handling.accept_as_concept(sent.pk, chief).slug == "ruilwinkel-2"
