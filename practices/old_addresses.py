"""Where an address of a practice leads that has no public page: addresses never die.

To the page it has now, or that of the practice that replaced it; or, when it was public once,
to the word that it is gone. What never was public is not found, like what never existed.
"""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, pre_delete
from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import reverse

from practices.models import OldSlug, Practice, WithdrawnSlug

FURTHEST = 10  # replaced by what was replaced itself, and so on


class GoneError(Http404):
    """It was public once; the page for it says so (status 410)."""


def by_old_slug(slug: str) -> Practice:
    """Raises GoneError or Http404."""
    practices = Practice.objects.select_related("successor")
    # One after the other: no index helps to find a row that is the one or the other.
    practice = practices.filter(slug=slug).first() or practices.filter(old_slugs__slug=slug).first()
    if practice is None:
        if WithdrawnSlug.objects.filter(slug=slug).exists():
            raise GoneError
        raise Http404
    was_public = practice.published_on is not None
    for _ in range(FURTHEST):
        if practice.is_public:
            return practice
        if practice.successor is None or not was_public:
            break
        practice = practice.successor
    raise GoneError if was_public else Http404


def moved(slug: str, name: str = "practice_detail") -> HttpResponsePermanentRedirect:
    """To the page of this name; raises GoneError or Http404."""
    return HttpResponsePermanentRedirect(reverse(name, args=[by_old_slug(slug).slug]))


def connect() -> None:
    for signal, receiver in ((pre_delete, _remember), (post_delete, _withdraw)):
        signal.connect(receiver, sender=Practice, dispatch_uid=f"old_addresses.{receiver.__name__}")


def _remember(instance: Any, **kwargs: Any) -> None:
    """Its old addresses are deleted before it is."""
    instance._slugs = [instance.slug, *instance.old_slugs.values_list("slug", flat=True)]


def _withdraw(instance: Any, **kwargs: Any) -> None:
    if instance.published_on is None:
        return
    for slug in instance._slugs:
        if instance.successor_id and Practice.objects.filter(pk=instance.successor_id).exists():
            OldSlug.objects.create(slug=slug, practice_id=instance.successor_id)
        else:
            WithdrawnSlug.objects.get_or_create(slug=slug)
