"""Sources, and the rule that ties the evidence level of a form to its results."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.formats import date_format

from municipalities.admin import FixedSlugMixin
from municipalities.versioned import VersionedAdmin, VersionedForm
from practices.admin.history import HistoryMixin
from practices.admin.privacy import GuardedFormSet
from practices.editorial.permissions import may_change_source
from practices.evidence import too_high_message
from practices.links.dead import dead_since
from practices.models import Reference, Source

NOT_YOURS = (
    "Deze bron kun je niet wijzigen: ook praktijken van andere gemeenten gebruiken hem, of iemand "
    "anders heeft hem toegevoegd. Klopt er iets niet? Vraag het de eindredactie."
)


CLAIM_HELP = {
    "statement": "Eén uitkomst, in één zin. Heb je er meer, voeg dan nog een resultaat toe.",
    "proof": "Is er geteld? Zet dan ook het bewijsniveau van de praktijk hoger.",
    "unit": "Bijvoorbeeld: deelnemers, procent.",
    "period": "Bijvoorbeeld: 2024, of: na een half jaar.",
    "source": "Waar staat dit? Staat de bron niet in de lijst, voeg hem dan toe met het plusje.",
    "place": "Bijvoorbeeld: blz. 12.",
}


class ClaimForm(VersionedForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, help_text in CLAIM_HELP.items():
            if field := self.fields.get(name):
                field.help_text = help_text


class ClaimFormSet(GuardedFormSet):
    """Holds the level of the submitted practice against the submitted results.

    Both can change in the same form, so neither the model nor the main form can judge.
    """

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        message = too_high_message(self.instance.evidence_level, self._proofs())
        if message:
            raise ValidationError(message)

    def _proofs(self) -> list[int]:
        kept = [form for form in self.forms if form not in self.deleted_forms]
        filled = [form.cleaned_data for form in kept if form.cleaned_data]
        proofs = [data["proof"] for data in filled if data.get("proof") is not None]
        return proofs + self._added_by_others()

    def _added_by_others(self) -> list[int]:
        """Results that came after this page was opened: they are not in it, but they count."""
        sent = {form.instance.pk for form in self.forms}
        return [claim.proof for claim in self.get_queryset() if claim.pk not in sent]


@admin.register(Source)
class SourceAdmin(VersionedAdmin, HistoryMixin, FixedSlugMixin, admin.ModelAdmin):
    slug_source = "title"

    list_display = ["title", "publisher", "published_on", "licence", "reference_count", "link"]
    list_filter = ["licence"]
    search_fields = ["title", "slug", "publisher", "url"]
    ordering = ["title"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "publisher", "published_on"]}),
        (
            "Waar te vinden",
            {
                "fields": ["url", "link", "licence"],
                "description": "De licentie zegt wat anderen met de bron mogen doen.",
            },
        ),
    ]

    readonly_fields = ["link"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        granted = super().has_change_permission(request, obj)
        return granted or (obj is not None and may_change_source(request.user, obj))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        title, options = fieldsets[0]
        return [(title, {**options, "description": NOT_YOURS}), *fieldsets[1:]]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """The number is asked for the rows that are shown, not grouped over all references."""
        named = Reference.objects.filter(source=OuterRef("pk")).order_by().values("source")
        number = Coalesce(Subquery(named.annotate(n=Count("pk")).values("n")), 0)
        return super().get_queryset(request).annotate(n=number, dead_since=dead_since("url"))

    @admin.display(description="link", ordering="dead_since")
    def link(self, source: Any) -> str:
        """On the page for a new source there is nothing yet."""
        since = getattr(source, "dead_since", None)
        if since is None:
            return str(self.get_empty_value_display())
        return f"werkt niet meer sinds {date_format(since, 'j F Y')}"

    @admin.display(description="praktijken", ordering="n")
    def reference_count(self, source: Any) -> int:
        return source.n
