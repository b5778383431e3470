"""Entries that a new title may be about: shown while it is typed, and after the first save."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_safe

from practices.duplicates import Duplicate, likely_duplicates
from practices.editorial.permissions import linkable
from practices.models import Practice

URL_NAME = "practices_practice_duplicates"


class DuplicatesMixin:
    class Media:
        js = ["practices/duplicates.js"]

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(require_safe(self.duplicates_view))  # type: ignore[attr-defined]
        return [
            path("lijkt-op/", view, name=URL_NAME),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def duplicates_view(self, request: HttpRequest) -> HttpResponse:
        """A piece of a page, for who may add an entry: only of what he or she may know of."""
        if not self.has_add_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        title = request.GET.get("titel", "")[: Practice._meta.get_field("title").max_length]
        context = {"duplicates": likely_duplicates(title.replace("\x00", ""), _known(request))}
        template = "admin/practices/practice/_duplicates.html"
        response = TemplateResponse(request, template, context)
        add_never_cache_headers(response)
        return response

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, **kwargs)  # type: ignore[misc]
        if obj is None and "title" in form.base_fields:
            url = reverse(f"admin:{URL_NAME}")
            form.base_fields["title"].widget.attrs["data-duplicates-url"] = url
        return form

    def response_add(self, request: HttpRequest, obj: Practice, *args: Any) -> HttpResponse:
        """Also for who types without JavaScript; the place is known now, too."""
        places = list(obj.municipality_links.values_list("municipality", flat=True))
        hits = likely_duplicates(obj.title, _known(request), places, obj.summary, exclude=obj.pk)
        if hits:
            messages.warning(request, format_html("Staat deze praktijk er al? {}", _links(hits)))
        return super().response_add(request, obj, *args)  # type: ignore[misc]


def _known(request: HttpRequest) -> QuerySet:
    return linkable(request.user, Practice.objects.all())


def _links(hits: list[Duplicate]) -> str:
    rows = ((hit.practice.get_absolute_url(), hit.practice.title, hit.reason) for hit in hits)
    return format_html_join("; ", '<a href="{}">{}</a> ({})', rows)
