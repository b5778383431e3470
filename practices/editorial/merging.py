"""Two terms of a list that turn out to be one: everything that named the one names the other.

The editor first sees a plan. What it was made from goes along as a stamp: when the terms or
their use changed since then, nothing is done.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from django.db import transaction
from django.utils import timezone

from municipalities.models import line
from practices.editorial import history
from practices.editorial.snapshots import fields_of
from practices.editorial.usage import list_field, practices_with, single_fields
from practices.editorial.workflow import RefusedError
from practices.enums import State, VersionAction
from practices.events import log_done
from practices.keysets import in_keys
from practices.models import Barrier, OldTermSlug, Practice, Term, Version
from practices.search import indexing_once, reindex
from practices.version import bump

ITSELF = "Een trefwoord kan niet in zichzelf opgaan."
IN_CHILD = (
    "'{kept}' is een onderdeel van '{absorbed}'. Kies een ander knelpunt, of voeg andersom samen."
)
GONE = "Niets gedaan: een van de twee is intussen verwijderd."
STALE = (
    "Er is intussen iets veranderd aan deze trefwoorden, of aan de praktijken die ze gebruiken. "
    "Er is nog niets gedaan. Bekijk opnieuw wat er gebeurt."
)
REASON = "'{absorbed}' is opgegaan in '{kept}'."


@dataclass(frozen=True)
class Plan:
    """`already`: practices that have both terms. `stamp` is for what all this was seen."""

    kept: Any
    absorbed: Any
    practices: list[int]
    published: int
    already: int
    synonyms: list[str]
    children: list[Any]
    stamp: str

    @property
    def other(self) -> int:
        return len(self.practices) - self.published


def plan(kept: Term, absorbed: Term) -> Plan:
    """Raises RefusedError for two that cannot be merged."""
    if kept.pk == absorbed.pk:
        raise RefusedError(ITSELF)
    if isinstance(kept, Barrier) and absorbed in line(kept, "parent"):
        raise RefusedError(IN_CHILD.format(kept=kept, absorbed=absorbed))
    states = dict(practices_with(absorbed).values_list("pk", "state"))
    both = practices_with(absorbed).filter(pk__in=practices_with(kept).order_by().values("pk"))
    children = list(absorbed.children.all()) if isinstance(absorbed, Barrier) else []
    seen = [_content(kept), _content(absorbed), sorted(states.items()), [c.pk for c in children]]
    return Plan(
        kept=kept,
        absorbed=absorbed,
        practices=list(states),
        published=sum(state == State.PUBLISHED for state in states.values()),
        already=both.count(),
        synonyms=_new_words(kept, absorbed),
        children=children,
        stamp=blake2b(repr(seen).encode(), digest_size=8).hexdigest(),
    )


def _content(term: Term) -> list[Any]:
    return [term.pk, *(str(getattr(term, field.attname)) for field in fields_of(type(term)))]


def _new_words(kept: Term, absorbed: Term) -> list[str]:
    known = {word.casefold() for word in (kept.name, *kept.synonym_list)}
    words: dict[str, str] = {}
    for word in (absorbed.name, *absorbed.synonym_list):
        if word.casefold() not in known:
            words.setdefault(word.casefold(), word)
    return list(words.values())


@transaction.atomic
def merge(kept: Term, absorbed: Term, user: Any, stamp: str) -> Plan:
    """Raises RefusedError, and then nothing changed."""
    model = type(kept)
    using = practices_with(absorbed).order_by().values("pk")
    # In the order in which saving an entry takes its locks: entry, version, terms.
    practices = list(Practice.objects.select_for_update().filter(pk__in=using).order_by("pk"))
    bump()
    terms = model._base_manager.select_for_update().in_bulk([kept.pk, absorbed.pk])
    if kept.pk not in terms or absorbed.pk not in terms:
        raise RefusedError(GONE)
    found = plan(terms[kept.pk], terms[absorbed.pk])
    if found.stamp != stamp or found.practices != [practice.pk for practice in practices]:
        raise RefusedError(STALE)
    reason = REASON.format(absorbed=found.absorbed, kept=found.kept)
    touched = [[found.kept], practices, found.children]
    for rows in touched:
        history.found_all(rows)
    history.record_deletion(found.absorbed, user, reason)
    with indexing_once():
        _move_practices(found)
        _move_children(found)
        _move_names(found)
        found.absorbed.delete()
        reindex(found.practices)
    for rows in touched:
        history.record_all(rows, VersionAction.CHANGED, user, reason)
    facts = {"kind": model._meta.label_lower, "kept": kept.pk, "absorbed": absorbed.pk}
    log_done("merged", user, **facts)
    return found


def _move_practices(found: Plan) -> None:
    field = list_field(type(found.kept))
    term = field.m2m_reverse_field_name()
    links = field.remote_field.through.objects
    having = links.filter(**{term: found.kept}).values("practice")
    links.filter(**{term: found.absorbed}, practice__in=having).delete()
    links.filter(**{term: found.absorbed}).update(**{term: found.kept})
    for single in single_fields(type(found.kept)):
        naming = Practice.objects.filter(**{single.name: found.absorbed})
        naming.update(**{single.name: found.kept})
    Practice.objects.filter(in_keys(found.practices)).update(modified=timezone.now())


def _move_children(found: Plan) -> None:
    if found.children:
        found.absorbed.children.update(parent=found.kept)


def _move_names(found: Plan) -> None:
    """What the absorbed term was called, in words and in addresses, leads to the kept one."""
    found.kept.synonyms = "\n".join([*found.kept.synonym_list, *found.synonyms])
    found.kept.save(update_fields=["synonyms"])
    kind = type(found.kept)._meta.label_lower
    old = OldTermSlug.objects.filter(kind=kind)
    old.filter(key=found.absorbed.pk).update(key=found.kept.pk)
    old.update_or_create(kind=kind, slug=found.absorbed.slug, defaults={"key": found.kept.pk})


def successors(model: Any, keys: Iterable[int]) -> dict[int, int]:
    """Of terms that are gone, by what they were merged into, as far as that still exists.

    Two queries; none without keys.
    """
    gone = set(keys)
    if not gone or not issubclass(model, Term):
        return {}
    kind = model._meta.label_lower
    last = Version.objects.filter(kind=kind, key__in=gone, action=VersionAction.DELETED)
    slugs = {key: content["fields"]["slug"] for key, content in last.values_list("key", "content")}
    old = OldTermSlug.objects.filter(kind=kind, slug__in=slugs.values())
    into = dict(old.values_list("slug", "key"))
    return {key: into[slug] for key, slug in slugs.items() if slug in into}
