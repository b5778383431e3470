"""Whether others could take a practice over, from what its entry tells; never a judgement.

Nobody measured this, so the page says what is known and how the words came about.
"""

from __future__ import annotations

from dataclasses import dataclass

from practices.enums import WIDE_SCOPES, AdoptionState, Scope
from practices.models import Practice

TAKEN_OVER = (AdoptionState.STARTED, AdoptionState.ADAPTED)


@dataclass(frozen=True)
class Transfer:
    label: str
    reasons: list[str]
    missing: list[str]


def transfer(practice: Practice) -> Transfer:
    """Needs `adoptions` and `municipality_links` to be loaded."""
    states = [adoption.state for adoption in practice.adoptions.all()]
    followers = sum(state in TAKEN_OVER for state in states)
    stopped = states.count(AdoptionState.STOPPED)
    return Transfer(
        _label(practice, followers, stopped), _reasons(practice, states), _gaps(practice)
    )


def _label(practice: Practice, followers: int, stopped: int) -> str:
    if followers:
        return f"Overgenomen door {_municipalities(followers)}"
    if stopped:
        return f"Geprobeerd en gestopt door {_municipalities(stopped)}"
    told = bool(practice.conditions) + bool(practice.adaptable_parts)
    return ("Nog niet bekend", "Deels beschreven", "Goed beschreven, nog niet overgenomen")[told]


def _reasons(practice: Practice, states: list[str]) -> list[str]:
    lines = [
        (sum(state in TAKEN_OVER for state in states), "Overgenomen door {}."),
        (states.count(AdoptionState.CONSIDERING), "Overwogen door {}."),
        (states.count(AdoptionState.STOPPED), "Weer gestopt bij {}."),
    ]
    reasons = [text.format(_municipalities(number)) for number, text in lines if number]
    doing = len(practice.municipality_links.all())
    if doing > 1:
        reasons.append(f"{doing} gemeenten doen dit of doen eraan mee.")
    if practice.scope in WIDE_SCOPES:
        reasons.append(f"Bedoeld voor een groter gebied: {Scope(practice.scope).label.lower()}.")
    if practice.conditions:
        reasons.append("Er staat bij wat u ervoor nodig hebt.")
    if practice.adaptable_parts:
        reasons.append("Er staat bij wat u kunt aanpassen.")
    return reasons


def _gaps(practice: Practice) -> list[str]:
    gaps = []
    if not practice.conditions:
        gaps.append("wat u ervoor nodig hebt")
    if not practice.adaptable_parts:
        gaps.append("wat u kunt aanpassen")
    if not practice.adoptions.all():
        gaps.append("of een andere gemeente het heeft overgenomen")
    return gaps


def _municipalities(number: int) -> str:
    return "één gemeente" if number == 1 else f"{number} gemeenten"
