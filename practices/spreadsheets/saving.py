"""All rows into the database, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.db import models

from practices.editorial import history
from practices.enums import VersionAction
from practices.models import Practice, PracticeMunicipality
from practices.search import indexing_once
from practices.spreadsheets.drafts import Draft
from practices.spreadsheets.lookups import MUNICIPALITIES, Links

BATCH = 500


def save_all(drafts: list[Draft], links: Links, user: Any, reason: str) -> None:
    """One by one where the model has rules of its own for saving, the rest in bulk.

    The index comes last: from then on whoever else saves an entry waits for the end.
    """
    new = [draft for draft in drafts if draft.is_new]
    old = [draft for draft in drafts if not draft.is_new]
    history.found_all([draft.practice for draft in old])
    with indexing_once():
        for draft in drafts:
            _save(draft)
        for name in links:
            _save_list(name, drafts, links)
        for part, action, flag in (
            (new, VersionAction.ADDED, ADDITION),
            (old, VersionAction.CHANGED, CHANGE),
        ):
            practices = [draft.practice for draft in part]
            history.record_all(practices, action, user, reason)
            _log(practices, user, flag, reason)


def _save(draft: Draft) -> None:
    if draft.is_new:
        draft.practice.save()
        return
    plain = {column.field_name for column in draft.after if not column.is_list}
    # Also when only a list changed: "gewijzigd" is of the whole entry.
    draft.practice.save(update_fields=[*plain, "modified"])


def _save_list(name: str, drafts: list[Draft], links: Links) -> None:
    model = _through(name)
    gone: list[int] = []
    rows: list[models.Model] = []
    for draft in drafts:
        for column, chosen in draft.after.items():
            if column.attribute == name:
                known = links[name].get(draft.practice.pk, {})
                gone += [row for key, (row, role) in known.items() if chosen.get(key) != role]
                rows += _rows(model, name, draft.practice, chosen, known)
    for part in _batches(gone):
        # Those of a municipality have a receiver; it only notes which entry it was.
        model._default_manager.filter(pk__in=part).delete()
    model._default_manager.bulk_create(rows, batch_size=BATCH)


def _through(name: str) -> type[models.Model]:
    if name == MUNICIPALITIES:
        return PracticeMunicipality
    return Practice._meta.get_field(name).remote_field.through  # type: ignore[union-attr, return-value]


def _rows(
    model: type[models.Model], name: str, practice: Practice, chosen: Any, known: Any
) -> Iterator[models.Model]:
    if name == MUNICIPALITIES:
        target = "municipality_id"
    else:
        target = f"{Practice._meta.get_field(name).m2m_reverse_field_name()}_id"  # type: ignore[union-attr]
    for key, role in chosen.items():
        if known.get(key, (0, None))[1] != role:
            yield model(
                practice_id=practice.pk, **{target: key}, **({"role": role} if role else {})
            )


def _log(practices: list[Practice], user: Any, flag: int, reason: str) -> None:
    if practices:
        LogEntry.objects.log_actions(user.pk, practices, flag, change_message=reason)


def _batches(items: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]
