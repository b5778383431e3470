"""Two editors at once: the second is told what changed and keeps what he or she wrote.

The form carries a short digest of every value as it was when the page was opened. On
saving, a digest that no longer fits the database means that somebody else was there in
between. Nothing is saved then: values that this editor left alone are brought up to
date, and where both changed the same field the other's value is shown beside it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from hashlib import blake2b
from typing import Any

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import display_for_field
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import IntegrityError, connection
from django.db.models import Field, Model, URLField
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime

from municipalities.autocompletes import KnownSelect, SoundAutocompletesMixin

VERSION = "version"
EMPTY = "(leeg)"

STALE = "Iemand anders heeft dit intussen gewijzigd. Er is nog niets opgeslagen."
LAST_CHANGE = "De laatste wijziging was van {who}, {when}."
TAKEN_OVER = "Bijgewerkt, want hier had je zelf niets veranderd: {labels}."
BOTH = "Jullie hebben allebei iets veranderd bij: {labels}. Kijk daar wat er moet staan."
SAVE_AGAIN = "Klopt alles? Sla dan opnieuw op."
THEIRS = "Intussen is dit gewijzigd in: “{value}”. Sla je op, dan blijft staan wat jij invulde."
GONE = (
    "Iemand anders heeft dit intussen verwijderd. Wat je invulde, staat er nog. Vink "
    "'Verwijderen' aan om verder te gaan; wil je het houden, voeg het dan opnieuw toe."
)
TWICE = "Er staan twee regels met dezelfde waarde bij: {labels}."
SAME_ROW = "Deze regel staat er twee keer."


def digest(value: Any) -> str:
    return blake2b(_plain(value).encode(), digest_size=6).hexdigest()


def _plain(value: Any) -> str:
    """The same text for a value from the database and for one from a form."""
    if value is None:
        return ""
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, Decimal):
        return str(value.normalize())
    if isinstance(value, str):
        return "\n".join(value.splitlines()).strip()
    if isinstance(value, Iterable) and not hasattr(value, "chunks"):
        return ",".join(sorted(_plain(part) for part in value))
    return str(value)


class VersionField(forms.CharField):
    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class VersionedForm(forms.ModelForm):
    version = VersionField(required=False, label="")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._now: dict[str, str] = {}
        if self.instance.pk:
            for name in self.fields:
                if name != VERSION and self._column(name):
                    self._now[name] = digest(self.initial.get(name))
            self.initial[VERSION] = json.dumps(self._now)
            self._tell_widgets()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        seen = self._seen()
        if self.instance.pk:
            changed = [name for name, now in self._now.items() if seen.get(name) != now]
            self._judge(changed, seen)
        elif seen:
            # The row was found in the page, but no longer in the database.
            self.errors.pop("id", None)
            self.add_error(None, GONE)
        return cleaned

    def _judge(self, changed: list[str], seen: dict[str, str]) -> None:
        mine = {name: self._submitted(name) for name in changed}
        both = [name for name in changed if mine[name] not in (seen.get(name), self._now[name])]
        taken = [name for name in changed if mine[name] == seen.get(name)]
        if not both and not taken:
            return
        self.data = self.data.copy()
        self.data[self.add_prefix(VERSION)] = json.dumps(self._now)
        for name in both:
            self.add_error(name, THEIRS.format(value=self._shown(name)))
        for name in taken:
            self._take_over(name)
        self.add_error(None, ValidationError(self._report(taken, both)))

    def _column(self, name: str) -> Field | None:
        try:
            return self.instance._meta.get_field(name)
        except FieldDoesNotExist:
            return None

    def _seen(self) -> dict[str, str]:
        """The digests of when the page was opened; unreadable ones fit nothing."""
        try:
            seen = json.loads(self.cleaned_data.get(VERSION) or "{}")
        except ValueError:
            return {}
        return seen if isinstance(seen, dict) else {}

    def _submitted(self, name: str) -> str | None:
        """None for a value with an error: this editor changed it, but into what?"""
        return digest(self.cleaned_data[name]) if name in self.cleaned_data else None

    def _shown(self, name: str) -> str:
        column = self._column(name)
        if column.many_to_many:
            return ", ".join(str(part) for part in self.initial[name]) or EMPTY
        value = getattr(self.instance, name)
        return str(value) if isinstance(value, Model) else display_for_field(value, column, EMPTY)

    def _take_over(self, name: str) -> None:
        bound = self[name]
        widget = getattr(bound.field.widget, "widget", bound.field.widget)
        shown = widget.format_value(bound.field.prepare_value(bound.initial))
        if isinstance(bound.initial, bool):
            shown = ["on"] if bound.initial else []
        if not isinstance(shown, list):
            shown = ["" if shown is None else str(shown)]
        self.data.setlist(bound.html_name, shown)

    def _report(self, taken: list[str], both: list[str]) -> list[str]:
        report = [" ".join(filter(None, [STALE, self._last_change()]))]
        if taken:
            report.append(TAKEN_OVER.format(labels=self._labels(taken)))
        if both:
            report.append(BOTH.format(labels=self._labels(both)))
        return [*report, SAVE_AGAIN]

    def _labels(self, names: list[str]) -> str:
        return ", ".join(str(self.fields[name].label).lower() for name in names)

    def _last_change(self) -> str:
        kind = ContentType.objects.get_for_model(self.instance)
        entries = LogEntry.objects.filter(content_type=kind, object_id=str(self.instance.pk))
        last = entries.select_related("user").first()
        if last is None:
            return ""
        who = last.user.get_full_name() or last.user.get_username()
        when = date_format(localtime(last.action_time), r"j F Y \o\m H:i")
        return LAST_CHANGE.format(who=who, when=when)

    def _tell_widgets(self) -> None:
        for name, field in self.fields.items():
            widget = getattr(field.widget, "widget", None)
            if isinstance(widget, KnownSelect):
                widget.known = getattr(self.instance, name)


class VersionedMixin(SoundAutocompletesMixin):
    """For a ModelAdmin or an inline; a form of its own has to derive from VersionedForm."""

    form = VersionedForm
    # To these fields something new may be added in passing. Changing or deleting a
    # municipality or a theme from inside another page is a mistake waiting to happen.
    addable: tuple[str, ...] = ()

    def formfield_for_dbfield(
        self, db_field: Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if isinstance(db_field, URLField):
            kwargs["assume_scheme"] = "https"
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_add_related &= db_field.name in self.addable
            field.widget.can_change_related = False
            field.widget.can_delete_related = False
            field.widget.can_view_related = False
        return field

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        fields = super().get_fields(request, obj)  # type: ignore[misc]
        return [field for field in fields if field != VERSION]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        fieldsets = list(super().get_fieldsets(request, obj))  # type: ignore[misc]
        if not self.has_change_permission(request, obj):  # type: ignore[attr-defined]
            return fieldsets
        title, options = fieldsets[0]
        first = (title, options | {"fields": [*options["fields"], VERSION]})
        return [first, *fieldsets[1:]]


class RowsFormSet(forms.BaseInlineFormSet):
    """Says in words what Django leaves out or names as in code."""

    def add_fields(self, form: forms.BaseForm, index: int | None) -> None:
        super().add_fields(form, index)
        for field in form.fields.values():
            # In a table the heading of the column is no label for who cannot see it.
            widget = getattr(field.widget, "widget", field.widget)
            if field.label and not widget.is_hidden:
                widget.attrs.setdefault("aria-label", capfirst(field.label))

    def get_unique_error_message(self, unique_check: tuple[str, ...]) -> str:
        asked = [self.form.base_fields[name] for name in unique_check if name != self.fk.name]
        labels = [capfirst(field.label) for field in asked]
        return TWICE.format(labels=", ".join(labels))

    def get_form_error(self) -> str:
        return SAME_ROW


class VersionedInline(VersionedMixin):
    formset = RowsFormSet


class VersionedAdmin(VersionedMixin):
    """For a ModelAdmin: two saves at the very same moment come one after the other."""

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        if request.method == "POST" and connection.in_atomic_block:
            self._wait_for_turn(object_id)
        # Django looks for a field of the name that was sent, also when that is empty.
        return super().get_object(request, object_id, from_field or None)  # type: ignore[misc]

    def _wait_for_turn(self, object_id: str) -> None:
        """Holds the row until this request is done. SQLite has one writer at a time anyway."""
        rows = self.model._base_manager.select_for_update()  # type: ignore[attr-defined]
        try:
            list(rows.filter(pk=object_id).values_list("pk"))
        except (ValueError, ValidationError):
            return  # No such object; get_object says so.

    def get_inline_formsets(self, *args: Any, **kwargs: Any) -> list[Any]:
        """Django pairs the rows that were sent with those that exist now. A row that somebody
        else deleted would drop out of the page, and what was written in it too.
        """
        parts = super().get_inline_formsets(*args, **kwargs)  # type: ignore[misc]
        for part in parts:
            if part.formset.is_bound:
                part.formset._queryset = [form.instance for form in part.formset.initial_forms]
        return parts

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)  # type: ignore[misc]
        except IntegrityError:
            # Somebody saved the same name or link just now. Looking again finds it, as an
            # ordinary error beside the field.
            return super().changeform_view(request, *args, **kwargs)  # type: ignore[misc]
