"""The work list "Volgende beste correctie", and confirming with one click."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from municipalities.models import Municipality
from practices.editorial.confirming import CONFIRMED_FIELDS, confirm
from practices.editorial.permissions import Action, actor_of, may, visible
from practices.editorial.worklist import worklist
from practices.models import Practice

PER_PAGE = 20
SEEN = "gezien"
BACK = "terug"
CHANGED = (
    "Niet bevestigd: '{title}' is gewijzigd nadat je deze pagina opende. Lees de praktijk opnieuw."
)
DONE = "Bevestigd: '{title}' klopt nog."


class WorklistMixin:
    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view  # type: ignore[attr-defined]
        return [
            path("werklijst/", wrap(self.worklist_view), name="practices_practice_worklist"),
            path(
                "<int:pk>/klopt-nog/",
                wrap(require_POST(self.confirm_view)),
                name="practices_practice_confirm",
            ),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def worklist_view(self, request: HttpRequest) -> HttpResponse:
        if not may(request.user, Action.CHANGE):
            raise PermissionDenied
        places = _places(request.user)
        chosen = next((p for p in places if p.slug == request.GET.get("gemeente")), None)
        found = worklist(request.user, chosen.pk if chosen else None)
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
        keys = [work.pk for work in page.object_list]
        seen = dict(Practice.objects.filter(pk__in=keys).values_list("pk", "modified"))
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": "Volgende beste correctie",
            "opts": Practice._meta,
            "page": page,
            "items": [(work, seen[work.pk].isoformat()) for work in page.object_list],
            "places": places,
            "chosen": chosen,
            "here": request.get_full_path(),
        }
        return TemplateResponse(request, "admin/practices/practice/worklist.html", context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The button is not offered on a form that comes back: it would lose what is typed."""
        practice = kwargs.get("obj")
        fresh = practice is not None and practice.is_public and request.method == "GET"
        if fresh and may(request.user, Action.CHANGE, practice):
            context["confirm_url"] = reverse("admin:practices_practice_confirm", args=[practice.pk])
            context["confirm_seen"] = practice.modified.isoformat()
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]

    @transaction.atomic
    def confirm_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The row is held: what is confirmed is what the editor saw, or nothing is."""
        rows = visible(request.user, Practice.objects.published())
        practice = Practice.objects.select_for_update().filter(pk__in=rows.values("pk"), pk=pk)
        found = practice.first()
        if found is None:
            raise Http404
        if not may(request.user, Action.CHANGE, found):
            raise PermissionDenied
        if found.modified.isoformat() != request.POST.get(SEEN):
            messages.error(request, CHANGED.format(title=found.title))
        else:
            confirm(found, request.user)
            self._log(request, found, CONFIRMED_FIELDS)  # type: ignore[attr-defined]
            messages.success(request, DONE.format(title=found.title))
        return HttpResponseRedirect(_back(request))


def _places(user: Any) -> list[Municipality]:
    """Of which a choice makes sense: those that own an entry the user may change."""
    owners = visible(user, Practice.objects.published()).order_by().values("owner")
    places = Municipality.objects.filter(pk__in=owners)
    actor = actor_of(user)
    return list(places if actor.is_chief else places.filter(pk__in=actor.places))


def _back(request: HttpRequest) -> str:
    """Only to a page of this site."""
    wanted = request.POST.get(BACK, "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return wanted
    return reverse("admin:practices_practice_worklist")
