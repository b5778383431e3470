"""What can be said about an entry in a line or two, the same in a comparison and a note.

Contacts are not here and not read: what people take along is free of them.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import formats

from practices.cards import dress
from practices.entry import ClaimLine
from practices.enums import CostClass, Scope
from practices.models import Practice, Reference
from practices.shortlist import in_order

NOT_FILLED_IN = "Niet ingevuld"
# A practice with what `cards.dress` adds to it.
Dressed = Any


def takeaways() -> QuerySet[Practice]:
    """Public practices with what a comparison and a note say about them."""
    return (
        Practice.objects.published()
        .select_related("owner", "step_from", "step_to")
        .for_listing()
        .prefetch_related("references__source", "claims__source")
    )


def chosen(slugs: tuple[str, ...]) -> list[Dressed]:
    """In the order of the selection; the number of queries does not depend on its length."""
    return [dress(practice) for practice in in_order(takeaways().filter(slug__in=slugs), slugs)]


def paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def where(practice: Dressed) -> str:
    place = practice.place_label
    if practice.scope in (Scope.MUNICIPALITY, Scope.UNKNOWN):
        return place
    return f"{place} ({practice.get_scope_display().lower()})"


def for_whom(practice: Dressed) -> str:
    return ", ".join(group.name for group in practice.target_groups.all())


def themes(practice: Dressed) -> str:
    return ", ".join(theme.name for theme in practice.themes.all())


def phase(practice: Dressed) -> str:
    parts = [str(practice.phase_label)]
    if practice.started_on:
        parts.append(f"begonnen in {formats.date_format(practice.started_on, 'F Y')}")
    if practice.ended_on:
        parts.append(f"gestopt in {formats.date_format(practice.ended_on, 'F Y')}")
    return ", ".join(parts)


def evidence(practice: Dressed) -> str:
    return f"{practice.evidence.label}. {practice.evidence.explanation}"


def assessed(practice: Dressed) -> str:
    if practice.assessed_on is None:
        return ""
    day = formats.date_format(practice.assessed_on, "j F Y")
    return f"Beoordeeld door {practice.assessed_by} op {day}."


def costs(practice: Dressed) -> list[str]:
    known = practice.cost_class != CostClass.UNKNOWN
    said = [f"{practice.get_cost_class_display()}."] if known else []
    return said + paragraphs(practice.cost_note)


def step(practice: Dressed) -> str:
    start = f"van {practice.step_from.name.lower()}" if practice.step_from else ""
    end = f"naar {practice.step_to.name.lower()}" if practice.step_to else ""
    return " ".join(part for part in (start, end) if part)


def claims(practice: Dressed) -> list[str]:
    return [claim_sentence(ClaimLine.of(claim)) for claim in practice.claims.all()]


def claim_sentence(line: ClaimLine) -> str:
    """With what kind of proof it has and where it is written."""
    claim = line.claim
    said = line.figure.casefold() in claim.statement.casefold()
    figure = "" if said else f"{line.figure[:1].upper()}{line.figure[1:]}: "
    period = f" ({claim.period})" if claim.period else ""
    source = ", ".join(part for part in (claim.source.title, claim.place) if part)
    proof = f"{line.kind}; {line.proof.lower()}."
    return f"{figure}{claim.statement.rstrip('.')}{period}. {proof} Bron: {source}."


def source_line(reference: Reference) -> str:
    source = reference.source
    day = formats.date_format(source.published_on, "F Y") if source.published_on else ""
    parts = (source.title, source.publisher, day, reference.place)
    return f"{', '.join(part for part in parts if part)}."
