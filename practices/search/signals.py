"""Every way in which a practice can change brings its index entry along."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from django.dispatch import receiver

from municipalities.models import Municipality, Region
from practices.models import Claim, Practice, PracticeMunicipality, Term
from practices.search.documents import VOCABULARIES
from practices.search.index import reindex

_MANY_TO_MANY = [getattr(Practice, name).through for name in (*VOCABULARIES, "regions")]
_TERM_MODELS = tuple(Term.__subclasses__())


@receiver(post_save, sender=Practice)
def practice_saved(instance: Practice, **kwargs: Any) -> None:
    reindex([instance.pk])


@receiver(post_delete, sender=Practice)
def practice_deleted(instance: Practice, **kwargs: Any) -> None:
    # Its parts went first, and each of them put it back into the index.
    reindex([instance.pk])


@receiver(post_save, sender=Claim)
@receiver(post_delete, sender=Claim)
@receiver(post_save, sender=PracticeMunicipality)
@receiver(post_delete, sender=PracticeMunicipality)
def part_changed(instance: Claim | PracticeMunicipality, **kwargs: Any) -> None:
    reindex([instance.practice_id])


@receiver(m2m_changed)
def terms_changed(
    sender: Any, instance: Any, action: str, reverse: bool, pk_set: Any, **kwargs: Any
) -> None:
    if sender not in _MANY_TO_MANY:
        return
    if not reverse:
        if action.startswith("post_"):
            reindex([instance.pk])
    elif action == "pre_clear":
        instance._unindexed = list(instance.practices.values_list("pk", flat=True))
    elif action == "post_clear":
        reindex(instance._unindexed)
    elif action.startswith("post_"):
        reindex(pk_set)


@receiver(post_save)
def name_changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    """A vocabulary term, a region or a municipality: all practices that carry its name."""
    if isinstance(instance, (*_TERM_MODELS, Region)):
        reindex(instance.practices.values_list("pk", flat=True))
    elif isinstance(instance, Municipality):
        reindex(_practices_named_after(instance))


@receiver(pre_delete)
def remember_before_delete(sender: Any, instance: Any, **kwargs: Any) -> None:
    # Deleting a term removes its links without a signal for each of them.
    if isinstance(instance, (*_TERM_MODELS, Region)):
        instance._unindexed = list(instance.practices.values_list("pk", flat=True))


@receiver(post_delete)
def name_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, (*_TERM_MODELS, Region)):
        reindex(instance._unindexed)


def _practices_named_after(municipality: Municipality) -> set[int]:
    """Its own practices and those of all that were merged into it."""
    family = {municipality.pk}
    frontier = family
    while frontier:
        merged = Municipality.objects.filter(successor__in=frontier).exclude(pk__in=family)
        frontier = set(merged.values_list("pk", flat=True))
        family = family | frontier
    links = PracticeMunicipality.objects.filter(municipality__in=family)
    return set(links.values_list("practice", flat=True))
