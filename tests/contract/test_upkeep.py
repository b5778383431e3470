"""Reminders and dead links, the same on both databases."""

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from practices.editorial.answering import Outcome, answer
from practices.editorial.reminder_links import confirm_token, seen_token
from practices.editorial.reminders import plan
from practices.enums import LinkState
from practices.links.dead import dead_links_by_practice, with_dead_link
from practices.models import LinkCheck, Practice, Reminder
from tests.factories import ClaimFactory, MunicipalityFactory, ReferenceFactory, SourceFactory
from tests.practices.editorial.people import eindredacteur, redacteur
from tests.practices.editorial.upkeep import an_old_entry, reminded

pytestmark = pytest.mark.django_db
URL = "https://example.org/weg"


@pytest.fixture
def heerlen():
    return MunicipalityFactory(name="Heerlen")


def test_entries_come_in_the_same_order_and_without_a_date_first(heerlen):
    redacteur(heerlen)
    for title, day in (("b", "2018-08-01"), ("c", None), ("a", "2018-08-01"), ("d", "2017-01-01")):
        an_old_entry(title=title, owner=heerlen, described_on=day)

    [digest] = plan(timezone.now())

    assert [item.practice.title for item in digest.own] == ["c", "d", "a", "b"]


def test_entry_is_asked_about_escalated_and_confirmed(heerlen, settings, capsys):
    settings.SITE_URL = "https://parels.example.org"
    editor, chief = redacteur(heerlen), eindredacteur()
    entry = an_old_entry(owner=heerlen)
    for days in (70, 35):
        reminded(entry, editor, days=days)

    for _ in range(2):
        call_command("send_reminders")
    assert sorted(message.to[0] for message in mail.outbox) == sorted([editor.email, chief.email])

    reminder = Reminder.objects.get(digest__recipient=chief)
    seen = seen_token(reminder.pk, Practice.objects.get().modified)
    token = confirm_token(reminder.pk)
    assert [answer(token, seen).outcome for _ in range(2)] == [Outcome.DONE, Outcome.DONE]
    assert Practice.objects.get().confirmed_by == chief
    assert plan(timezone.now()) == []
    assert set(Reminder.objects.values_list("answer", flat=True)) == {"bevestigd"}


def test_entries_with_a_dead_link_are_the_same_each_once():
    first, second = an_old_entry(), an_old_entry()
    source = SourceFactory(url=URL)
    ReferenceFactory(practice=first, source=source)
    for practice in (first, first, second):
        ClaimFactory(practice=practice, source=source)
    check = LinkCheck.objects.create(url=URL, state=LinkState.DEAD)

    assert list(with_dead_link().order_by("pk")) == [first, second]
    assert dead_links_by_practice() == {first.pk: [check], second.pk: [check]}
