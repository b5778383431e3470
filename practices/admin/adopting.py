"""Recording adoptions of other municipalities' entries: its own pages in the admin.

Not on the form of the entry, which is for those who may change the entry.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse

from municipalities.models import Municipality
from practices.admin.adoption_form import ReportForm, last_step, new_step
from practices.editorial.adopting import StaleError, correct, find, record, remove, seen
from practices.editorial.permissions import adopters
from practices.editorial.workflow import RefusedError
from practices.models import Adoption, Practice

SAVED = "Vastgelegd. Het staat nu op de site."
REMOVED = "De overname van {place} is weggehaald."
STALE = (
    "Iemand anders heeft intussen iets vastgelegd: zie 'Wat er staat'. Er is nog niets "
    "opgeslagen, en wat jij typte staat er nog. Klopt het zo? Sla dan opnieuw op."
)
CHANGED = "Niets weggehaald: iemand anders heeft intussen iets vastgelegd. Lees het eerst."
CORRECT = "verbeteren"
MANY = 8


def record_url(practice: Practice, place: Municipality) -> str:
    return reverse("admin:practices_adoption_record", args=[practice.pk, place.pk])


class AdoptingMixin:
    """For the admin of the adoptions."""

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view  # type: ignore[attr-defined]
        place = "vastleggen/<int:pk>/<int:place>/"
        return [
            path("vastleggen/<int:pk>/", wrap(self.entry_view), name="practices_adoption_entry"),
            path(place, wrap(self.record_view), name="practices_adoption_record"),
            path(f"{place}weghalen/", wrap(self.remove_view), name="practices_adoption_remove"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def entry_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """For which municipality? Who has one only goes on at once."""
        practice = get_object_or_404(Practice.objects.published(), pk=pk)
        places = list(adopters(request.user, practice))
        if len(places) == 1:
            return HttpResponseRedirect(record_url(practice, places[0]))
        chosen = request.GET.get("gemeente", "")
        for place in places:
            if str(place.pk) == chosen:
                return HttpResponseRedirect(record_url(practice, place))
        adoptions = practice.adoptions.select_related("municipality")
        known = {adoption.municipality_id: adoption for adoption in adoptions}
        context = self._page(request, practice, f"Overname vastleggen: {practice.title}") | {
            "places": [(place, known.get(place.pk)) for place in places],
            "as_list": len(places) <= MANY,
        }
        return TemplateResponse(request, "admin/practices/adoption/entry.html", context)

    def record_view(self, request: HttpRequest, pk: int, place: int) -> HttpResponse:
        practice, where = _of_request(request, pk, place)
        adoption = find(practice, where)
        if request.method == "POST":
            form = ReportForm(practice, request.POST)
            if form.is_valid() and (done := self._save(request, form, practice, where)):
                return done
            # What was refused as stale is shown beside what is there now.
            adoption = find(practice, where)
        else:
            fix = adoption is not None and CORRECT in request.GET
            form = ReportForm(practice, initial=(last_step if fix else new_step)(adoption))
        return self._form_page(request, form, practice, where, adoption)

    def _save(
        self, request: HttpRequest, form: ReportForm, practice: Practice, place: Municipality
    ) -> HttpResponse | None:
        """Nothing when somebody else was there in between: the form then says so."""
        save = record if form.cleaned_data["correcting"] is None else correct
        expected = form.cleaned_data["seen"]
        try:
            adoption = save(practice, place, form.report(), request.user, expected, form.check)
        except StaleError:
            now = find(practice, place)
            last = now and now.steps.values_list("pk", flat=True).first()
            form.look_again(now, last)
            form.add_error(None, STALE)
            return None
        except RefusedError as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(reverse("admin:practices_adoption_changelist"))
        self.log_change(request, adoption, SAVED)  # type: ignore[attr-defined]
        messages.success(request, SAVED)
        return HttpResponseRedirect(record_url(practice, place))

    def remove_view(self, request: HttpRequest, pk: int, place: int) -> HttpResponse:
        """Shows what goes; only a POST does it."""
        practice, where = _of_request(request, pk, place)
        adoption = find(practice, where)
        if adoption is None:
            raise Http404
        if request.method != "POST":
            context = self._page(request, practice, f"Overname weghalen: {where}") | {
                "adoption": adoption,
                "seen": seen(adoption),
                "record_url": record_url(practice, where),
            }
            return TemplateResponse(request, "admin/practices/adoption/remove.html", context)
        try:
            remove(practice, where, request.user, request.POST.get("seen", ""))
        except StaleError:
            messages.error(request, CHANGED)
        except RefusedError as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, REMOVED.format(place=where))
        return HttpResponseRedirect(reverse("admin:practices_adoption_changelist"))

    def _form_page(
        self,
        request: HttpRequest,
        form: ReportForm,
        practice: Practice,
        place: Municipality,
        adoption: Adoption | None,
    ) -> HttpResponse:
        context = self._page(request, practice, f"Overname door {place}") | {
            "form": form,
            "place": place,
            "adoption": adoption,
            "correcting": form["correcting"].value() not in (None, ""),
            "here": record_url(practice, place),
        }
        return TemplateResponse(request, "admin/practices/adoption/record.html", context)

    def _page(self, request: HttpRequest, practice: Practice, title: str) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": title,
            "opts": Adoption._meta,
            "practice": practice,
        }


def _of_request(request: HttpRequest, pk: int, place: int) -> tuple[Practice, Municipality]:
    """What is out of reach does not exist: 404, whatever its key."""
    practice = get_object_or_404(Practice.objects.published(), pk=pk)
    return practice, get_object_or_404(adopters(request.user, practice), pk=place)
