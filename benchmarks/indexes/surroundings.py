"""`python -m benchmarks.indexes.surroundings`: what a large catalogue has besides its entries.

History, sources, contacts, suggestions, readers, reminders and concepts, in numbers that go
with the number of entries: an index of a table that is nearly empty proves nothing. Does
nothing when they are there.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from datetime import timedelta
from itertools import islice
from random import Random
from typing import Any

import django

CHUNK = 2000
EDITORS = 300
MARK = "bench-"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.parse_args()
    django.setup()
    from practices.models import Source  # noqa: PLC0415 - needs Django set up

    if not Source.objects.filter(slug=f"{MARK}0").exists():
        _fill()


def _store(model: Any, rows: Iterable[Any]) -> None:
    source = iter(rows)
    while chunk := list(islice(source, CHUNK)):
        model._base_manager.bulk_create(chunk)


def _fill() -> None:
    from django.db import transaction  # noqa: PLC0415 - needs Django set up

    from benchmarks.filling import tidy  # noqa: PLC0415 - the same
    from municipalities.models import Municipality  # noqa: PLC0415 - the same
    from practices.models import Practice  # noqa: PLC0415 - the same

    chance = Random(1)
    entries = list(Practice.objects.order_by("pk").values_list("pk", flat=True))
    places = list(Municipality.objects.order_by("pk").values_list("pk", flat=True))
    with transaction.atomic():
        people = _people(places)
        for part in (_evidence, _history, _network, _upkeep, _sent_in, _unpublished):
            part(entries, places, people, chance)
    tidy()


def _people(places: list[int]) -> list[int]:
    from django.contrib.auth.models import User  # noqa: PLC0415 - needs Django set up

    from municipalities.models import Membership  # noqa: PLC0415 - the same

    _store(
        User,
        (
            User(username=f"{MARK}{number}", email=f"{number}@example.org", is_staff=True)
            for number in range(EDITORS)
        ),
    )
    people = list(User.objects.filter(username__startswith=MARK).values_list("pk", flat=True))
    _store(
        Membership,
        (
            Membership(user_id=person, municipality_id=places[number % len(places)])
            for number, person in enumerate(people)
        ),
    )
    return people


Rows = list[int]


def _evidence(entries: Rows, places: Rows, people: Rows, chance: Random) -> None:
    from practices.models import LinkCheck, Reference, Source  # noqa: PLC0415 - needs Django set up

    number = max(1, len(entries) // 5)
    url = "https://bron.example.org/{}".format
    _store(
        Source,
        (
            Source(
                title=f"Bron {n} van {MARK}", slug=f"{MARK}{n}", url=url(n), publisher="Uitgever"
            )
            for n in range(number)
        ),
    )
    sources = list(Source.objects.filter(slug__startswith=MARK).values_list("pk", flat=True))
    _store(
        Reference,
        (Reference(practice_id=pk, source_id=chance.choice(sources)) for pk in entries),
    )
    _store(
        LinkCheck,
        (LinkCheck(url=url(n), state="werkt" if n % 200 else "dood") for n in range(number)),
    )


def _history(entries: Rows, places: Rows, people: Rows, chance: Random) -> None:
    from django.contrib.admin.models import LogEntry  # noqa: PLC0415 - needs Django set up
    from django.contrib.contenttypes.models import ContentType  # noqa: PLC0415 - the same

    from practices.models import OldSlug, Practice, StateChange, Version  # noqa: PLC0415 - the same

    def version(key: int, action: str) -> Any:
        return Version(
            kind="practices.practice",
            key=key,
            title=f"Entry {key}",
            action=action,
            content={"fields": {"title": f"Entry {key}"}},
            by_id=chance.choice(people),
        )

    _store(Version, (version(pk, "gewijzigd") for pk in entries for _ in range(2)))
    gone = range(10**9, 10**9 + len(entries) // 50)
    _store(Version, (version(pk, "verwijderd") for pk in gone))
    _store(
        StateChange,
        (
            StateChange(
                practice_id=pk,
                from_state="concept",
                to_state="gepubliceerd",
                by_id=chance.choice(people),
            )
            for pk in entries
        ),
    )
    kind = ContentType.objects.get_for_model(Practice)
    _store(
        LogEntry,
        (
            LogEntry(
                user_id=chance.choice(people),
                content_type=kind,
                object_id=str(pk),
                object_repr=f"Entry {pk}",
                action_flag=2,
                change_message="[]",
            )
            for pk in entries
        ),
    )
    _store(OldSlug, (OldSlug(slug=f"{MARK}{pk}", practice_id=pk) for pk in entries[::10]))


def _network(entries: Rows, places: Rows, people: Rows, chance: Random) -> None:
    from practices.models import Adoption, AdoptionStep, Relation  # noqa: PLC0415 - needs Django

    _store(
        Relation,
        (
            Relation(from_practice_id=one, to_practice_id=other, kind="verwant-aan")
            for one, other in zip(entries[10:], entries[:-10:], strict=False)
        ),
    )
    _store(
        Adoption,
        (
            Adoption(practice_id=pk, municipality_id=chance.choice(places), state="gestart")
            for pk in entries[1::2]
        ),
    )
    adoptions = Adoption.objects.values_list("pk", flat=True)
    _store(
        AdoptionStep,
        (
            AdoptionStep(adoption_id=pk, state="gestart", by_id=chance.choice(people))
            for pk in list(adoptions)
        ),
    )


def _upkeep(entries: Rows, places: Rows, people: Rows, chance: Random) -> None:
    from django.utils import timezone  # noqa: PLC0415 - needs Django set up

    from practices.models import Contact, Digest, Photo, Reminder, ViewCount  # noqa: PLC0415

    # Of a load test that had the catalogue before.
    ViewCount.objects.all().delete()
    month = timezone.localdate().replace(day=1)
    months = [month, (month - timedelta(days=1)).replace(day=1)]
    _store(
        ViewCount,
        (
            ViewCount(practice_id=pk, month=day, count=chance.randrange(1, 50))
            for day in months
            for pk in entries
        ),
    )
    _store(
        Contact,
        (
            Contact(practice_id=pk, organisation=f"Team {pk % 500}", mailbox="team@example.org")
            for pk in entries[::2]
        ),
    )
    now = timezone.now()
    _store(
        Digest,
        (
            Digest(recipient_id=person, sent_at=now - timedelta(days=30 * round_))
            for round_ in range(1, 8)
            for person in people
        ),
    )
    digests = list(Digest.objects.values_list("pk", flat=True))
    _store(
        Reminder,
        (
            Reminder(practice_id=pk, digest_id=digests[number % len(digests)])
            for number, pk in enumerate(entries[::3])
        ),
    )
    _store(
        Photo,
        (
            Photo(practice_id=pk, image=f"praktijken/{pk}.jpg", alt=f"Foto {pk}", maker="Maker")
            for pk in entries[::10]
        ),
    )


def _sent_in(entries: Rows, places: Rows, people: Rows, chance: Random) -> None:
    from django.utils import timezone  # noqa: PLC0415 - needs Django set up

    from practices.models import MissedQuery, Suggestion, WantedQuestion  # noqa: PLC0415

    today = timezone.localdate()
    _store(
        Suggestion,
        (
            Suggestion(
                kind="verbetering",
                practice_id=pk,
                text="Dit klopt niet meer.",
                state="nieuw" if number % 20 == 0 else "overgenomen",
                municipality_id=chance.choice(places),
                handled_at=None if number % 20 == 0 else timezone.now(),
            )
            for number, pk in enumerate(entries[::4])
        ),
    )
    _store(
        MissedQuery,
        (
            MissedQuery(text=f"{MARK}{number}", count=chance.randrange(1, 90), last_seen=today)
            for number in range(len(entries) // 20)
        ),
    )
    _store(
        WantedQuestion,
        (WantedQuestion(question=f"Wie weet raad met {pk}?") for pk in entries[::1000]),
    )


def _unpublished(entries: Rows, places: Rows, people: Rows, chance: Random) -> None:
    from django.utils import timezone  # noqa: PLC0415 - needs Django set up

    from practices.models import Practice  # noqa: PLC0415 - the same

    states = ("concept", "concept", "concept", "ter-beoordeling", "gearchiveerd")
    made: Callable[[int], Any] = lambda number: Practice(  # noqa: E731
        title=f"Nog niet openbaar {number}",
        slug=f"{MARK}{number}",
        kind="pilot",
        summary="Hier wordt nog aan gewerkt.",
        state=states[number % len(states)],
        published_on=timezone.localdate() if number % len(states) == 4 else None,
        owner_id=places[number % len(places)],
    )
    _store(Practice, map(made, range(len(entries) // 20)))


if __name__ == "__main__":
    main()
