"""What a reader must know about the evidence. Worked out, never switched off."""

from __future__ import annotations

from collections.abc import Callable

from practices.enums import LOWEST_ASSESSED_LEVEL, Evidence, Freshness
from practices.facts import Dressed
from practices.notes.document import Caution, Line

TITLE = "Let op: het bewijs is beperkt"


def not_measured(practice: Dressed) -> bool:
    return bool(practice.evidence_level < Evidence.MEASURED)


def not_compared(practice: Dressed) -> bool:
    """Counted, but nobody judged whether it is the approach that did it."""
    return bool(Evidence.MEASURED <= practice.evidence_level < LOWEST_ASSESSED_LEVEL)


def not_confirmed(practice: Dressed) -> bool:
    return bool(practice.freshness == Freshness.STALE)


def about_all(practices: list[Dressed]) -> Caution | None:
    """With counts: "3 van de 4 praktijken zijn niet gemeten"."""
    told = [
        _counted(practices, not_measured, "niet gemeten", "Of het werkt, is niet geteld."),
        _counted(
            practices,
            not_compared,
            "gemeten zonder vergelijking",
            "Of het resultaat door de aanpak komt, is niet onderzocht.",
        ),
        _counted(
            practices,
            not_confirmed,
            "lang niet bevestigd",
            "Bedragen, regels en namen kunnen veranderd zijn.",
        ),
    ]
    lines = tuple(Line(sentence) for sentence in told if sentence)
    return Caution(Line(TITLE), lines) if lines else None


def _counted(
    practices: list[Dressed], holds: Callable[[Dressed], bool], what: str, meaning: str
) -> str:
    number, total = sum(map(holds, practices)), len(practices)
    if not number:
        return ""
    if total == 1:
        return f"De praktijk in deze notitie is {what}. {meaning}"
    verb = "is" if number == 1 else "zijn"
    return f"{number} van de {total} praktijken {verb} {what}. {meaning}"


def about_one(practice: Dressed) -> Caution | None:
    lines = []
    if not_measured(practice):
        lines.append(f"Niet gemeten. Bewijs: {practice.evidence.label.lower()}.")
    if not_compared(practice):
        lines.append("Wel gemeten, maar niet vergeleken. Het kan ook door iets anders komen.")
    if not_confirmed(practice):
        lines.append(f"{practice.freshness_sentence}. Kijk na of de tekst nog klopt.")
    return Caution(Line(TITLE), tuple(map(Line, lines))) if lines else None
