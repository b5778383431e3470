"""A selection of practices in the address bar: `?praktijk=slug&praktijk=slug`, in order.

The browser may keep it (static/practices/selection.js); the server keeps nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.http import QueryDict
from django.urls import reverse

from practices.models import OldSlug, Practice

PARAMETER = "praktijk"
MAXIMUM = 20
# More than this is not looked up at all: an address of this length was not made by people.
_MAX_READ = 100
_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,120}")


@dataclass(frozen=True)
class Shortlist:
    """The public practices that an address asks for, and what had to be left out of it."""

    slugs: tuple[str, ...] = ()
    unknown: int = 0
    too_many: int = 0

    @property
    def messages(self) -> list[str]:
        told = []
        if self.unknown == 1:
            told.append("Eén praktijk bestaat niet of is niet openbaar. Die is weggelaten.")
        elif self.unknown:
            told.append(
                f"{self.unknown} praktijken bestaan niet of zijn niet openbaar. "
                "Die zijn weggelaten."
            )
        if self.too_many:
            left_out = (
                "De laatste is weggelaten."
                if self.too_many == 1
                else f"De laatste {self.too_many} zijn weggelaten."
            )
            told.append(f"In een selectie passen {MAXIMUM} praktijken. {left_out}")
        return told

    def url(self, name: str, **more: str) -> str:
        return selection_url(name, self.slugs, **more)


def read(data: QueryDict) -> Shortlist:
    """Cleaned, without repeats, old names replaced by present ones; one or two queries."""
    asked = data.getlist(PARAMETER)[:_MAX_READ]
    wanted = list(dict.fromkeys(_slug(value) for value in asked if value.strip()))
    present = _resolve([slug for slug in wanted if slug])
    slugs = list(dict.fromkeys(present[slug] for slug in wanted if slug in present))
    return Shortlist(
        slugs=tuple(slugs[:MAXIMUM]),
        unknown=sum(slug not in present for slug in wanted),
        too_many=max(0, len(slugs) - MAXIMUM),
    )


def _slug(value: str) -> str:
    """Of a slug or of the address of a page, so that people can paste one; "" for nonsense."""
    value = value.strip()
    if "/" in value:
        try:
            value = urlsplit(value).path.rstrip("/").rpartition("/")[2]
        except ValueError:
            return ""
    return value if _SLUG.fullmatch(value) else ""


def _resolve(slugs: list[str]) -> dict[str, str]:
    """Slug as asked for -> slug of today, for what is public."""
    public = Practice.objects.published()
    present = {slug: slug for slug in public.filter(slug__in=slugs).values_list("slug", flat=True)}
    missing = [slug for slug in slugs if slug not in present]
    if missing:
        old = OldSlug.objects.filter(slug__in=missing, practice__in=public)
        present |= dict(old.values_list("slug", "practice__slug"))
    return present


def selection_url(name: str, slugs: Iterable[str], **more: str) -> str:
    """The address of a page (or document) about these practices."""
    pairs = [(PARAMETER, slug) for slug in slugs]
    pairs += [(key, value) for key, value in more.items() if value]
    return f"{reverse(name)}?{urlencode(pairs)}" if pairs else reverse(name)


def without(slugs: tuple[str, ...], slug: str) -> tuple[str, ...]:
    return tuple(other for other in slugs if other != slug)


def moved(slugs: tuple[str, ...], slug: str, by: int) -> tuple[str, ...]:
    """One place up (-1) or down (1); at the end of the list it stays where it is."""
    changed = list(slugs)
    old = changed.index(slug)
    new = min(max(0, old + by), len(changed) - 1)
    changed.insert(new, changed.pop(old))
    return tuple(changed)


def in_order(practices: Iterable[Practice], slugs: tuple[str, ...]) -> list[Practice]:
    by_slug = {practice.slug: practice for practice in practices}
    return [by_slug[slug] for slug in slugs if slug in by_slug]
