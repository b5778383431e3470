"""Spreadsheets in the admin of the entries: download, upload, look, confirm."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from practices.editorial.permissions import visible
from practices.events import log_event
from practices.models import Practice
from practices.spreadsheets import pending
from practices.spreadsheets.files import FORMATS, read
from practices.spreadsheets.preview import Preview, preview
from practices.spreadsheets.resource import Outcome, PracticeResource
from practices.spreadsheets.tables import MAX_BYTES, MAX_ROWS, TOO_LARGE, FileError, Table

TOO_MANY = "Dit zijn {n} praktijken. Een bestand bevat er hoogstens 5.000: kies eerst filters."
EXPIRED = "Deze controle is verlopen of al gebruikt. Kies het bestand opnieuw."
AT_ONCE = "Iemand anders sloeg op hetzelfde moment iets op. Er is niets geïmporteerd."
DONE = "Geïmporteerd uit '{name}': {new} nieuw, {changed} gewijzigd, {unchanged} ongewijzigd."
REASON = "Import van bestand '{name}'."
NAME = "practices_practice_"


class UploadForm(forms.Form):
    file = forms.FileField(
        label="Bestand",
        help_text=f"ODS, XLSX of CSV, hoogstens {MAX_BYTES // 1024 // 1024} MB en 5.000 rijen.",
        widget=forms.FileInput(attrs={"accept": ".ods,.xlsx,.csv"}),
    )

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return file


class SpreadsheetsMixin:
    """For the admin of the entries."""

    def get_urls(self) -> list[Any]:
        pages = {
            "exporteren/": ("export", self.export_view),
            "exporteren/<slug:kind>/": ("export_file", self.export_file_view),
            "importeren/": ("import", self.import_view),
            "importeren/bevestigen/": ("import_confirm", self.import_confirm_view),
            "importeren/sjabloon/<slug:kind>/": ("import_template", self.template_file_view),
        }
        wrap = self.admin_site.admin_view  # type: ignore[attr-defined]
        own = [path(to, wrap(view), name=NAME + name) for to, (name, view) in pages.items()]
        return [*own, *super().get_urls()]  # type: ignore[misc]

    # --- out ----------------------------------------------------------------------------

    @admin.action(description="Downloaden als spreadsheet", permissions=["view"])
    def export_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse:
        if request.POST.get("select_across") == "1":
            query = request.GET.urlencode()
        else:
            query = urlencode({"id__in": ",".join(map(str, queryset.values_list("pk", flat=True)))})
        return HttpResponseRedirect(f"{_url('export')}?{query}")

    def export_view(self, request: HttpRequest) -> HttpResponse:
        practices = self._selection(request)
        if practices is None:
            return HttpResponseRedirect(_url("export"))
        count = practices.count()
        context = self._spreadsheet_context(request, "Praktijken downloaden") | {
            "count": count,
            "too_many": TOO_MANY.format(n=count) if count > MAX_ROWS else "",
            "formats": FORMATS,
            "query": request.GET.urlencode(),
        }
        return TemplateResponse(request, "admin/practices/practice/export.html", context)

    def export_file_view(self, request: HttpRequest, kind: str) -> HttpResponse:
        practices = self._selection(request)
        back = HttpResponseRedirect(f"{_url('export')}?{request.GET.urlencode()}")
        number = 0 if practices is None else practices.count()
        if practices is None or number > MAX_ROWS:
            return back
        try:
            file = self._file(request, kind, practices, f"praktijken-{timezone.localdate()}")
        except FileError as error:
            messages.error(request, str(error))
            return back
        log_event("exported", request.user, kind=kind, number=number)
        return file

    def template_file_view(self, request: HttpRequest, kind: str) -> HttpResponse:
        self._require_import(request)
        return self._file(request, kind, Practice.objects.none(), "praktijken-sjabloon")

    def _selection(self, request: HttpRequest) -> QuerySet | None:
        """What the list would show with this query string; None when that makes no sense."""
        if not self.has_view_or_change_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        try:
            found = self.get_changelist_instance(request).queryset  # type: ignore[attr-defined]
        except IncorrectLookupParameters:
            return None
        reached = visible(request.user, Practice.objects.all())
        return reached.filter(pk__in=found.order_by().values("pk")).order_by("title", "pk")

    def _file(
        self, request: HttpRequest, kind: str, practices: QuerySet, name: str
    ) -> HttpResponse:
        if kind not in FORMATS:
            raise Http404
        resource, written = PracticeResource(request.user), FORMATS[kind]
        data = written.export_data(resource.sheet(practices), guide=resource.guide_sheet())
        disposition = f'attachment; filename="{name}.{written.get_extension()}"'
        return HttpResponse(
            data,
            content_type=written.get_content_type(),
            headers={"Content-Disposition": disposition},
        )

    # --- in -----------------------------------------------------------------------------

    def import_view(self, request: HttpRequest) -> HttpResponse:
        self._require_import(request)
        if request.method != "POST":
            pending.drop(request.user)
            return self._import_page(request, UploadForm())
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._import_page(request, form)
        file = form.cleaned_data["file"]
        data, name = file.read(), file.name[:100]
        try:
            found = read(data)
            outcome = self._run(request, found)
        except FileError as error:
            form.add_error("file", str(error))
            return self._import_page(request, form)
        token = ""
        if outcome.drafts and not outcome.complaints:
            token = pending.keep(request.user, pending.Pending(name, data, outcome.marks))
        return self._import_page(request, form, preview(outcome), name, found.notes, token)

    def import_confirm_view(self, request: HttpRequest) -> HttpResponse:
        """Looks at everything again: between the preview and now anything may have happened."""
        self._require_import(request)
        kept = pending.take(request.user, request.POST.get("sleutel", ""))
        if kept is None:
            messages.error(request, EXPIRED)
            return HttpResponseRedirect(_url("import"))
        found = read(kept.data)
        try:
            with transaction.atomic():
                outcome = self._run(
                    request, found, seen=kept.marks, reason=REASON.format(name=kept.name)
                )
        except IntegrityError:
            messages.error(request, AT_ONCE)
            return HttpResponseRedirect(_url("import"))
        told = preview(outcome)
        if told.complaints:
            return self._import_page(request, UploadForm(), told, kept.name, found.notes)
        numbers = {"new": told.new, "changed": told.changed, "unchanged": told.unchanged}
        messages.success(request, DONE.format(name=kept.name, **numbers))
        log_event("imported", request.user, **numbers)
        return HttpResponseRedirect(_url("changelist"))

    def _run(self, request: HttpRequest, found: Table, **options: Any) -> Outcome:
        def may_change(practice: Practice) -> bool:
            return self.has_change_permission(request, practice)  # type: ignore[attr-defined]

        reached = visible(request.user, Practice.objects.all())
        return PracticeResource(request.user, reached).run(found, may_change, **options)

    def _require_import(self, request: HttpRequest) -> None:
        if not self.has_add_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied

    def _import_page(
        self,
        request: HttpRequest,
        form: UploadForm,
        told: Preview | None = None,
        name: str = "",
        notes: list[str] | None = None,
        token: str = "",
    ) -> HttpResponse:
        context = self._spreadsheet_context(request, "Praktijken importeren") | {
            "form": form,
            "preview": told,
            "file_name": name,
            "notes": notes or [],
            "token": token,
            "formats": FORMATS,
            "guide": [] if token else PracticeResource(request.user).guide_sheet(),
        }
        return TemplateResponse(request, "admin/practices/practice/import.html", context)

    def _spreadsheet_context(self, request: HttpRequest, title: str) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": title,
            "opts": Practice._meta,
        }


def _url(page: str) -> str:
    return reverse(f"admin:{NAME}{page}")
