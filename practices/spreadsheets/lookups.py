"""What the cells of a file refer to, read once: never a query for a row."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db.models import Model, QuerySet

from practices.editorial.permissions import Entry
from practices.editorial.snapshots import LINKS
from practices.enums import State
from practices.models import Claim, OldSlug, Practice, PracticeMunicipality

MUNICIPALITIES = "municipality_links"
MOST_OPTIONS = 40


class UnknownError(ValueError):
    """Values that are not on a list, and what is."""

    def __init__(self, values: list[str], options: list[str]) -> None:
        self.values = values
        self.options = options
        missing = " ".join(f"'{value}' bestaat niet." for value in values)
        super().__init__(f"{missing} {choose_from(values, options)}")


def choose_from(values: list[str], options: list[str]) -> str:
    """What is allowed; what looks like the values comes first."""
    close = list(dict.fromkeys(match for value in values for match in _close(value, options)))
    hint = f"Bedoel je {' of '.join(close)}? " if close else ""
    shown = ", ".join(options[:MOST_OPTIONS])
    rest = len(options) - MOST_OPTIONS
    return f"{hint}Kies uit: {shown}{f' (en nog {rest})' if rest > 0 else ''}."


def _close(value: str, options: list[str]) -> list[str]:
    text = value.lower()
    parts = [option for option in options if text and text in option.split("-")]
    return (difflib.get_close_matches(text, options, n=2, cutoff=0.7) or parts)[:2]


class Vocabulary:
    """The rows of one list by the name that they have in addresses, or by their own name."""

    def __init__(self, model: type[Model]) -> None:
        self._model = model

    @cached_property
    def by_slug(self) -> dict[str, Any]:
        rows: QuerySet[Any] = self._model._default_manager.all()
        if hasattr(self._model, "boundary"):
            rows = rows.defer("boundary", "localities", "note")
        return {row.slug: row for row in rows}

    @cached_property
    def by_key(self) -> dict[int, Any]:
        return {row.pk: row for row in self.by_slug.values()}

    @cached_property
    def _by_name(self) -> dict[str, Any]:
        return {row.name.lower(): row for row in self.by_slug.values()}

    def find(self, text: str) -> Any:
        found = self.by_slug.get(text.lower()) or self._by_name.get(text.lower())
        if found is None:
            raise UnknownError([text], list(self.by_slug))
        return found


class Vocabularies:
    def __init__(self) -> None:
        self._known: dict[type[Model], Vocabulary] = {}

    def of(self, model: type[Model]) -> Vocabulary:
        return self._known.setdefault(model, Vocabulary(model))


# Of a list, an entry and a term: the key of the row that ties them, and the role in it.
Links = dict[str, dict[int, dict[int, tuple[int, str]]]]


def links_of(keys: list[int]) -> Links:
    """Of these entries; a query for each list."""
    links: Links = {name: defaultdict(dict) for name in (*LINKS, MUNICIPALITIES)}
    for name in LINKS:
        column: Any = Practice._meta.get_field(name)
        rows = column.remote_field.through.objects.filter(practice__in=keys)
        for practice, key, row in rows.values_list(
            "practice", column.m2m_reverse_field_name(), "pk"
        ):
            links[name][practice][key] = (row, "")
    tied = PracticeMunicipality.objects.filter(practice__in=keys).order_by()
    for practice, key, row, role in tied.values_list("practice", "municipality", "pk", "role"):
        links[MUNICIPALITIES][practice][key] = (row, role)
    return links


class Known:
    """The entries that a file names: those the user may see, with what the rules look at."""

    def __init__(self, visible: QuerySet[Practice], slugs: Iterable[str], lock: bool) -> None:
        wanted = set(slugs)
        rows = visible.filter(slug__in=wanted).order_by("pk")
        if lock:
            rows = rows.select_for_update()
        self.practices: dict[str, Practice] = {row.slug: row for row in rows}
        self.keys = [row.pk for row in self.practices.values()]
        taken = Practice.objects.filter(slug__in=wanted).exclude(pk__in=self.keys)
        self.out_of_reach = set(taken.values_list("slug", flat=True))
        self.renamed = dict(
            OldSlug.objects.filter(slug__in=wanted).values_list("slug", "practice__slug")
        )
        seen = visible.filter(slug__in=self.renamed.values())
        self.readable = set(seen.values_list("slug", flat=True))
        self.links = links_of(self.keys)
        self.proofs = self._proofs()
        for practice in self.practices.values():
            practice._entry = self._entry(practice)  # type: ignore[attr-defined]

    def _proofs(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        rows = Claim.objects.filter(practice__in=self.keys).order_by()
        for practice, proof in rows.values_list("practice", "proof"):
            found[practice].append(proof)
        return found

    def _entry(self, practice: Practice) -> Entry:
        """What the policy would otherwise ask the database for, entry by entry."""
        places = {practice.owner_id, *self.links[MUNICIPALITIES][practice.pk]}
        since = practice.published_on is not None
        return Entry(State(practice.state), since, frozenset(places - {None}))  # type: ignore[arg-type]
