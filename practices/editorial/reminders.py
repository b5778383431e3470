"""Which entries have to be looked at again, who is asked, and what came of earlier mails.

Nothing here sends or writes but `settle`; docs/adr/0018 says why it is as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils.timezone import localdate

from municipalities.models import Municipality
from practices.editorial.owners import Owners
from practices.editorial.people import name_of
from practices.enums import Freshness, ReminderAnswer, State
from practices.links.dead import dead_links_by_practice, with_dead_link
from practices.models import Digest, LinkCheck, Practice, Reminder

PERIOD = timedelta(days=30)  # between two mails to one person; also the time to answer one
UNANSWERED = 2  # so many, and the eindredactie is asked
LONGEST = 20  # entries in each part of a mail; the work list has the others
NOBODY = "iemand die hier niet meer werkt"
_DUE = (Freshness.STALE, Freshness.DUE_SOON)

# By entry, then by the person who was asked; None for accounts that are gone.
Waiting = dict[int, dict[int | None, list[Reminder]]]


# --- what came of earlier mails -------------------------------------------------------


def answer_to(reminder: Reminder) -> tuple[ReminderAnswer, datetime] | None:
    """What somebody did with the entry since, in whatever way: the mail did its work then."""
    practice, sent = reminder.practice, reminder.digest.sent_at
    if practice.modified <= sent:
        return None
    if practice.state == State.ARCHIVED:
        return ReminderAnswer.ARCHIVED, practice.modified
    if practice.confirmed_on and practice.confirmed_on >= localdate(sent):
        return ReminderAnswer.CONFIRMED, practice.modified
    return ReminderAnswer.CHANGED, practice.modified


def settle(*, save: bool = True) -> list[Reminder]:
    """Writes down the answers that came in another way; returns what nobody answered."""
    practices = Practice.objects.only("state", "confirmed_on", "modified")
    waiting = Reminder.objects.filter(answer="").select_related("digest__recipient")
    answered, unanswered = [], []
    for reminder in waiting.prefetch_related(Prefetch("practice", practices)).order_by("pk"):
        if found := answer_to(reminder):
            reminder.answer, reminder.answered_at = found
            answered.append(reminder)
        else:
            unanswered.append(reminder)
    if save:
        Reminder.objects.bulk_update(answered, ["answer", "answered_at"], batch_size=500)
    return unanswered


@dataclass(frozen=True)
class Asked:
    """Somebody who did not answer, and on which days the mails went out."""

    name: str
    days: tuple[date, ...]


def unanswered_by_entry(unanswered: list[Reminder], now: datetime) -> Waiting:
    """Only what its reader had the time to answer, and was not for the eindredactie."""
    found: Waiting = {}
    for reminder in unanswered:
        if not reminder.escalated and reminder.digest.sent_at <= now - PERIOD:
            people = found.setdefault(reminder.practice_id, {})
            people.setdefault(reminder.digest.recipient_id, []).append(reminder)
    return found


def _asked(reminders: list[Reminder]) -> Asked:
    recipient = reminders[0].digest.recipient
    days = (localdate(reminder.digest.sent_at) for reminder in reminders)
    return Asked(name_of(recipient) if recipient else NOBODY, tuple(days))


# --- who is asked about what ----------------------------------------------------------


@dataclass(frozen=True)
class Item:
    """`asked`: who did not answer before, when the eindredactie is asked instead."""

    practice: Any
    dead_links: list[LinkCheck]
    asked: list[Asked] = field(default_factory=list)


@dataclass
class PlannedDigest:
    """`broken`: entries that are recent enough, but refer to a link that works no more.

    `left_out`: of each part how many are too many for one mail. Nobody was asked about those.
    """

    recipient: Any
    own: list[Item] = field(default_factory=list)
    escalated: list[Item] = field(default_factory=list)
    broken: list[Item] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)

    def shorten(self) -> None:
        for part in ("own", "escalated", "broken"):
            items = getattr(self, part)
            self.left_out[part] = max(0, len(items) - LONGEST)
            del items[LONGEST:]

    @property
    def reminds_of(self) -> list[tuple[Item, bool]]:
        return [(item, False) for item in self.own] + [(item, True) for item in self.escalated]


class _Plan:
    def __init__(self, waiting: Waiting) -> None:
        self.owners = Owners()
        self.digests: dict[int, PlannedDigest] = {}
        self._waiting = waiting
        self._chiefs = {user.pk for user in self.owners.chiefs}

    def of(self, user: Any) -> PlannedDigest:
        return self.digests.setdefault(user.pk, PlannedDigest(user))

    def add(self, practice: Any, dead_links: list[LinkCheck]) -> None:
        asked = self.owners.asked_about(practice)
        item = Item(practice, dead_links)
        if practice.freshness not in _DUE:
            for user in asked:
                self.of(user).broken.append(item)
            return
        for user in asked:
            self.of(user).own.append(item)
        if silent := self._silent(practice, {user.pk for user in asked}):
            escalated = Item(practice, dead_links, silent)
            for user in self.owners.chiefs:
                if user not in asked:
                    self.of(user).escalated.append(escalated)

    def shorten(self) -> None:
        """What a person let pass so often that the eindredactie is asked comes after the rest,
        or the same entries would fill every mail.
        """
        for person, digest in self.digests.items():
            digest.own.sort(key=lambda item: self._passed(item, person) >= UNANSWERED)
            digest.shorten()

    def _passed(self, item: Item, person: int) -> int:
        return len(self._waiting.get(item.practice.pk, {}).get(person, []))

    def _silent(self, practice: Any, asked: set[int]) -> list[Asked]:
        """Who was asked, once one of them let two mails pass. Not who stood in as a chief."""
        people = {
            person: reminders
            for person, reminders in self._waiting.get(practice.pk, {}).items()
            if person in asked or person not in self._chiefs
        }
        if max(map(len, people.values()), default=0) < UNANSWERED:
            return []
        return [_asked(reminders) for reminders in people.values()]


def plan(now: datetime, *, save: bool = True) -> list[PlannedDigest]:
    """The mails of today. A number of queries that grows with nothing."""
    planned = _Plan(unanswered_by_entry(settle(save=save), now))
    dead = dead_links_by_practice()
    for practice in _practices(localdate(now)):
        planned.add(practice, dead.get(practice.pk, []))
    planned.shorten()
    recent = Digest.objects.filter(sent_at__gt=now - PERIOD)
    mailed = set(recent.values_list("recipient", flat=True))
    return [
        digest
        for person, digest in sorted(planned.digests.items())
        if digest.reminds_of and person not in mailed
    ]


def _practices(today: date) -> QuerySet:
    """Longest unconfirmed first; only what a mail tells of them."""
    fields = ("title", "slug", "owner", "confirmed_on", "described_on", "published_on")
    places = Prefetch("municipalities", Municipality.objects.only("pk").order_by("pk"))
    return (
        Practice.objects.published()
        .with_lifecycle(today)
        .filter(Q(freshness__in=_DUE) | Q(pk__in=with_dead_link().values("pk")))
        .only(*fields, "state", "review_months")
        .prefetch_related(places)
        .order_by(F("known_on").asc(nulls_first=True), "title", "pk")
    )
