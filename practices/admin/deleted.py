"""Deleted entries in the admin: their last version, to be read and to be brought back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse

from practices.editorial import history
from practices.editorial.differences import whole
from practices.editorial.permissions import actor_of
from practices.editorial.restoring import bring_back
from practices.editorial.workflow import RefusedError
from practices.models import Practice, Version

PER_PAGE = 20
DONE = "'{title}' is terug, als concept. Vul foto's en contacten opnieuw in."
RESTORED = "Teruggezet nadat hij was verwijderd."
LOST = "Niet meegekomen: {lost}"


class DeletedMixin:
    """For the admin of the entries. All of it is for the eindredactie."""

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view  # type: ignore[attr-defined]
        return [
            path("verwijderd/", wrap(self.deleted_view), name="practices_practice_deleted"),
            path(
                "verwijderd/<int:version>/",
                wrap(self.bring_back_view),
                name="practices_practice_bring_back",
            ),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def deleted_view(self, request: HttpRequest) -> HttpResponse:
        _require_chief(request)
        versions = history.deleted(Practice).defer("content")
        page = Paginator(versions, PER_PAGE).get_page(request.GET.get("p"))
        context = self._deleted_context(request, "Verwijderde praktijken") | {"page": page}
        return TemplateResponse(request, "admin/practices/practice/deleted.html", context)

    def bring_back_view(self, request: HttpRequest, version: int) -> HttpResponse:
        """Shows what there was; only a POST brings it back."""
        _require_chief(request)
        chosen = get_object_or_404(history.deleted(Practice), pk=version)
        if request.method == "POST":
            return self._bring_back(request, chosen)
        context = self._deleted_context(request, f"Verwijderd: {chosen.title}") | {
            "version": chosen,
            "groups": whole(Practice, chosen.content),
        }
        return TemplateResponse(request, "admin/practices/practice/bring_back.html", context)

    def _bring_back(self, request: HttpRequest, version: Version) -> HttpResponse:
        try:
            practice, lost = bring_back(version.pk, request.user)
        except RefusedError as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(reverse("admin:practices_practice_deleted"))
        self.log_addition(request, practice, RESTORED)  # type: ignore[attr-defined]
        messages.success(request, DONE.format(title=practice.title))
        if lost:
            messages.warning(request, LOST.format(lost=" ".join(lost)))
        return HttpResponseRedirect(reverse("admin:practices_practice_change", args=[practice.pk]))

    def _deleted_context(self, request: HttpRequest, title: str) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": title,
            "opts": Practice._meta,
        }


def _require_chief(request: HttpRequest) -> None:
    if not actor_of(request.user).is_chief:
        raise PermissionDenied
