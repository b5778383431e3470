"""Where a term is used: on its page, in its list, and when somebody wants to delete it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html

from practices.admin.merging import merge_url
from practices.editorial.usage import list_field, usage, with_use
from practices.enums import State
from practices.filters import PracticeFilterSet, VocabularyFilter
from practices.models import OldTermSlug, Term
from practices.querystrings import filter_url

PARAMETERS = {
    found.kind: parameter
    for parameter, found in PracticeFilterSet.base_filters.items()
    if isinstance(found, VocabularyFilter)
}


class TermUseMixin:
    change_form_template = "admin/practices/term/change_form.html"
    delete_confirmation_template = "admin/practices/term/delete_confirmation.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return with_use(super().get_queryset(request))  # type: ignore[misc]

    @admin.display(description="praktijken", ordering="n")
    def practice_count(self, term: Any) -> int:
        return term.n

    # --- on the page of a term ------------------------------------------------------

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        term = kwargs.get("obj")
        if term is not None and term.pk:
            context |= self._panel(request, term)
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]

    def _panel(self, request: HttpRequest, term: Term) -> dict[str, Any]:
        kind = term._meta.label_lower
        old = OldTermSlug.objects.filter(kind=kind, key=term.pk).order_by("slug")
        return {
            "use": usage(term, request.user),
            "practices_url": _practices_url(term),
            "published_url": _practices_url(term, State.PUBLISHED),
            "public_url": _public_url(term),
            "merge_url": merge_url(term) if self.may_merge(request, term) else "",  # type: ignore[attr-defined]
            "old_names": [name.slug for name in old],
        }

    # --- deleting -------------------------------------------------------------------

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What is in use counts as protected: Django then refuses, one by one or in an action."""
        listed, counts, lacking, protected = super().get_deleted_objects(objs, request)  # type: ignore[misc]
        for term in objs:
            use = usage(term, request.user)
            if use.total or use.children:
                protected.append(_in_use(term, use.total, use.children))
        return listed, counts, lacking, protected

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        context = extra_context or {}
        term = self.get_object(request, object_id)  # type: ignore[attr-defined]
        if term is not None and self.may_merge(request, term):  # type: ignore[attr-defined]
            context = context | {"merge_url": merge_url(term)}
        return super().delete_view(request, object_id, context)  # type: ignore[misc]


def _in_use(term: Term, practices: int, children: int) -> str:
    parts = []
    if practices:
        parts.append(f"{practices} praktijk" if practices == 1 else f"{practices} praktijken")
    if children:
        parts.append(f"{children} onderdeel" if children == 1 else f"{children} onderdelen")
    where = _practices_url(term)
    return format_html('{}: in gebruik bij <a href="{}">{}</a>', term, where, " en ".join(parts))


def _practices_url(term: Term, state: State | None = None) -> str:
    query = {f"{list_field(type(term)).name}__id__exact": term.pk}
    if state:
        query["state__exact"] = state.value
    return f"{reverse('admin:practices_practice_changelist')}?{urlencode(query)}"


def _public_url(term: Term) -> str:
    """Empty for a list that readers cannot filter by."""
    parameter = PARAMETERS.get(term._meta.label_lower)
    return filter_url(parameter, term.slug) if parameter else ""
