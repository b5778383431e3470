"""Filling in what an entry lacks, on the work list itself.

Only what was empty is asked, so it fits under one line of the list; all else is for the
form of the entry. The rules are the same as there: nobody's text is overwritten
(municipalities/versioned.py), the privacy check is asked, the history knows of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.text import capfirst

from municipalities.versioned import VERSION, VersionedForm
from practices.admin.privacy import PrivacyFormMixin
from practices.editorial import history
from practices.editorial.privacy_guard import WHAT_NOW, override, row_texts
from practices.editorial.worklist import COSTS, TEXTS, Work
from practices.enums import VersionAction
from practices.models import Contact, Practice

FILLABLE = (*TEXTS, *COSTS.fields)
REASON = "privacy_reason"
CONTACT_PREFIX = "contact"
CONTACT_NAMES = ("organisation", "role", "mailbox")
NEW_CONTACT = (
    "Iemand anders heeft intussen een contact toegevoegd: {contact}. Is dat genoeg? Maak deze "
    "velden dan leeg."
)
Data = Mapping[str, Any]


class FillForm(PrivacyFormMixin, VersionedForm):
    """Which fields it has, differs for each entry: `_entry_form`."""


class ContactForm(forms.ModelForm):
    class Meta:
        model = Contact
        fields = CONTACT_NAMES

    def __init__(self, *args: Any, practice: Practice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.practice = practice

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.has_changed():
            return cleaned
        if known := self.practice.contacts.first():
            self.add_error(None, NEW_CONTACT.format(contact=known))
        check = getattr(self.practice, "_privacy", None)
        if check is not None and not self.errors:
            for complaint in check.complaints(self.practice, row_texts(Contact, self.cleaned_data)):
                self.add_error(None, complaint)
        return cleaned


class Filling:
    """The empty fields of one entry, and its first contact if it has none."""

    def __init__(
        self, practice: Practice, names: Iterable[str], contact: bool, data: Any = None
    ) -> None:
        self.practice = practice
        ids = f"id_{practice.pk}_%s"
        self.form = _entry_form(names)(data, instance=practice, auto_id=ids)
        self.contact = contact and ContactForm(
            data,
            practice=practice,
            auto_id=ids,
            prefix=CONTACT_PREFIX,
            empty_permitted=True,
            use_required_attribute=False,
        )

    @classmethod
    def of(cls, practice: Practice, work: Work) -> Filling:
        return cls(practice, work.fields, work.lacks_contact)

    @classmethod
    def sent(cls, practice: Practice, data: Data) -> Filling:
        """With what was asked on the page that was sent, whatever is empty by now."""
        names = [name for name in FILLABLE if name in data]
        contact = any(f"{CONTACT_PREFIX}-{name}" in data for name in CONTACT_NAMES)
        return cls(practice, names, contact, data)

    @property
    def parts(self) -> list[Any]:
        return [self.form, *([self.contact] if self.contact else [])]

    @property
    def entry_fields(self) -> list[Any]:
        return [field for field in self.form.visible_fields() if field.name != REASON]

    @property
    def contact_fields(self) -> list[Any]:
        return self.contact.visible_fields() if self.contact else []

    @property
    def asks(self) -> bool:
        return bool(self.entry_fields or self.contact_fields)

    @property
    def privacy_field(self) -> Any:
        """Asked for only when the check found something, or a reason was given already."""
        given = self.form.is_bound and self.form[REASON].value()
        found = any(WHAT_NOW in error for error in self.errors)
        return self.form[REASON] if given or found else None

    @property
    def version(self) -> Any:
        return self.form[VERSION]

    @property
    def errors(self) -> list[str]:
        """Those of no field in particular."""
        if not self.form.is_bound:
            return []
        return [str(error) for part in self.parts for error in part.non_field_errors()]

    def is_valid(self) -> bool:
        """The entry first: its check of privacy is the one that its contact is held against."""
        valid = [part.is_valid() for part in self.parts]
        return all(valid)

    @property
    def labels(self) -> list[str]:
        """What was filled in, in words; empty when nothing was."""
        names = [name for name in self.form.changed_data if name in FILLABLE]
        labels = [capfirst(str(self.form.fields[name].label)) for name in names]
        return labels + (["Contact"] if self.contact and self.contact.has_changed() else [])

    def save(self, user: Any) -> None:
        """In the transaction of the caller, who holds the row."""
        history.found(self.practice)
        self.form.save()
        if self.contact and self.contact.has_changed():
            self.contact.instance.practice = self.practice
            self.contact.save()
        history.record(self.practice, VersionAction.CHANGED, user)
        check = getattr(self.practice, "_privacy", None)
        if check is not None and check.found:
            override(self.practice, check.found, check.reason, user)


def _entry_form(names: Iterable[str]) -> type[forms.ModelForm]:
    area = forms.Textarea(attrs={"rows": 3})
    texts = [name for name in (*TEXTS, "cost_note") if name != "lead_time"]
    return forms.modelform_factory(
        Practice, form=FillForm, fields=list(names), widgets=dict.fromkeys(texts, area)
    )
