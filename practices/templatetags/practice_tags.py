"""Presentation only: nothing here queries."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from practices.enums import Evidence
from practices.facets import Facet, FacetOption

register = template.Library()

# A facet with more options than LONG_FACET starts with this many.
FIRST_OPTIONS = 8
LONG_FACET = 10


@register.simple_tag
def icon(name: str) -> SafeString:
    """A picture beside words that say the same, so hidden from screen readers."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("parelkaart/icons.svg"),
        name,
    )


@register.filter
def split_options(facet: Facet) -> dict[str, list[FacetOption]]:
    """What a facet shows at once and what comes after "Toon alle".

    At once: everything that is chosen and the options with most practices, in the
    facet's own order.
    """
    options = list(facet.options)
    if len(options) <= LONG_FACET:
        return {"first": options, "rest": []}
    by_use = sorted(options, key=lambda option: (not option.selected, -option.count))
    shown = max(FIRST_OPTIONS, facet.selected_count)
    first = {option.value for option in by_use[:shown]}
    return {
        "first": [option for option in options if option.value in first],
        "rest": [option for option in options if option.value not in first],
    }


@register.filter
def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


@register.filter
def thousands(number: int) -> str:
    """1234 -> 1.234"""
    return number_format(number, force_grouping=True)


@register.filter
def unlocalized(number: float) -> str:
    """A number in an attribute: a point for the fraction, nothing for the thousands."""
    return str(number)


@register.filter
def json_ld(document: dict[str, Any]) -> SafeString:
    """Data for machines. A browser does not run it, so the policy for scripts allows it."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    data = mark_safe(text.translate(_IN_SCRIPT))  # noqa: S308 - nothing in it can end the element  # nosec B308 B703
    return format_html('<script type="application/ld+json">{}</script>', data)


_IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@register.inclusion_tag("includes/_evidence_ladder.html")
def evidence_ladder(level: Evidence) -> dict[str, object]:
    """The rung as a picture; the words stand beside it."""
    return {"rungs": [rung <= level for rung in Evidence]}
