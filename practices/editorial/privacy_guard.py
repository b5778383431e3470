"""Holds what becomes public against the privacy check, and remembers what was let stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Model, SlugField, TextField
from django.utils.crypto import salted_hmac
from django.utils.text import capfirst

from practices.editorial.people import name_of
from practices.editorial.privacy import Finding, findings
from practices.events import log_event
from practices.models import Claim, Practice, PrivacyOverride

PARTS = ("references", "claims", "relations_out", "adoptions", "photos", "contacts")
WHAT_NOW = "Haal het weg, of schrijf bij 'Privacy' op waarom het mag blijven staan."


def row_texts(model: type[Model], values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The open texts of an object or a row in a form; of a result also its figures in words."""
    for column in model._meta.concrete_fields:
        is_text = isinstance(column, (CharField, TextField)) and not column.choices
        if is_text and not isinstance(column, SlugField) and values.get(column.name):
            yield capfirst(str(column.verbose_name)), str(values[column.name])
    if model is not Claim:
        return
    value, unit = values.get("value"), values.get("unit")
    if value is not None and unit and value == value.to_integral_value():
        yield "Getal", f"{value.quantize(Decimal(1))} {unit}"
    if values.get("denominator"):
        yield "Op een totaal van", f"totaal van {values['denominator']}"


def stored_texts(practice: Practice) -> Iterator[tuple[str, str]]:
    yield from row_texts(Practice, vars(practice))
    for name in PARTS:
        rows = getattr(practice, name)
        for row in rows.all():
            yield from row_texts(rows.model, vars(row))


def new_findings(practice: Practice) -> list[Finding]:
    """In the whole entry as stored, without what was accepted before."""
    return not_accepted(practice, findings(stored_texts(practice)))


def not_accepted(practice: Practice, found: list[Finding]) -> list[Finding]:
    if not found:
        return []
    overrides = practice.privacy_overrides.values_list("marks", flat=True)
    accepted = {mark for marks in overrides for mark in marks}
    return [finding for finding in found if mark_of(finding) not in accepted]


def mark_of(finding: Finding) -> str:
    """Recognises the same text, and cannot be read back: it may be a BSN."""
    words = " ".join(finding.text.lower().split())
    return salted_hmac("parelkaart.privacy", f"{finding.kind.name}:{words}").hexdigest()[:20]


def override(practice: Practice, found: list[Finding], reason: str, user: Any) -> PrivacyOverride:
    kinds = sorted({finding.kind.value for finding in found})
    told = sorted({finding.kind.name.lower() for finding in found})
    log_event("privacy_override", user, failed=True, practice=practice.pk, kinds=told)
    return PrivacyOverride.objects.create(
        practice=practice,
        kinds=", ".join(kinds),
        marks=sorted({mark_of(finding) for finding in found}),
        reason=reason,
        by=user,
        by_name=name_of(user),
    )


@dataclass
class Check:
    """Of one form: what was found in all its parts, and the reason to let it stand."""

    reason: str
    found: list[Finding] = field(default_factory=list)

    def complaints(self, practice: Practice, texts: Iterator[tuple[str, str]]) -> list[str]:
        new = not_accepted(practice, findings(texts))
        if self.reason:
            self.found += new
            return []
        return [f"{finding} {WHAT_NOW}" for finding in new]
