"""All items into the database, once, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from practices.importers.building import Build
from practices.importers.reading import CatalogueError, Item, Problem, read_catalogue
from practices.importers.sections import SECTIONS, Section
from practices.importers.slugs import Slugs
from practices.models import LoadedItem
from practices.search import indexing_once


@dataclass(frozen=True)
class SectionResult:
    """`left_alone` were loaded or made before, `left_out` belong to something removed."""

    section: str
    label: str
    added: int
    left_alone: int
    left_out: int

    @property
    def total(self) -> int:
        return self.added + self.left_alone + self.left_out


def load_catalogue(
    directory: Path, progress: Callable[[SectionResult], None] | None = None
) -> list[SectionResult]:
    """Add what was never loaded before; raise CatalogueError and change nothing if it is wrong.

    An item that was loaded once belongs to the editors, whatever they did with it.
    """
    items, problems = read_catalogue(directory)
    with transaction.atomic(), indexing_once():
        loaded = set(LoadedItem.objects.values_list("section", "key"))
        loader = _Loader(items, loaded, _unreadable(problems))
        results = []
        for section in SECTIONS:
            results.append(loader.load(section))
            if progress:
                progress(results[-1])
        problems += loader.problems
        if problems:
            raise CatalogueError(problems)
    return results


class _Loader:
    def __init__(
        self, items: dict[str, list[Item]], loaded: set[tuple[str, str]], unreadable: set[str]
    ) -> None:
        self.problems: list[Problem] = []
        self._items = items
        self._loaded = loaded
        self._slugs = Slugs(items, loaded, unreadable)

    def load(self, section: Section) -> SectionResult:
        items = self._items[section.name]
        new = [item for item in items if (section.name, item.key) not in self._loaded]
        outcomes = [self._load_item(section, item) for item in new]
        done = [item for item, outcome in zip(new, outcomes, strict=True) if outcome is not None]
        LoadedItem.objects.bulk_create(
            # A key that is there twice was already reported; do not trip over it here.
            [LoadedItem(section=section.name, key=item.key) for item in done],
            ignore_conflicts=True,
        )
        added = outcomes.count(True)
        left_out = outcomes.count(None)
        return SectionResult(
            section.name, section.label, added, len(items) - added - left_out, left_out
        )

    def _load_item(self, section: Section, item: Item) -> bool | None:
        """True when it was added, False when it was there, None when there is nothing to add."""
        by_slug = section.key == ("slug",)
        if by_slug and self._slugs.has(section.model, item.key):
            return False
        own = {name: value for name, value in item.values.items() if name not in section.parts}
        build = Build(section.model, own, self._slugs)
        if not build.problems and not build.is_orphan and not by_slug and _exists(section, build):
            return False
        build.validate()
        parts = list(self._parts(section, item))
        problems = [item.problem(*problem) for problem in build.problems]
        problems += self._problems_of_parts(item, parts)
        if not problems and section.check:
            instances = [part.instance for _, _, part in parts]
            problems += [item.problem(*found) for found in section.check(build.instance, instances)]
        if problems or build.is_orphan:
            self.problems += problems
            self._slugs.fail(item)
            return None
        self._save(section, item, build, parts)
        return True

    def _parts(self, section: Section, item: Item) -> Iterator[tuple[str, str, Build]]:
        """The rows inside an item: name of their field, their owner's field, the row."""
        for name, part in section.parts.items():
            written = item.values.get(name)
            if not written:
                continue
            try:
                rows = part.rows(written)
            except (AttributeError, TypeError):
                self.problems.append(item.problem(name, "hier horen velden te staan"))
                continue
            for row in rows:
                build = Build(part.model, row, self._slugs)
                build.validate(exclude={part.owner})
                yield name, part.owner, build

    def _problems_of_parts(
        self, item: Item, parts: list[tuple[str, str, Build]]
    ) -> Iterator[Problem]:
        for name, _, part in parts:
            for field, message in part.problems:
                yield item.problem(f"{name}.{field}" if field else name, message)

    def _save(
        self, section: Section, item: Item, build: Build, parts: list[tuple[str, str, Build]]
    ) -> None:
        build.save()
        if section.key == ("slug",):
            self._slugs.add(build.instance)
        for name, owner, part in parts:
            if part.is_orphan:
                continue
            setattr(part.instance, owner, build.instance)
            part.validate()
            if part.problems:
                self.problems += self._problems_of_parts(item, [(name, owner, part)])
            else:
                part.save()


def _exists(section: Section, build: Build) -> bool:
    return section.model._default_manager.filter(section.twin_of(build.instance)).exists()


def _unreadable(problems: list[Problem]) -> set[str]:
    """Sections that lack items because a file could not be read."""
    files = {problem.file for problem in problems}
    return {
        section.name
        for section in SECTIONS
        if section.path and any(file.startswith(section.path) for file in files)
    }
