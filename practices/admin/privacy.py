"""The privacy check in the form of a published entry, its rows included."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest

from municipalities.versioned import RowsFormSet
from practices.editorial.privacy_guard import Check, override, row_texts
from practices.models import Practice

REASON_LABEL = "Waarom mag het blijven staan?"
REASON_HELP = "Alleen nodig als de privacycontrole bij het opslaan iets vindt."
DESCRIPTION = (
    "Wat op de site staat, wordt bij het opslaan nagekeken op burgerservicenummers, "
    "e-mailadressen en telefoonnummers van personen, en aantallen van minder dan 10 mensen."
)


class PrivacyFormMixin(forms.Form):
    """For the form of an entry. The rows below it find the check on their entry."""

    privacy_reason = forms.CharField(
        label=REASON_LABEL,
        help_text=REASON_HELP,
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
    )

    def clean(self) -> Any:
        cleaned = super().clean()
        practice: Practice = self.instance  # type: ignore[attr-defined]
        if practice.pk and practice.is_public:
            check = Check(self.cleaned_data.get("privacy_reason", "").strip())
            practice._privacy = check  # type: ignore[attr-defined]
            texts = row_texts(Practice, self.cleaned_data)
            for complaint in check.complaints(practice, texts):
                self.add_error(None, complaint)
        return cleaned


class GuardedFormSet(RowsFormSet):
    def clean(self) -> None:
        super().clean()
        check: Check | None = getattr(self.instance, "_privacy", None)
        if check is None or any(self.errors):
            return
        kept = [form for form in self.forms if form not in self.deleted_forms]
        rows = [form.cleaned_data for form in kept if form.cleaned_data]
        texts = (text for row in rows for text in row_texts(self.model, row))
        if complaints := check.complaints(self.instance, texts):
            raise forms.ValidationError(complaints)


class PrivacyMixin:
    """For the admin of the entries. Comes after VersionedAdmin, which adds to the first set."""

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        fieldsets = list(super().get_fieldsets(request, obj))  # type: ignore[misc]
        if obj is None or not obj.is_public:
            return fieldsets
        if not self.has_change_permission(request, obj):  # type: ignore[attr-defined]
            return fieldsets
        options = {"fields": ["privacy_reason"], "description": DESCRIPTION}
        return [*fieldsets, ("Privacy", options)]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)  # type: ignore[misc]
        check: Check | None = getattr(form.instance, "_privacy", None)
        if check and check.found:
            override(form.instance, check.found, check.reason, request.user)
