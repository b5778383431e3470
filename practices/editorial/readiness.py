"""What an entry lacks before readers can use it, in words, with where to fill it in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from practices.enums import Scope
from practices.evidence import too_high_message
from practices.models import Practice

COVERS_ALL = (Scope.PROVINCE, Scope.COUNTRY)


@dataclass(frozen=True)
class Missing:
    """`anchor` is the id of the field or of the group of rows in the form."""

    text: str
    anchor: str


def missing(practice: Practice) -> list[Missing]:
    """As stored; a handful of queries, so for one entry at a time."""
    return list(_missing(practice))


def _missing(practice: Practice) -> Iterator[Missing]:
    if not practice.approach.strip():
        yield Missing("Beschrijf de aanpak: wat doe je precies?", "id_approach")
    if not practice.themes.exists():
        yield Missing("Kies minstens één thema.", "id_themes")
    if not _has_a_place(practice):
        yield Missing(
            "Voeg de gemeente toe die dit uitvoert, of kies een regio of een groter bereik.",
            "municipality_links-group",
        )
    if practice.owner_id is None:
        yield Missing("Kies de eigenaar: wie houdt deze beschrijving bij?", "id_owner")
    proofs = list(practice.claims.values_list("proof", flat=True))
    if not proofs and not practice.references.exists():
        yield Missing("Noem minstens één bron.", "references-group")
    if message := too_high_message(practice.evidence_level, proofs):
        yield Missing(message, "id_evidence_level")


def _has_a_place(practice: Practice) -> bool:
    if practice.scope in COVERS_ALL:
        return True
    return practice.municipality_links.exists() or practice.regions.exists()
