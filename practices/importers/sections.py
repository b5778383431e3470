"""What the catalogue consists of, in the order in which it is loaded.

A section only refers to sections before it, or to earlier items of its own. Adding a
model to the catalogue is adding a section here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q

from municipalities.models import Municipality, Region, WelfareFigure
from practices.evidence import too_high_message
from practices.models import (
    Barrier,
    Claim,
    Instrument,
    ParticipationStep,
    Practice,
    PracticeMunicipality,
    Recommendation,
    Reference,
    Relation,
    Source,
    TargetGroup,
    Theme,
)


@dataclass(frozen=True)
class Part:
    """Rows inside an item that come and go with it, such as the claims of a practice."""

    model: type[Model]
    owner: str
    rows: Callable[[Any], list[Any]] = list


@dataclass(frozen=True)
class Section:
    """A kind of item: where it is written and which model it becomes.

    `key` are the fields that make an item itself; `split_off` maps a field of an item to
    the section that its rows form, items in their own right.
    """

    name: str
    model: type[Model]
    path: str
    key: tuple[str, ...] = ("slug",)
    parts: Mapping[str, Part] = field(default_factory=dict)
    split_off: Mapping[str, str] = field(default_factory=dict)
    same: Callable[[Any], Q] | None = None
    check: Callable[[Any, list[Any]], Iterator[tuple[str, str]]] | None = None

    @property
    def label(self) -> str:
        return str(self.model._meta.verbose_name_plural).capitalize()

    @property
    def is_folder(self) -> bool:
        """One file for each item, named after its key."""
        return self.path.endswith("/")

    def twin_of(self, instance: Any) -> Q:
        """Finds what an editor may already have made by hand."""
        if self.same:
            return self.same(instance)
        return Q(**{name: getattr(instance, name) for name in self.key})


def _linked_municipalities(roles: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"municipality": slug, "role": role} for slug, role in roles.items()]


def _either_way_round(relation: Relation) -> Q:
    ends = (relation.from_practice, relation.to_practice)
    there = Q(from_practice=ends[0], to_practice=ends[1])
    back = Q(from_practice=ends[1], to_practice=ends[0])
    return Q(kind=relation.kind) & (there | back)


def _evidence_is_held(practice: Practice, parts: list[Any]) -> Iterator[tuple[str, str]]:
    proofs = [part.proof for part in parts if isinstance(part, Claim)]
    if message := too_high_message(practice.evidence_level, proofs):
        yield "evidence_level", message


def _vocabulary(name: str, model: type[Model]) -> Section:
    return Section(name, model, f"vocabularies/{name}.yaml")


SECTIONS = (
    Section("regions", Region, "regions.yaml"),
    Section(
        "municipalities",
        Municipality,
        "municipalities.yaml",
        split_off={"figures": "figures"},
    ),
    Section("figures", WelfareFigure, "", key=("municipality", "year", "source")),
    _vocabulary("themes", Theme),
    _vocabulary("target_groups", TargetGroup),
    _vocabulary("barriers", Barrier),
    _vocabulary("instruments", Instrument),
    _vocabulary("recommendations", Recommendation),
    _vocabulary("participation_steps", ParticipationStep),
    Section("sources", Source, "sources.yaml"),
    Section(
        "practices",
        Practice,
        "practices/",
        parts={
            "municipalities": Part(PracticeMunicipality, "practice", _linked_municipalities),
            "references": Part(Reference, "practice"),
            "claims": Part(Claim, "practice"),
        },
        check=_evidence_is_held,
    ),
    Section(
        "relations",
        Relation,
        "relations.yaml",
        key=("from_practice", "kind", "to_practice"),
        same=_either_way_round,
    ),
)
SECTION_OF = {section.model: section for section in SECTIONS}
