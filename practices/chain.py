"""The steps on the way to paid work, with the place of one practice on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q

from practices.models import ParticipationStep, Practice

OFFERED = 3


class Place(StrEnum):
    """Where a step is, seen from the practice; the value is part of a CSS class."""

    FROM = "van"
    THROUGH = "langs"
    TO = "naar"
    HERE = "hier"
    NEXT = "volgende"
    ELSEWHERE = "elders"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Place.FROM: "hier begint deze praktijk",
    Place.THROUGH: "",
    Place.TO: "hier leidt deze praktijk naartoe",
    Place.HERE: "hier werkt deze praktijk aan",
    Place.NEXT: "volgende trede",
    Place.ELSEWHERE: "",
}


@dataclass(frozen=True)
class ChainStep:
    name: str
    definition: str
    place: Place


@dataclass(frozen=True)
class Chain:
    """`next_step` is None on the last step; `following` are practices at the next one."""

    steps: list[ChainStep]
    next_step: ParticipationStep | None
    following: list[Practice]


def step_chain(practice: Practice, *, led_on: bool) -> Chain | None:
    """None for a practice that is on no step. Costs two queries.

    `led_on`: an editor already said which practice comes next, so none are looked up.
    """
    own = {step.pk for step in practice.steps.all()}
    own |= {pk for pk in (practice.step_from_id, practice.step_to_id) if pk is not None}
    if not own:
        return None
    steps = list(ParticipationStep.objects.all())
    upcoming = _upcoming(practice, steps, own)
    drawn = [ChainStep(s.name, s.definition, _place(practice, s, own, upcoming)) for s in steps]
    return Chain(drawn, upcoming, [] if led_on else _following(practice, upcoming))


def _upcoming(
    practice: Practice, steps: Sequence[ParticipationStep], own: set[int]
) -> ParticipationStep | None:
    """The step above where the practice leads, or above its highest when that is not known."""
    reached = practice.step_to or [step for step in steps if step.pk in own][-1]
    above = [step for step in steps if step.position > reached.position]
    return above[0] if above else None


def _place(
    practice: Practice,
    step: ParticipationStep,
    own: set[int],
    upcoming: ParticipationStep | None,
) -> Place:
    if step.pk == practice.step_to_id:
        return Place.TO
    if step.pk == practice.step_from_id:
        return Place.FROM
    if step.pk in own:
        return Place.HERE
    if step == upcoming:
        return Place.NEXT
    start, end = practice.step_from, practice.step_to
    if start and end and start.position < step.position < end.position:
        return Place.THROUGH
    return Place.ELSEWHERE


def _following(practice: Practice, step: ParticipationStep | None) -> list[Practice]:
    if step is None:
        return []
    at_step = Q(steps=step) | Q(step_from=step) | Q(step_to=step)
    public = Practice.objects.published().filter(at_step).exclude(pk=practice.pk)
    return list(public.distinct().order_by("title", "pk")[:OFFERED])
