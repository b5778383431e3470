"""The history of an object in the admin: one timeline, with a way back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from practices.editorial import history
from practices.editorial.differences import differences
from practices.editorial.restoring import as_restored, restore
from practices.editorial.snapshots import snapshot
from practices.editorial.workflow import RefusedError
from practices.enums import VersionAction
from practices.events import log_done
from practices.models import Version

PER_PAGE = 20
RESTORED = "De versie is teruggezet. Dat is ook weer een nieuwe versie."


class HistoryMixin:
    """Records what happens in the admin. Comes after VersionedAdmin."""

    def get_urls(self) -> list[Any]:
        meta = self.opts  # type: ignore[attr-defined]
        view = self.admin_site.admin_view(self.restore_view)  # type: ignore[attr-defined]
        name = f"{meta.app_label}_{meta.model_name}_restore"
        return [
            path("<path:object_id>/versie/<int:version>/", view, name=name),
            *super().get_urls(),  # type: ignore[misc]
        ]

    # --- recording ------------------------------------------------------------------

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        if change:
            history.found(obj)
        super().save_model(request, obj, form, change)  # type: ignore[misc]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)  # type: ignore[misc]
        action = VersionAction.CHANGED if change else VersionAction.ADDED
        history.record(form.instance, action, request.user)

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        _record_deletion(request, obj)
        super().delete_model(request, obj)  # type: ignore[misc]

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        for instance in queryset:
            _record_deletion(request, instance)
        super().delete_queryset(request, queryset)  # type: ignore[misc]

    # --- showing --------------------------------------------------------------------

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        instance = self._of_request(request, object_id)
        versions = history.versions_of(type(instance), instance.pk)
        page = Paginator(versions, PER_PAGE).get_page(request.GET.get("p"))
        may_restore = self.has_change_permission(request, instance)  # type: ignore[attr-defined]
        context = self._context(request, instance, f"Geschiedenis: {instance}") | {
            "events": history.events(type(instance), page.object_list),
            "page": page,
            "may_restore": may_restore,
        }
        return TemplateResponse(request, "admin/practices/history.html", context)

    def restore_view(self, request: HttpRequest, object_id: str, version: int) -> HttpResponse:
        """Shows what would change back; only a POST does it."""
        instance = self._of_request(request, object_id)
        if not self.has_change_permission(request, instance):  # type: ignore[attr-defined]
            raise PermissionDenied
        chosen = history.versions_of(type(instance), instance.pk).filter(pk=version).first()
        if chosen is None:
            raise Http404
        if request.method == "POST":
            return self._restore(request, instance, chosen)
        now = snapshot(instance) or {}
        context = self._context(request, instance, f"Versie terugzetten: {instance}") | {
            "version": chosen,
            "groups": differences(type(instance), now, as_restored(now, chosen.content)),
        }
        return TemplateResponse(request, "admin/practices/restore.html", context)

    def _restore(self, request: HttpRequest, instance: Model, version: Version) -> HttpResponse:
        try:
            restore(instance, version, request.user)
        except RefusedError as refused:
            messages.error(request, f"Niet teruggezet. {refused}")
        else:
            self.log_change(request, instance, RESTORED)  # type: ignore[attr-defined]
            messages.success(request, RESTORED)
        return HttpResponseRedirect(self._url("history", instance))

    def _of_request(self, request: HttpRequest, object_id: str) -> Model:
        instance = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        if not self.has_view_permission(request, instance):  # type: ignore[attr-defined]
            raise PermissionDenied
        if instance is None:
            raise Http404
        return instance

    def _context(self, request: HttpRequest, instance: Model, title: str) -> dict[str, Any]:
        meta = self.opts  # type: ignore[attr-defined]
        return {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": title,
            "opts": meta,
            "original": instance,
            "list_url": reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist"),
            "change_url": self._url("change", instance),
            "history_url": self._url("history", instance),
            "restore_name": f"admin:{meta.app_label}_{meta.model_name}_restore",
        }

    def _url(self, page: str, instance: Model) -> str:
        meta = self.opts  # type: ignore[attr-defined]
        name = f"admin:{meta.app_label}_{meta.model_name}_{page}"
        return reverse(name, args=[instance.pk])


def _record_deletion(request: HttpRequest, instance: Model) -> None:
    history.record_deletion(instance, request.user)
    log_done("deleted", request.user, kind=instance._meta.label_lower, key=instance.pk)
