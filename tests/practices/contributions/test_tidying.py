from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from practices.contributions.tidying import SENDER_DAYS, UNCONFIRMED_DAYS
from practices.enums import SuggestionState
from practices.models import Suggestion
from tests.factories import SuggestionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.contract]


def tidy():
    told = StringIO()
    call_command("tidy_suggestions", stdout=told)
    return told.getvalue().strip()


def suggestion(text, days, **fields):
    made = SuggestionFactory(
        text=text, sender_name="Anna", sender_email="anna@example.org", **fields
    )
    Suggestion.objects.filter(pk=made.pk).update(created=timezone.now() - timedelta(days=days))


def test_old_unconfirmed_ones_are_deleted_and_no_others():
    suggestion("oud", UNCONFIRMED_DAYS + 1, state=SuggestionState.UNCONFIRMED)
    suggestion("vers", UNCONFIRMED_DAYS - 1, state=SuggestionState.UNCONFIRMED)
    suggestion("bevestigd", 400, state=SuggestionState.NEW)

    assert tidy() == "Onbevestigde voorstellen verwijderd: 1. Afzenders gewist: 0."
    texts = Suggestion.objects.order_by("text").values_list("text", "sender_email")
    assert list(texts) == [("bevestigd", "anna@example.org"), ("vers", "anna@example.org")]


def test_senders_of_what_was_handled_long_ago_are_emptied_and_the_text_stays():
    now = timezone.now()
    long_ago, lately = (now - timedelta(days=SENDER_DAYS + more) for more in (1, -1))
    suggestion("lang", 400, state=SuggestionState.ACCEPTED, handled_at=long_ago)
    suggestion("nee", 400, state=SuggestionState.REJECTED, handled_at=long_ago)
    suggestion("kort", 400, state=SuggestionState.ACCEPTED, handled_at=lately)
    suggestion("van voor de datum", 400, state=SuggestionState.ACCEPTED)

    assert tidy() == "Onbevestigde voorstellen verwijderd: 0. Afzenders gewist: 3."
    senders = {row.text: (row.sender_name, row.sender_email) for row in Suggestion.objects.all()}
    assert senders == {
        "lang": ("", ""),
        "nee": ("", ""),
        "kort": ("Anna", "anna@example.org"),
        "van voor de datum": ("", ""),
    }


def test_second_time_there_is_nothing_to_do():
    suggestion("oud", UNCONFIRMED_DAYS + 1, state=SuggestionState.UNCONFIRMED)
    tidy()

    assert tidy() == "Onbevestigde voorstellen verwijderd: 0. Afzenders gewist: 0."
