"""Everything the page of one practice prints, from a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import Any

from django.db.models import QuerySet
from django.utils import formats

from practices.cards import dress
from practices.chain import step_chain
from practices.enums import ClaimKind, Proof, RelationKind
from practices.links.dead import mark_dead
from practices.models import Claim, Practice, Relation
from practices.querystrings import filter_url
from practices.similar import similar_to
from practices.transfer import transfer

_PREFETCH = (
    "municipality_links__municipality__successor",
    "barriers",
    "instruments",
    "recommendations",
    "steps",
    "references__source",
    "claims__source",
    "adoptions__municipality",
    "adoptions__steps",
    "contacts",
    "photos",
)
# Relation on the practice -> the parameter that finds others with the same term.
_TERM_GROUPS = (
    ("themes", "thema"),
    ("target_groups", "doelgroep"),
    ("barriers", "knelpunt"),
    ("instruments", "instrument"),
)


SIMILAR = 3


@dataclass(frozen=True)
class RelatedPractice:
    label: str
    practice: Practice
    note: str
    is_next: bool = False


@dataclass(frozen=True)
class ClaimLine:
    """A claim as it is printed. Without a number the statement says it all."""

    claim: Claim
    figure: str
    proof: str
    kind: str

    @classmethod
    def of(cls, claim: Claim) -> ClaimLine:
        return cls(claim, figure(claim), Proof(claim.proof).label, ClaimKind(claim.kind).label)


def figure(claim: Claim) -> str:
    """The number with its unit: "meer dan 800 mensen", "12 van de 40 deelnemers"."""
    if claim.value is None:
        return ""
    total = f"van de {_number(claim.denominator)}" if claim.denominator else ""
    return " ".join(
        part for part in (claim.qualifier, _number(claim.value), total, claim.unit) if part
    )


def _number(value: Decimal | int) -> str:
    """As people write it: 1.200 and 2,5, never 1200.00."""
    decimals = max(0, -int(Decimal(value).normalize().as_tuple().exponent))
    return formats.number_format(value, decimal_pos=decimals, force_grouping=True)


@dataclass(frozen=True)
class TermLink:
    name: str
    definition: str
    url: str


@dataclass(frozen=True)
class TermGroup:
    label: str
    terms: list[TermLink]


def entries() -> QuerySet[Practice]:
    """Practices with all that a page shows; public or not is for the caller to say."""
    return (
        Practice.objects.select_related("owner", "step_from", "step_to")
        .for_listing()
        .prefetch_related(*_PREFETCH)
    )


def entry_context(practice: Practice) -> dict[str, Any]:
    relations = related(practice)
    named = (*practice.references.all(), *practice.claims.all())
    mark_dead(row.source for row in named)
    next_practices = [relation.practice for relation in relations if relation.is_next]
    return {
        "practice": dress(practice),
        "claims": [ClaimLine.of(claim) for claim in practice.claims.all()],
        "relations": relations,
        "next_practices": next_practices,
        "chain": step_chain(practice, led_on=bool(next_practices)),
        "transfer": transfer(practice),
        "term_groups": term_groups(practice),
        "similar": similar_cards(practice),
    }


def similar_cards(practice: Practice) -> list[Any]:
    cards = []
    for similar in similar_to(practice, SIMILAR):
        card = dress(similar.practice)
        card.found_via = similar.reason
        cards.append(card)
    return cards


def related(practice: Practice) -> list[RelatedPractice]:
    """Relations in both directions, to practices that are public."""
    public = Practice.objects.published()
    relations = Relation.objects.select_related("from_practice", "to_practice")
    outward = relations.filter(from_practice=practice, to_practice__in=public)
    inward = relations.filter(to_practice=practice, from_practice__in=public)
    return [
        RelatedPractice(
            RelationKind(relation.kind).label,
            relation.to_practice,
            relation.note,
            is_next=relation.kind == RelationKind.NEXT_STEP,
        )
        if relation.from_practice_id == practice.pk
        else RelatedPractice(
            RelationKind(relation.kind).inverse_label, relation.from_practice, relation.note
        )
        for relation in chain(outward, inward)
    ]


def term_groups(practice: Practice) -> list[TermGroup]:
    groups = []
    for relation, parameter in _TERM_GROUPS:
        label = str(Practice._meta.get_field(relation).verbose_name).capitalize()
        links = [_term_link(term, parameter) for term in getattr(practice, relation).all()]
        if links:
            groups.append(TermGroup(label, links))
    return groups


def _term_link(term: Any, parameter: str) -> TermLink:
    return TermLink(term.name, term.definition, filter_url(parameter, term.slug))
