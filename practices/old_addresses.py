"""Where an address leads that a practice had before: to the one it has now, if that is public."""

from __future__ import annotations

from django.http import HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from practices.models import OldSlug, Practice


def by_old_slug(slug: str) -> Practice:
    """Raises Http404."""
    public = Practice.objects.published()
    old = OldSlug.objects.select_related("practice")
    return get_object_or_404(old, slug=slug, practice__in=public).practice


def moved(slug: str, name: str = "practice_detail") -> HttpResponsePermanentRedirect:
    """To the page of this name; raises Http404."""
    return HttpResponsePermanentRedirect(reverse(name, args=[by_old_slug(slug).slug]))
