"""What a card in a list says about a practice, in words."""

from __future__ import annotations

from typing import Any

from django.utils import formats

from practices.enums import WIDE_SCOPES, Freshness, Phase, Scope
from practices.models import Photo, Practice
from practices.search import BODY_FIELDS, Terms, highlight, passage

NATIONWIDE = "Heel Nederland"
MARK = "<mark>"
PLACE_UNKNOWN = "Plaats niet bekend"


def dress(practice: Any, terms: Terms = frozenset(), *, covers_only: bool = False) -> Any:
    """Adds to a practice of `for_listing()` what its card prints."""
    practice.title_html = highlight(practice.title, terms)
    practice.summary_html = highlight(practice.summary, terms)
    practice.place_label = place_label(practice)
    practice.reach_label = (
        f"Geldt voor heel {practice.place_label}".replace("heel Heel", "heel")
        if covers_only
        else ""
    )
    practice.phase_label = Phase(practice.phase).label
    practice.freshness_label = Freshness(practice.freshness).label
    practice.freshness_sentence = freshness_sentence(practice)
    practice.card_photo = card_photo(practice)
    return practice


def explain(practice: Any, terms: Terms, reason: str) -> None:
    """Adds what a card of a search result prints on top: why it is there.

    The passage is from the text that a card does not show; `found_via` says by which other
    word a practice was found when none of the typed words can be seen.
    """
    practice.passage_html = ""
    if terms and MARK not in practice.summary_html:
        practice.passage_html = passage((getattr(practice, f) for f in BODY_FIELDS), terms)
    practice.found_via = f"Gevonden via: {reason}" if reason else ""


def card_photo(practice: Any) -> Photo | None:
    """The first photo that was ever cut for a card; only where photos were loaded along."""
    loaded = getattr(practice, "_prefetched_objects_cache", {}).get("photos", ())
    return next((photo for photo in loaded if photo.card_sizes), None)


def place_label(practice: Practice) -> str:
    """Where it is: the municipalities that do it, or else the area it holds for."""
    municipalities = [municipality.name for municipality in practice.municipalities.all()]
    regions = [region.name for region in practice.regions.all()]
    if practice.scope == Scope.COUNTRY:
        return NATIONWIDE
    if practice.scope in WIDE_SCOPES and regions:
        return ", ".join(regions)
    if municipalities:
        return ", ".join(municipalities)
    return ", ".join(regions) or PLACE_UNKNOWN


def freshness_sentence(practice: Any) -> str:
    """When somebody last vouched for the content, said as it is. Needs `freshness`."""
    if practice.confirmed_on:
        return f"Bevestigd op {formats.date_format(practice.confirmed_on, 'j F Y')}"
    if practice.described_on and practice.freshness == Freshness.FRESH:
        return f"Beschreven in {formats.date_format(practice.described_on, 'F Y')}"
    if practice.described_on:
        return f"Niet bevestigd sinds {practice.described_on.year}"
    return "Nog nooit bevestigd"
