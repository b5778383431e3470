"""The rule that ties the evidence level to the proof that an entry holds."""

from __future__ import annotations

from collections.abc import Iterable

from practices.enums import Evidence, Proof

TOO_HIGH = (
    "Het bewijsniveau '{level}' is hoger dan het beste bewijs bij deze praktijk toelaat "
    "('{ceiling}'). Voeg een resultaat met beter bewijs toe of kies een lager niveau."
)


def ceiling(proofs: Iterable[int]) -> Evidence:
    """The highest level that proof of these kinds can carry; without proof: 'genoemd'."""
    best = max(proofs, default=Proof.STATEMENT)
    return Evidence(int(best))


def too_high_message(level: int, proofs: Iterable[int]) -> str | None:
    """What to tell the editor when the level is above its ceiling, else None."""
    highest = ceiling(proofs)
    if level <= highest:
        return None
    return TOO_HIGH.format(level=Evidence(level).label, ceiling=highest.label)
