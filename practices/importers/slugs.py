"""Finds what an item refers to."""

from __future__ import annotations

import difflib
from typing import Any

from practices.importers.reading import Item
from practices.importers.sections import SECTION_OF
from practices.models import OldSlug, OldTermSlug, Practice, Term


class UnknownSlugError(LookupError):
    pass


class Slugs:
    """Everything with a slug, in the database and in the files. A query per model."""

    def __init__(
        self, items: dict[str, list[Item]], loaded: set[tuple[str, str]], unreadable: set[str]
    ) -> None:
        self._in_files = {section: {item.key for item in rows} for section, rows in items.items()}
        self._loaded = loaded
        self._unreadable = unreadable
        self._failed: set[tuple[str, str]] = set()
        self._objects: dict[Any, dict[str, Any]] = {}

    def find(self, model: Any, slug: str) -> Any:
        """The object, or None when an editor removed it or it has a problem of its own.

        Raises UnknownSlugError for a slug that is nowhere, or only further on in the files.
        """
        if found := self._all(model).get(slug):
            return found
        section = SECTION_OF[model].name
        if (section, slug) in self._loaded or (section, slug) in self._failed:
            return None
        if section in self._unreadable:
            # One broken file must not raise a complaint about everything that refers to it.
            return None
        if slug in self._in_files[section]:
            raise UnknownSlugError(f"'{slug}' staat pas verderop in de bestanden")
        known = {*self._all(model), *self._in_files[section]}
        close = difflib.get_close_matches(slug, known, n=1)
        raise UnknownSlugError(f"'{slug}' is onbekend{f'; bedoelt u {close[0]}?' if close else ''}")

    def has(self, model: Any, slug: str) -> bool:
        return slug in self._all(model)

    def add(self, instance: Any) -> None:
        self._all(type(instance))[instance.slug] = instance

    def fail(self, item: Item) -> None:
        self._failed.add((item.section, item.key))

    def _all(self, model: Any) -> dict[str, Any]:
        if model not in self._objects:
            self._objects[model] = {found.slug: found for found in model.objects.all()}
            if model is Practice:
                # A practice that an editor renamed is still the one the files mean.
                for old in OldSlug.objects.select_related("practice"):
                    self._objects[model].setdefault(old.slug, old.practice)
            elif issubclass(model, Term):
                self._add_old_names(model)
        return self._objects[model]

    def _add_old_names(self, model: type[Term]) -> None:
        """A term that was renamed, or merged into another, is still found by its old slug."""
        by_key = {term.pk: term for term in self._objects[model].values()}
        for old in OldTermSlug.objects.filter(kind=model._meta.label_lower):
            if old.key in by_key:
                self._objects[model].setdefault(old.slug, by_key[old.key])
