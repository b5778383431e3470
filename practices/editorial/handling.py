"""What an editor does with what a reader sent: once, and by name."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import slugify

from practices.duplicates import Duplicate, likely_duplicates
from practices.editorial import history
from practices.editorial.people import name_of
from practices.editorial.permissions import (
    Action,
    linkable,
    may,
    may_handle,
    visible_suggestions,
)
from practices.editorial.workflow import RefusedError
from practices.enums import Kind, State, SuggestionKind, SuggestionState, VersionAction
from practices.models import OldSlug, Practice, PracticeMunicipality, Reference, Source, Suggestion
from practices.models.practice import SUMMARY_LENGTH

GONE = "Niets gedaan: dit bericht is er niet meer."
HANDLED = "Niets gedaan: dit bericht is al afgehandeld{by}."
NOT_YOURS = "Je mag dit bericht niet afhandelen."
WRONG_KIND = "Dit kan niet met een bericht van deze soort."
NO_SUCH_PRACTICE = "Niets gedaan: de praktijk die je koos, is er niet meer."
SAY_WHY = "Schrijf op waarom. De afzender kan je antwoord lezen."
AT_ONCE = "Iemand anders deed net hetzelfde. Probeer het opnieuw."
WHY = "Overgenomen uit een voorstel van een lezer."
NAMELESS = "Voorstel van een lezer"


def queue(user: Any, suggestions: QuerySet) -> QuerySet:
    """What its sender did not confirm, no editor sees."""
    confirmed = suggestions.exclude(state=SuggestionState.UNCONFIRMED)
    return visible_suggestions(user, confirmed)


def duplicates_of(suggestion: Suggestion, user: Any) -> list[Duplicate]:
    places = [suggestion.municipality_id] if suggestion.municipality_id else []
    among = linkable(user, Practice.objects.all())
    return likely_duplicates(_title(suggestion), among, places, suggestion.summary)


def accept_as_concept(pk: int, user: Any, answer: str = "") -> Practice:
    try:
        return _accept_as_concept(pk, user, answer)
    except IntegrityError as taken:
        # The same address for two concepts at the very same moment.
        raise RefusedError(AT_ONCE) from taken


@transaction.atomic
def _accept_as_concept(pk: int, user: Any, answer: str) -> Practice:
    suggestion = _held(pk, user, SuggestionKind.NEW)
    if not may(user, Action.ADD):
        raise RefusedError(NOT_YOURS)
    practice = _concept(suggestion)
    history.record(practice, VersionAction.ADDED, user, WHY)
    _close(suggestion, user, SuggestionState.ACCEPTED, answer, practice)
    return practice


@transaction.atomic
def link_to(pk: int, user: Any, target: int, answer: str = "") -> Practice:
    """The proposal is about a practice that is there already."""
    suggestion = _held(pk, user, SuggestionKind.NEW)
    practice = linkable(user, Practice.objects.all()).filter(pk=target).first()
    if practice is None:
        raise RefusedError(NO_SUCH_PRACTICE)
    _close(suggestion, user, SuggestionState.ACCEPTED, answer, practice)
    return practice


@transaction.atomic
def finish(pk: int, user: Any, answer: str = "") -> None:
    """The entry is right now; the editor changed it, or had done so before."""
    suggestion = _held(pk, user, SuggestionKind.CORRECTION)
    _close(suggestion, user, SuggestionState.ACCEPTED, answer, suggestion.practice)


@transaction.atomic
def reject(pk: int, user: Any, answer: str) -> None:
    suggestion = _held(pk, user)
    if not answer.strip():
        raise RefusedError(SAY_WHY)
    _close(suggestion, user, SuggestionState.REJECTED, answer)


def _held(pk: int, user: Any, kind: SuggestionKind | None = None) -> Suggestion:
    """The row is held until all is done: nothing is accepted twice."""
    suggestion = Suggestion.objects.select_for_update().filter(pk=pk).first()
    if suggestion is None or suggestion.state == SuggestionState.UNCONFIRMED:
        raise RefusedError(GONE)
    if not may_handle(user, suggestion):
        raise RefusedError(NOT_YOURS)
    if suggestion.state != SuggestionState.NEW:
        by = f" door {name_of(suggestion.handled_by)}" if suggestion.handled_by else ""
        raise RefusedError(HANDLED.format(by=by))
    if kind is not None and suggestion.kind != kind:
        raise RefusedError(WRONG_KIND)
    return suggestion


def _close(
    suggestion: Suggestion,
    user: Any,
    state: SuggestionState,
    answer: str,
    practice: Practice | None = None,
) -> None:
    suggestion.state = state
    suggestion.answer = answer.strip()
    suggestion.accepted_as = practice
    suggestion.handled_at = timezone.now()
    suggestion.handled_by = user
    suggestion.save(update_fields=["state", "answer", "accepted_as", "handled_at", "handled_by"])


# --- a concept of a proposal ------------------------------------------------------------


def _concept(suggestion: Suggestion) -> Practice:
    """Every field that was filled in comes along. It stays a concept: publishing checks it."""
    place = suggestion.municipality.current() if suggestion.municipality else None
    practice = Practice.objects.create(
        title=_title(suggestion),
        slug=free_slug(_title(suggestion)),
        kind=Kind.INITIATIVE,
        state=State.CONCEPT,
        summary=suggestion.summary or " ".join(suggestion.text.split())[:SUMMARY_LENGTH],
        approach=suggestion.approach or suggestion.text,
        results=suggestion.results,
        owner=place,
        described_on=timezone.localdate(suggestion.created),
    )
    if suggestion.municipality:
        PracticeMunicipality.objects.create(practice=practice, municipality=suggestion.municipality)
    if suggestion.source_url:
        source = _source(suggestion.source_url, practice)
        Reference.objects.create(practice=practice, source=source)
    return practice


def _title(suggestion: Suggestion) -> str:
    return suggestion.title or NAMELESS


def _source(url: str, practice: Practice) -> Source:
    known = Source.objects.filter(url=url).first()
    if known is not None:
        return known
    host = urlsplit(url).hostname or url
    title = f"{practice.title} ({host})"
    slugs = Source.objects.values_list("slug", flat=True)
    return Source.objects.create(title=title[:250], slug=_free(title, 80, set(slugs)), url=url)


def free_slug(title: str) -> str:
    """An address that no practice has or ever had: links to those live on."""
    beginning = slugify(title)
    taken: set[str] = set()
    for model in (Practice, OldSlug):
        rows = model._default_manager.filter(slug__startswith=beginning)
        taken.update(rows.values_list("slug", flat=True))
    return _free(title, 120, taken)


def _free(text: str, longest: int, taken: set[str]) -> str:
    wanted = slugify(text)[:longest].strip("-") or "voorstel"
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted[: longest - len(str(number)) - 1]}-{number}"
    return slug
