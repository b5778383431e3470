"""Bringing back a version: a new change, held to the same rules as any other."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Field, ForeignKey, Model
from django.utils.formats import date_format
from django.utils.timezone import localtime

from practices.editorial import history
from practices.editorial.handling import free_slug
from practices.editorial.merging import successors
from practices.editorial.permissions import Action, actor_of, may
from practices.editorial.privacy_guard import new_findings
from practices.editorial.snapshots import LINKS, PARTS, STEP, Content, fields_of
from practices.editorial.workflow import RefusedError
from practices.enums import State, VersionAction
from practices.events import log_done
from practices.evidence import too_high_message
from practices.models import AdoptionStep, Practice, Version
from practices.search import indexing_once

# Where an entry stands is for the workflow; its address may be in use by now; what an
# editor said about the content was not said about this version.
KEPT = {"state", "published_on", "slug", "confirmed_on", "confirmed_by"}
JUDGEMENT = {"evidence_level", "assessed_by", "assessed_on"}
# What other municipalities wrote about their adoption is theirs.
OF_OTHERS = {"adoptions"}
GONE = "{label}: '{name}' bestaat niet meer."
REASON = "Versie van {when}."
RETURN = "Was verwijderd op {when}."
BACK = "Niets gedaan: deze praktijk is al teruggezet, of je mag dit niet."
AT_ONCE = "Iemand anders deed net hetzelfde. Kijk of de praktijk er al is."


@transaction.atomic
def restore(instance: Model, version: Version, user: Any) -> None:
    """Raises RefusedError, and then nothing changed."""
    model = type(instance)
    stored = model._base_manager.select_for_update().filter(pk=instance.pk).first()
    if stored is None:
        raise RefusedError("Niets gedaan: dit is intussen verwijderd.")
    history.found(stored)
    try:
        with indexing_once():
            _apply(stored, version.content, _kept(stored, user))
    except ValidationError as error:
        raise RefusedError(" ".join(error.messages)) from error
    when = date_format(localtime(version.at), r"j F Y \o\m H:i")
    history.record(stored, VersionAction.RESTORED, user, REASON.format(when=when))
    log_done("restored", user, kind=model._meta.label_lower, key=instance.pk)


def bring_back(pk: int, user: Any) -> tuple[Practice, list[str]]:
    """Makes a concept of the last version of a deleted entry, with the key it had: its history
    goes on. Also returns, in words, which rows stayed away.
    """
    try:
        with transaction.atomic(), indexing_once():
            return _bring_back(pk, user)
    except ValidationError as error:
        raise RefusedError(" ".join(error.messages)) from error
    except IntegrityError as taken:
        raise RefusedError(AT_ONCE) from taken


def _bring_back(pk: int, user: Any) -> tuple[Practice, list[str]]:
    Version.objects.select_for_update().filter(pk=pk).first()
    version = history.deleted(Practice).filter(pk=pk).first()
    if version is None or not actor_of(user).is_chief:
        raise RefusedError(BACK)
    content = version.content
    practice = Practice(
        pk=version.key, slug=free_slug(content["fields"]["slug"]), state=State.CONCEPT
    )
    lost: list[str] = []
    # Since when it was public comes back: only the eindredactie may delete it then. What
    # replaced it does not: now it is there again.
    _apply(practice, content, KEPT - {"published_on"} | {"successor"}, lost)
    _apply_adoptions(practice, content["parts"]["adoptions"], lost)
    when = date_format(localtime(version.at), r"j F Y \o\m H:i")
    history.record_return(practice, user, RETURN.format(when=when))
    log_done("brought_back", user, practice=practice.pk)
    return practice, lost


def _apply_adoptions(practice: Practice, rows: list[Content], lost: list[str]) -> None:
    _apply_rows(practice, "adoptions", "practice", rows, lost)
    columns = [column for column in fields_of(AdoptionStep) if column.name in STEP]
    logs = {row["municipality"]["pk"]: row.get("steps", []) for row in rows}
    for adoption in practice.adoptions.all():
        for step in reversed(logs[adoption.municipality_id]):
            told = {column.name: column.to_python(step[column.name]) for column in columns}
            made = adoption.steps.create(**told)
            # A new row says that it is of now.
            adoption.steps.filter(pk=made.pk).update(at=told["at"])


def as_restored(now: Content, content: Content) -> Content:
    """What a version would bring back, for showing what would change."""
    if "parts" not in content:
        return content
    others = {name: now["parts"][name] for name in OF_OTHERS}
    return content | {"parts": content["parts"] | others}


def _kept(instance: Model, user: Any) -> set[str]:
    if not isinstance(instance, Practice):
        return {"slug"}
    kept = set(KEPT)
    if not may(user, Action.JUDGE, instance):
        kept |= JUDGEMENT
    if not may(user, Action.GIVE_AWAY, instance):
        kept.add("owner")
    return kept


def _apply(
    instance: Model, content: Content, kept: set[str], lost: list[str] | None = None
) -> None:
    fields = [field for field in fields_of(type(instance)) if field.name not in kept]
    _fill(instance, fields, content["fields"])
    instance.full_clean()
    if isinstance(instance, Practice):
        rows = content["parts"]["claims"]
        if message := too_high_message(instance.evidence_level, [row["proof"] for row in rows]):
            raise ValidationError(message)
    instance.save()
    if isinstance(instance, Practice):
        for name in LINKS:
            getattr(instance, name).set(_existing(instance, name, content["links"][name]))
        for name, owner in PARTS.items():
            if name not in OF_OTHERS:
                _apply_rows(instance, name, owner, content["parts"][name], lost)
        if instance.is_public and (found := new_findings(instance)):
            raise ValidationError([str(finding) for finding in found])


def _fill(row: Model, fields: list[Field], values: Content) -> None:
    for field in fields:
        if field.name not in values:
            continue  # A field of later than this version: as it is.
        value = values[field.name]
        if isinstance(field, ForeignKey):
            setattr(row, field.attname, _target(field, value))
        else:
            setattr(row, field.name, field.to_python(value))


def _target(field: Any, value: Any) -> int | None:
    if value is None:
        return None
    rows = field.related_model._base_manager
    pk = value["pk"]
    if not rows.filter(pk=pk).exists():
        pk = successors(field.related_model, [pk]).get(pk)
    if pk is None or not rows.filter(pk=pk).exists():
        raise ValidationError(GONE.format(label=field.verbose_name, name=value["text"]))
    return pk


def _existing(instance: Model, name: str, items: list[Content]) -> list[Any]:
    """A term that was taken away since then does not come back with an entry.

    For one that was merged into another, the other comes.
    """
    model = getattr(instance, name).model
    wanted = {item["pk"] for item in items}
    existing = set(model._base_manager.filter(pk__in=wanted).values_list("pk", flat=True))
    into = successors(model, wanted - existing)
    return list(model._base_manager.filter(pk__in=existing | set(into.values())))


def _apply_rows(
    practice: Practice,
    name: str,
    owner: str,
    rows: list[Content],
    lost: list[str] | None = None,
) -> None:
    """What came later goes first: it may stand in the way of what comes back.

    A row that names something that is gone refuses all, or is left out when there is a list
    for what is `lost`.
    """
    manager = getattr(practice, name)
    wanted = {row["id"] for row in rows}
    for row in manager.exclude(pk__in=wanted):
        row.delete()
    existing = {row.pk: row for row in manager.all()}
    fields = fields_of(manager.model, owner)
    for values in rows:
        row = existing.get(values["id"]) or manager.model(**{owner: practice})
        try:
            _fill(row, fields, values)
        except ValidationError as error:
            if lost is None:
                raise
            lost += error.messages
            continue
        row.full_clean()
        row.save()
