"""Every change of an entry, a source or a term, as a version that can be read back.

`found(…)` before a change and `record(…)` after it, in the transaction of the change. What
changed in another way in between (a load, a command, SQL) is found then and written down
too, as nobody's: no difference is ever put down to the wrong person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Max, Model, OuterRef, QuerySet

from practices.editorial.differences import Group, differences
from practices.editorial.people import name_of
from practices.editorial.snapshots import Content, bare, snapshot, snapshots
from practices.enums import VersionAction
from practices.models import Version

CHUNK = 250
OUTSIDE = "Zo stond het er, voordat het in het beheer werd gewijzigd."


@dataclass(frozen=True)
class Event:
    """One line of the history: a version, and what it changed."""

    version: Version
    groups: list[Group]
    is_latest: bool


def versions_of(model: type[Model], key: Any) -> QuerySet[Version]:
    return Version.objects.filter(kind=model._meta.label_lower, key=key)


def deleted(model: type[Model]) -> QuerySet[Version]:
    """The last version of each object that is gone, the one that went last first."""
    versions = Version.objects.filter(kind=model._meta.label_lower)
    later = versions.filter(key=OuterRef("key"), pk__gt=OuterRef("pk"))
    there = model._base_manager.filter(pk=OuterRef("key"))
    gone = versions.filter(action=VersionAction.DELETED)
    return gone.filter(~Exists(later), ~Exists(there))


def found(instance: Model) -> None:
    """Call it before a change, when the object exists."""
    content = snapshot(instance)
    if content is not None and bare(content) != _latest(instance):
        _write(instance, content, VersionAction.FOUND, None, OUTSIDE)


def record(instance: Model, action: VersionAction, user: Any, reason: str = "") -> Version | None:
    """Call it after a change. Nothing is written when nothing differs."""
    content = snapshot(instance)
    if content is None or bare(content) == _latest(instance):
        return None
    return _write(instance, content, action, user, reason)


def record_deletion(instance: Model, user: Any, reason: str = "") -> Version:
    """Call it before the deletion; what is lost then is what this version holds."""
    found(instance)
    return _write(instance, snapshot(instance) or {}, VersionAction.DELETED, user, reason)


def record_return(instance: Model, user: Any, reason: str) -> Version:
    """Of what was deleted: written too when it came back just as it went."""
    content = snapshot(instance) or {}
    return _write(instance, content, VersionAction.RESTORED, user, reason)


def found_all(instances: Sequence[Model]) -> None:
    """As `found`, of many of one kind: a fixed number of queries for each few hundred."""
    _write_all(instances, VersionAction.FOUND, None, OUTSIDE)


def record_all(
    instances: Sequence[Model], action: VersionAction, user: Any, reason: str = ""
) -> None:
    _write_all(instances, action, user, reason)


def _write_all(instances: Sequence[Model], action: VersionAction, user: Any, reason: str) -> None:
    for start in range(0, len(instances), CHUNK):
        chunk = {instance.pk: instance for instance in instances[start : start + CHUNK]}
        model = type(instances[start])
        latest = _latest_of(model, chunk)
        Version.objects.bulk_create(
            _version(chunk[key], content, action, user, reason)
            for key, content in snapshots(model, chunk).items()
            if bare(content) != latest.get(key)
        )


def _latest(instance: Model) -> Content | None:
    return _latest_of(type(instance), [instance.pk]).get(instance.pk)


def _latest_of(model: type[Model], keys: Iterable[Any]) -> dict[Any, Content]:
    versions = Version.objects.filter(kind=model._meta.label_lower, key__in=list(keys))
    newest = versions.order_by().values("key").annotate(newest=Max("pk")).values("newest")
    rows = Version.objects.filter(pk__in=newest).values_list("key", "content")
    return {key: bare(content) for key, content in rows}


def _write(
    instance: Model, content: Content, action: VersionAction, user: Any, reason: str
) -> Version:
    version = _version(instance, content, action, user, reason)
    version.save()
    return version


def _version(
    instance: Model, content: Content, action: VersionAction, user: Any, reason: str
) -> Version:
    return Version(
        kind=instance._meta.label_lower,
        key=instance.pk,
        title=str(instance)[:250],
        action=action,
        content=content,
        reason=reason,
        by=user,
        by_name=name_of(user) if user else "",
    )


def events(model: type[Model], versions: Iterable[Version]) -> list[Event]:
    """Newest first. Costs one query besides that of the versions: for what came before them."""
    shown = list(versions)
    if not shown:
        return []
    last = shown[-1]
    earlier = versions_of(model, last.key).filter(pk__lt=last.pk).first()
    newest = versions_of(model, last.key).values_list("pk", flat=True).first()
    befores = [*shown[1:], earlier]
    return [
        Event(version, _groups(model, before, version), version.pk == newest)
        for version, before in zip(shown, befores, strict=True)
    ]


def _groups(model: type[Model], before: Version | None, version: Version) -> list[Group]:
    """Of the first version nothing: everything in it would be new."""
    if before is None or version.action == VersionAction.DELETED:
        return []
    return differences(model, before.content, version.content)
