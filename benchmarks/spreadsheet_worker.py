"""One step of `benchmarks.spreadsheets`; prints a row of its table."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import django
import tablib

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.db import transaction  # noqa: E402

from practices.enums import State  # noqa: E402
from practices.models import Practice  # noqa: E402
from practices.spreadsheets.files import FORMATS, read  # noqa: E402
from practices.spreadsheets.preview import preview  # noqa: E402
from practices.spreadsheets.resource import PracticeResource  # noqa: E402

WORD = " Vanaf hier is het anders."


def main(step: str, kind: str, rows: int) -> None:
    users = get_user_model().objects
    user, _ = users.get_or_create(username="meting", is_superuser=True, is_staff=True)
    state = State.CONCEPT if step == "updates" else State.PUBLISHED
    keys = list(Practice.objects.filter(state=state).values_list("pk", flat=True)[:rows])
    if step == "updates-published":
        # What is generated has higher levels than its results can carry.
        Practice.objects.filter(pk__in=keys).update(evidence_level=1, assessed_on=None)
    data, write = _timed(lambda: _written(user, keys, step, kind))
    if step == "download":
        _print(step, kind, write, None, None, None)
        return
    table, reading = _timed(lambda: read(data))
    outcome, looking = _timed(lambda: _run(user, table))
    if outcome.complaints:
        raise SystemExit(str(outcome.complaints[0]))
    _, confirming = _timed(lambda: _confirm(user, table, outcome.marks))
    _print(step, kind, write, reading, looking, confirming)


def _written(user: Any, keys: list[int], step: str, kind: str) -> bytes:
    made = PracticeResource(user)
    sheet = made.sheet(Practice.objects.filter(pk__in=keys))
    if step != "download":
        _edit(sheet, step, f"{kind}-")
    return FORMATS[kind].export_data(sheet, guide=made.guide_sheet())


def _edit(sheet: tablib.Dataset, step: str, prefix: str) -> None:
    places = {name: place for place, name in enumerate(sheet.headers)}
    for row in sheet._data:
        if step == "new":
            row[places["adres"]] = (prefix + row[places["adres"]])[:120]
            for name in ("stand", "bevestigd op", "gewijzigd", "bewijs"):
                row[places[name]] = ""
            row[places["bewijs beoordeeld door"]] = row[places["bewijs beoordeeld op"]] = ""
        else:
            row[places["doel"]] += WORD + prefix


def _run(user: Any, table: Any, **options: Any) -> Any:
    made = PracticeResource(user, Practice.objects.all())
    outcome = made.run(table, lambda _: True, **options)
    preview(outcome)
    return outcome


def _confirm(user: Any, table: Any, marks: dict[str, str]) -> None:
    with transaction.atomic():
        outcome = _run(user, table, seen=marks, reason="Meting.")
    if outcome.complaints:
        raise SystemExit(str(outcome.complaints[0]))


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    return work(), time.perf_counter() - start


def _print(step: str, kind: str, *seconds: float | None) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cells = " | ".join("-" if one is None else f"{one:.1f}" for one in seconds)
    print(f"| {step} | {kind} | {cells} | {peak:.0f} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
