"""Every way in which a practice can change brings its index entry along."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete

from municipalities.models import Municipality, Region, WelfareFigure
from practices.models import (
    Adoption,
    AdoptionStep,
    Claim,
    Contact,
    Photo,
    Practice,
    PracticeMunicipality,
    Reference,
    Relation,
    Source,
    SynonymGroup,
    Term,
    WantedQuestion,
)
from practices.search.documents import VOCABULARIES
from practices.search.index import forget, reindex, reindex_saved
from practices.version import bump

_LINKS = [getattr(Practice, name).through for name in (*VOCABULARIES, "regions", "municipalities")]
_PARTS: tuple[type[Model], ...] = (Claim, PracticeMunicipality)
_NAMED: tuple[type[Model], ...] = (*Term.__subclasses__(), Region)
# Not searched, but part of what is public or of how a question is understood.
_OTHERS: tuple[type[Model], ...] = (
    Adoption, AdoptionStep, Contact, Photo, Reference, Source, SynonymGroup, WantedQuestion,
    WelfareFigure,
)  # fmt: skip


def connect() -> None:
    """Each sender by name: a receiver for all senders would slow down every delete."""
    _on(post_save, Practice, lambda practice: reindex_saved(practice.pk))
    # Twice: its parts are deleted in between, and put it back into the index.
    _on(pre_delete, Practice, lambda practice: forget(practice.pk))
    _on(post_delete, Practice, lambda practice: forget(practice.pk))
    for model in _PARTS:
        for signal in (post_save, post_delete):
            _on(signal, model, lambda part: reindex([part.practice_id]))
    for signal in (post_save, post_delete):
        _on(signal, Relation, lambda r: reindex([r.from_practice_id, r.to_practice_id]))
    for model in _NAMED:
        _on(post_save, model, _name_changed)
        _on(pre_delete, model, _remember)
        _on(post_delete, model, _forgotten)
    _on(post_save, Municipality, _name_changed)
    # One with practices cannot be deleted; any other is still among the filters.
    _on(post_delete, Municipality, lambda _: bump())
    for model in _OTHERS:
        for signal in (post_save, post_delete):
            _on(signal, model, lambda _: bump())
    for through in _LINKS:
        m2m_changed.connect(_links_changed, sender=through, dispatch_uid=through.__name__)


def _on(signal: Any, model: type[Model], act: Callable[[Any], Any]) -> None:
    def receiver(instance: Any, **kwargs: Any) -> None:
        act(instance)

    uid = f"search.{model.__name__}"
    signal.connect(receiver, sender=model, weak=False, dispatch_uid=uid)


def _links_changed(
    instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any
) -> None:
    if not reverse:
        if action.startswith("post_"):
            reindex([instance.pk])
    elif action == "pre_clear":
        _remember(instance)
    elif action == "post_clear":
        reindex(instance._unindexed)
    elif action.startswith("post_"):
        reindex(pk_set or ())


def _name_changed(instance: Any) -> None:
    """A vocabulary term or a place: all practices that carry its name."""
    bump()
    reindex(_carrying(instance))


def _remember(instance: Any) -> None:
    # Deleting a term removes its links without a signal for each of them.
    instance._unindexed = _carrying(instance)


def _forgotten(instance: Any) -> None:
    bump()
    reindex(instance._unindexed)


def _carrying(instance: Any) -> list[int]:
    return list(instance.practices.values_list("pk", flat=True))
