"""Entries that have to be looked at again, and the moments around them."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from practices.models import Practice
from tests.factories import DigestFactory, PracticeFactory, ReminderFactory

OLD = "2018-08-01"


def an_old_entry(**fields):
    """Published, and last changed long before any mail of a test."""
    practice = PracticeFactory(**{"described_on": OLD} | fields)
    touch(practice, datetime(2018, 9, 1, tzinfo=UTC))
    return practice


def touch(practice, moment):
    Practice.objects.filter(pk=practice.pk).update(modified=moment)
    practice.refresh_from_db()


def ago(days):
    return timezone.now() - timedelta(days=days)


def reminded(practice, user, days, **fields):
    """A mail of so many days ago that named the entry."""
    digest = DigestFactory(recipient=user, sent_at=ago(days))
    return ReminderFactory(digest=digest, practice=practice, **fields)
