"""What is edited on the page of a practice, next to the practice itself."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest

from municipalities.autocompletes import KnownSelectMixin
from municipalities.versioned import VersionedForm, VersionedInline
from practices.admin.access import PartInlineAccessMixin, limit_targets
from practices.admin.evidence import ClaimForm, ClaimFormSet
from practices.admin.photo_form import PHOTO_FIELDS, PhotoForm
from practices.admin.privacy import GuardedFormSet
from practices.enums import RelationKind
from practices.models import (
    Adoption,
    Claim,
    Contact,
    Photo,
    PracticeMunicipality,
    Reference,
    Relation,
)

TWICE = "Hetzelfde verband staat er twee keer."


class _JoinedMixin(KnownSelectMixin, PartInlineAccessMixin):
    """Every row prints its `str()`, which reads other tables: fetch those along."""

    joined: tuple[str, ...] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related(*self.joined)  # type: ignore[misc]


class MunicipalityInline(VersionedInline, _JoinedMixin, admin.TabularInline):
    model = PracticeMunicipality
    joined = ("municipality",)
    extra = 0
    autocomplete_fields = ["municipality"]


class ReferenceInline(VersionedInline, _JoinedMixin, admin.TabularInline):
    model = Reference
    formset = GuardedFormSet
    joined = ("source",)
    extra = 0
    autocomplete_fields = ["source"]
    addable = ("source",)


class ClaimInline(VersionedInline, _JoinedMixin, admin.StackedInline):
    model = Claim
    form = ClaimForm
    joined = ("source",)
    formset = ClaimFormSet
    extra = 0
    autocomplete_fields = ["source"]
    addable = ("source",)
    fields = [
        ("kind", "proof"),
        "statement",
        ("qualifier", "value", "unit"),
        ("denominator", "period"),
        "source",
        "place",
    ]


class RelationForm(VersionedForm):
    def _post_clean(self) -> None:
        """Django leaves out constraints on the field that ties a row to its page."""
        super()._post_clean()
        if self.instance.from_practice_id and not self.errors:
            try:
                self.instance.validate_constraints()
            except ValidationError as error:
                self.add_error(None, error)


class RelationFormSet(GuardedFormSet):
    def clean(self) -> None:
        """Two equal new rows: the database would refuse them, with an error page."""
        super().clean()
        if any(self.errors):
            return
        kept = [form for form in self.forms if form not in self.deleted_forms]
        data = [form.cleaned_data for form in kept if getattr(form, "cleaned_data", None)]
        pairs = [(row.get("kind"), row.get("to_practice")) for row in data]
        if len(set(pairs)) < len(pairs):
            raise ValidationError(TWICE)


class RelationInline(VersionedInline, _JoinedMixin, admin.TabularInline):
    model = Relation
    fk_name = "from_practice"
    joined = ("from_practice", "to_practice")
    form = RelationForm
    formset = RelationFormSet
    verbose_name_plural = "verbanden met andere praktijken"
    extra = 0
    autocomplete_fields = ["to_practice"]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        if field := formset.form.base_fields.get("to_practice"):
            limit_targets(field, request.user, obj)
        return formset


class InverseRelationInline(_JoinedMixin, admin.TabularInline):
    """A relation is stored once; from this side it can only be read."""

    model = Relation
    fk_name = "to_practice"
    joined = ("from_practice", "to_practice")
    verbose_name_plural = "verbanden die bij de andere praktijk staan"
    extra = 0
    fields = ["inverse", "from_practice", "note"]
    readonly_fields = ["inverse", "from_practice", "note"]
    can_delete = False
    show_change_link = True

    @admin.display(description="verband")
    def inverse(self, relation: Relation) -> str:
        return RelationKind(relation.kind).inverse_label

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class AdoptionInline(_JoinedMixin, admin.StackedInline):
    """Written by the municipalities that took it over, on pages of their own (adopting.py)."""

    model = Adoption
    joined = ("municipality",)
    verbose_name_plural = "overnames, vastgelegd door de gemeenten zelf"
    extra = 0
    fields = ["municipality", "state", "since", "changes", "reason_stopped"]
    readonly_fields = fields
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class PhotoInline(VersionedInline, PartInlineAccessMixin, admin.StackedInline):
    model = Photo
    formset = GuardedFormSet
    form = PhotoForm
    formfield_overrides = PHOTO_FIELDS
    extra = 0
    fields = ["image", "alt", ("maker", "licence"), ("focus_x", "focus_y"), "position"]


class ContactInline(VersionedInline, PartInlineAccessMixin, admin.TabularInline):
    model = Contact
    formset = GuardedFormSet
    extra = 0


ALL = [
    MunicipalityInline,
    ReferenceInline,
    ClaimInline,
    RelationInline,
    InverseRelationInline,
    AdoptionInline,
    PhotoInline,
    ContactInline,
]
