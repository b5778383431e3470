"""The page on which a term is merged into another of its list.

Without a choice it asks for one, with a choice it shows what will happen, and only the
button on that page does it. For who may both change and delete terms of the list.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from practices.editorial.merging import Plan, merge, plan
from practices.editorial.workflow import RefusedError
from practices.models import Term

INTO, STAMP = "met", "gezien"
DONE = "'{absorbed}' is opgegaan in '{kept}'. Praktijken aangepast: {count}."
LOGGED = "'{absorbed}' is hierin opgegaan."


class MergeMixin:
    def get_urls(self) -> list[Any]:
        meta = self.opts  # type: ignore[attr-defined]
        view = self.admin_site.admin_view(self.merge_view)  # type: ignore[attr-defined]
        name = f"{meta.app_label}_{meta.model_name}_merge"
        return [
            path("<path:object_id>/samenvoegen/", view, name=name),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def may_merge(self, request: HttpRequest, term: Term | None = None) -> bool:
        return self.has_change_permission(  # type: ignore[attr-defined]
            request, term
        ) and self.has_delete_permission(request, term)  # type: ignore[attr-defined]

    def merge_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        if not self.may_merge(request):
            raise PermissionDenied
        absorbed = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        if absorbed is None:
            raise Http404
        given = request.POST if request.method == "POST" else request.GET
        chosen = given.get(INTO, "")
        kept = self.get_object(request, chosen) if chosen else None  # type: ignore[attr-defined]
        if chosen and kept is None:
            messages.error(request, "Dat trefwoord bestaat niet (meer). Kies een ander.")
        if request.method == "POST" and kept is not None:
            return self._merge(request, kept, absorbed)
        return self._show(request, kept, absorbed)

    def _merge(self, request: HttpRequest, kept: Any, absorbed: Any) -> HttpResponse:
        # Asked before: afterwards there is no object left to name.
        gone = [type(absorbed)(pk=absorbed.pk, name=absorbed.name)]
        try:
            done = merge(kept, absorbed, request.user, request.POST.get(STAMP, ""))
        except RefusedError as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(merge_url(absorbed, kept))
        text = LOGGED.format(absorbed=absorbed)
        self.log_change(request, kept, text)  # type: ignore[attr-defined]
        self.log_deletions(request, gone)  # type: ignore[attr-defined]
        told = DONE.format(absorbed=absorbed, kept=kept, count=len(done.practices))
        messages.success(request, told)
        return HttpResponseRedirect(change_url(kept))

    def _show(self, request: HttpRequest, kept: Any, absorbed: Any) -> HttpResponse:
        found: Plan | None = None
        refused = ""
        if kept is not None:
            try:
                found = plan(kept, absorbed)
            except RefusedError as error:
                refused = str(error)
        meta = self.opts  # type: ignore[attr-defined]
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": f"Samenvoegen: {absorbed}",
            "opts": meta,
            "absorbed": absorbed,
            "kept": kept,
            "plan": found,
            "refused": refused,
            "choices": type(absorbed).objects.exclude(pk=absorbed.pk).order_by("name"),
            "list_url": reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist"),
            "change_url": change_url(absorbed),
            "reverse_url": merge_url(kept, absorbed) if kept else "",
        }
        return TemplateResponse(request, "admin/practices/term/merge.html", context)


def change_url(term: Term) -> str:
    return _url(term, "change")


def merge_url(absorbed: Term, kept: Term | None = None) -> str:
    query = f"?{urlencode({INTO: kept.pk})}" if kept else ""
    return _url(absorbed, "merge") + query


def _url(term: Term, page: str) -> str:
    meta = term._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=[term.pk])
