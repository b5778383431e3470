"""Sends the mails that ask owners to look again, each of them once.

What is sent is written down before it goes, because the links in it need the number of
their reminder, and taken back when the mail server refuses it. No transaction stays open
while a mail server thinks. Who is cut off in between has missed a mail, and got none twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from practices.editorial.people import name_of
from practices.editorial.reminder_links import confirm_token, unsubscribe_token
from practices.editorial.reminders import PERIOD, Item, PlannedDigest, plan
from practices.models import Digest, LinkCheck, Practice, Reminder
from practices.site_address import absolute, site_address

# ValueError: an address that cannot be written in a mail.
FAILURES = (OSError, SMTPException, ValueError)


@dataclass(frozen=True)
class Line:
    """One entry in a mail."""

    title: str
    age: str
    page: str
    confirm: str
    change: str
    archive: str
    asked: tuple[str, ...]
    dead_links: list[LinkCheck]


@dataclass
class Result:
    sent: int = 0
    failed: int = 0


def send_all(now: datetime, failed: Callable[[PlannedDigest, Exception], None]) -> Result:
    """One address that fails does not stop the others."""
    site_address()
    result = Result()
    for planned in plan(now):
        try:
            result.sent += _send_once(planned, now)
        except FAILURES as failure:
            failed(planned, failure)
            result.failed += 1
    return result


def _send_once(planned: PlannedDigest, now: datetime) -> bool:
    reminders = _claim(planned, now)
    if not reminders:
        return False
    try:
        _message(planned, reminders).send()
    except BaseException:
        reminders[0].digest.delete()
        raise
    return True


@transaction.atomic
def _claim(planned: PlannedDigest, now: datetime) -> list[Reminder]:
    """Empty when another run was first: the account is held, so that two cannot both be."""
    get_user_model().objects.select_for_update().get(pk=planned.recipient.pk)
    digests = Digest.objects.filter(recipient=planned.recipient)
    if digests.filter(sent_at__gt=now - PERIOD).exists():
        return []
    digest = Digest.objects.create(recipient=planned.recipient, sent_at=now)
    return Reminder.objects.bulk_create(
        Reminder(digest=digest, practice=item.practice, escalated=escalated)
        for item, escalated in planned.reminds_of
    )


def _message(planned: PlannedDigest, reminders: list[Reminder]) -> EmailMultiAlternatives:
    numbers = {reminder.practice_id: reminder.pk for reminder in reminders}
    token = unsubscribe_token(planned.recipient.pk)
    context = {
        "site_name": settings.SITE_NAME,
        "name": name_of(planned.recipient),
        "days": settings.REMINDER_LINK_DAYS,
        "own": [_line(item, numbers) for item in planned.own],
        "escalated": [_line(item, numbers) for item in planned.escalated],
        "broken": [_line(item, numbers) for item in planned.broken],
        "left_out": planned.left_out,
        "worklist": absolute(reverse("admin:practices_practice_worklist")),
        "unsubscribe": absolute(reverse("reminder_preference", args=[token])),
    }
    message = EmailMultiAlternatives(
        subject(planned),
        render_to_string("practices/reminders/mail/digest.txt", context),
        to=[planned.recipient.email],
        headers={
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{absolute(reverse('reminder_one_click', args=[token]))}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    html = render_to_string("practices/reminders/mail/digest.html", context)
    message.attach_alternative(html, "text/html")
    return message


def subject(planned: PlannedDigest) -> str:
    number = len(planned.reminds_of)
    what = "Klopt deze praktijk nog?" if number == 1 else f"Kloppen deze {number} praktijken nog?"
    return f"{what} – {' '.join(settings.SITE_NAME.split())}"


def _line(item: Item, numbers: dict[int, int]) -> Line:
    practice = item.practice
    change = reverse("admin:practices_practice_change", args=[practice.pk])
    archive = reverse("admin:practices_practice_transition", args=[practice.pk, "archiveren"])
    number = numbers.get(practice.pk)
    confirm = reverse("reminder", args=[confirm_token(number)]) if number else ""
    return Line(
        " ".join(practice.title.split()),
        age(practice, timezone.localdate()),
        absolute(practice.get_absolute_url()),
        absolute(confirm) if confirm else "",
        absolute(change),
        absolute(archive),
        tuple(f"{asked.name}, op {_days(asked.days)}" for asked in item.asked),
        item.dead_links,
    )


def _days(days: tuple[date, ...]) -> str:
    written = [date_format(day, "j F Y") for day in days]
    return " en ".join([", ".join(written[:-1]), written[-1]] if written[1:] else written)


def age(practice: Practice | Any, today: date) -> str:
    """When somebody last vouched for the content, and how long ago that is."""
    known = practice.known_since
    if known is None:
        return "Nog nooit bevestigd, en er staat geen datum bij"
    when = f"op {date_format(known, 'j F Y')} ({_ago(known, today)})"
    if practice.confirmed_on:
        return f"Bevestigd {when}"
    return f"Beschreven {when}, nog nooit bevestigd"


def _ago(day: date, today: date) -> str:
    months = (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)
    if months < 1:
        return "minder dan een maand geleden"
    if months < 24:
        return "1 maand geleden" if months == 1 else f"{months} maanden geleden"
    return f"{months // 12} jaar geleden"
