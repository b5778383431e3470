"""What the crash test does inside a site, as a program of its own.

`python -m tests.crash_site make` fills an empty database and prints the keys of two sessions;
`python -m tests.crash_site check FILE` tells, of what was promised to clients, what is not so.
"""

# Models can be imported only after Django is set up.

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

ENTRIES = 6
THEMES = ("even", "oneven")
TITLE, GOAL, CLAIM, PHOTO = "Werkhuis {entry} stand {n}", "Stand {n}", "Uitkomst {n}", "Foto {n}"
# With every third save the photo of an entry is replaced.
PHOTO_EVERY = 3


def photo_of(n: int) -> list[str]:
    return [PHOTO.format(n=n - n % PHOTO_EVERY)] if n >= PHOTO_EVERY else []


def make() -> dict[str, Any]:
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from tests.factories import (
        ClaimFactory,
        MunicipalityFactory,
        PracticeFactory,
        ThemeFactory,
        UserFactory,
    )

    call_command("migrate", verbosity=0)
    themes = [ThemeFactory(name=name.title(), slug=name) for name in THEMES]
    place = MunicipalityFactory(name="Echt", slug="echt")
    pks = []
    for entry in range(ENTRIES):
        title, goal = TITLE.format(entry=entry, n=0), GOAL.format(n=0)
        practice = PracticeFactory(
            title=title, goal=goal, municipalities=[place], themes=themes[:1]
        )
        ClaimFactory(practice=practice, statement=CLAIM.format(n=0))
        pks.append(practice.pk)
    client, importer = Client(), Client()
    for one in (client, importer):
        one.force_login(UserFactory(superuser=True))
    keys = [one.cookies[settings.SESSION_COOKIE_NAME].value for one in (client, importer)]
    return {"sessions": keys, "entries": pks, "themes": [theme.pk for theme in themes]}


# --- afterwards -----------------------------------------------------------------------------


def check(promised: dict[str, Any]) -> dict[str, Any]:
    """`wrong` is empty when nothing was lost and nothing is half."""
    wrong = [
        *_entries(promised["saves"], promised["entries"]),
        *_imports(promised["imports"], promised["rows"]),
        *_photos(),
        *_index(),
        *_database(),
    ]
    return {"wrong": wrong, "left_over": _left_over()}


def _entries(saves: dict[str, dict[str, int]], pks: list[int]) -> Any:
    from practices.enums import VersionAction
    from practices.models import Practice, Version

    for entry, pk in enumerate(pks):
        done, sent = saves["done"].get(str(pk), 0), saves["sent"].get(str(pk), 0)
        practice = Practice.objects.get(pk=pk)
        n = int(practice.title.rpartition(" ")[2])
        if not done <= n <= sent:
            yield f"entry {pk} stands at {n}, but {done} was saved and {sent} sent"
        found = (
            practice.title,
            practice.goal,
            list(practice.claims.values_list("statement", flat=True)),
            list(practice.themes.values_list("slug", flat=True)),
            list(practice.photos.values_list("alt", flat=True)),
        )
        as_sent = (
            TITLE.format(entry=entry, n=n),
            GOAL.format(n=n),
            [CLAIM.format(n=n)],
            [THEMES[n % 2]],
            photo_of(n),
        )
        if found != as_sent:
            yield f"entry {pk} is half: {found} where {as_sent} was sent"
        versions = Version.objects.filter(kind="practices.practice", key=pk)
        saved = versions.filter(action=VersionAction.CHANGED).order_by("pk")
        titles = list(saved.values_list("title", flat=True))
        # What was made without the admin is found once; later it would be a save without version.
        found_once = versions.filter(action=VersionAction.FOUND).count() <= 1
        if titles != [TITLE.format(entry=entry, n=m) for m in range(1, n + 1)] or not found_once:
            yield f"entry {pk} stands at {n}, its history is {titles}"


def _imports(imports: dict[str, list[str]], rows: int) -> Any:
    from practices.models import Practice, Version

    for name in imports["sent"]:
        practices = Practice.objects.filter(slug__startswith=f"{name}-")
        keys = list(practices.values_list("pk", flat=True))
        versions = Version.objects.filter(kind="practices.practice", key__in=keys).count()
        links = Practice.themes.through.objects.filter(practice__in=keys).count()
        found = (len(keys), versions, links)
        allowed = [(rows, rows, rows)] if name in imports["done"] else [(rows,) * 3, (0, 0, 0)]
        if found not in allowed:
            yield f"import {name}: {found} entries, versions and themes of {rows}"


def _photos() -> Any:
    from PIL import Image

    from practices.models import Photo

    for photo in Photo.objects.all():
        for name in photo.files():
            try:
                with photo.image.storage.open(name) as file, Image.open(file) as image:
                    image.load()
            except (OSError, SyntaxError) as error:
                yield f"photo {photo.pk}: {name} cannot be read ({error})"


def _index() -> Any:
    """Compared with one that is made anew; the check alone looks at dates only."""
    from django.core.checks import run_checks

    from practices.models import IndexedPractice, Posting, TitlePart
    from practices.search import rebuild

    def contents() -> list[Any]:
        return [
            set(Posting.objects.values_list("term__text", "practice", "impact", "term__df")),
            set(IndexedPractice.objects.values_list("practice", "stream")),
            set(TitlePart.objects.values_list("practice", "text")),
        ]

    told = [message.id for message in run_checks(databases=["default"])]
    if "practices.W001" in told:
        yield "the index says it is behind"
    before = contents()
    rebuild()
    if contents() != before:
        yield "the index was not what it would be when made anew"


def _database() -> Any:
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            (told,) = cursor.execute("PRAGMA integrity_check").fetchone()
        if told != "ok":
            yield f"SQLite: {told}"


def _left_over() -> int:
    """Files that no photo names; after the command that removes them there is none."""
    from django.core.management import call_command

    from practices.leftovers import LeftOvers

    number = len(LeftOvers(older_than=0).names)
    call_command("tidy_photos", hours=0, verbosity=0)
    assert LeftOvers(older_than=0).names == []
    return number


def main() -> None:
    import django

    django.setup()
    action, *files = sys.argv[1:]
    done = make() if action == "make" else check(json.loads(Path(files[0]).read_text()))
    sys.stdout.write(json.dumps(done))


if __name__ == "__main__":
    main()
