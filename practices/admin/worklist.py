"""The work list "Volgende beste correctie": confirming with one click, and filling in."""

from __future__ import annotations

from collections.abc import Iterable
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
from practices.admin.filling import Filling
from practices.editorial.confirming import CONFIRMED_FIELDS, confirm
from practices.editorial.permissions import Action, actor_of, may, visible
from practices.editorial.worklist import Work, changeable, work_on, worklist
from practices.models import Practice

PER_PAGE = 20
SEEN = "gezien"
BACK = "terug"
CHANGED = (
    "Niet bevestigd: '{title}' is gewijzigd nadat je deze pagina opende. Lees de praktijk opnieuw."
)
DONE = "Bevestigd: '{title}' klopt nog."
FILLED = "Opgeslagen bij '{title}': {labels}."
NOTHING = "Niets opgeslagen: je hebt niets ingevuld bij '{title}'."


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
            path("<int:pk>/aanvullen/", wrap(self.fill_view), name="practices_practice_fill"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def worklist_view(self, request: HttpRequest) -> HttpResponse:
        if not may(request.user, Action.CHANGE):
            raise PermissionDenied
        places = _places(request.user)
        chosen = next((p for p in places if p.slug == request.GET.get("gemeente")), None)
        found = worklist(request.user, chosen.pk if chosen else None)
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": "Volgende beste correctie",
            "opts": Practice._meta,
            "page": page,
            "items": _items(page.object_list),
            "places": places,
            "chosen": chosen,
            "kept": f"&gemeente={chosen.slug}" if chosen else "",
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
        practice = _practice(request, pk)
        if practice.modified.isoformat() != request.POST.get(SEEN):
            messages.error(request, CHANGED.format(title=practice.title))
        else:
            confirm(practice, request.user)
            self._log(request, practice, CONFIRMED_FIELDS)  # type: ignore[attr-defined]
            messages.success(request, DONE.format(title=practice.title))
        return HttpResponseRedirect(_back(request))

    @transaction.atomic
    def fill_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The list sends its small forms here; one with an error comes back as a page."""
        practice = _practice(request, pk)
        if request.method != "POST":
            return self._fill_page(request, Filling.of(practice, work_on(practice)))
        filling = Filling.sent(practice, request.POST)
        if not filling.is_valid():
            return self._fill_page(request, filling)
        if not filling.labels:
            messages.info(request, NOTHING.format(title=practice.title))
            return HttpResponseRedirect(_back(request))
        filling.save(request.user)
        change = [{"changed": {"fields": filling.labels}}]
        self.log_change(request, practice, change)  # type: ignore[attr-defined]
        labels = ", ".join(filling.labels).lower()
        messages.success(request, FILLED.format(title=practice.title, labels=labels))
        return HttpResponseRedirect(_back(request))

    def _fill_page(self, request: HttpRequest, filling: Filling) -> HttpResponse:
        title = Practice.objects.values_list("title", flat=True).get(pk=filling.practice.pk)
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": f"Aanvullen: {title}",
            "opts": Practice._meta,
            "filling": filling,
            "back": _back(request),
        }
        return TemplateResponse(request, "admin/practices/practice/fill.html", context)


def _items(works: Iterable[Work]) -> list[tuple[Work, str, Filling]]:
    """Each with the moment of its last change and the form of what it lacks. One query."""
    practices = Practice.objects.in_bulk([work.pk for work in works])
    return [
        (work, practice.modified.isoformat(), Filling.of(practice, work))
        for work in works
        if (practice := practices.get(work.pk))
    ]


def _practice(request: HttpRequest, pk: int) -> Practice:
    """A published entry that the user may change, held when something is sent."""
    rows = visible(request.user, Practice.objects.published()).order_by()
    found = Practice.objects.filter(pk__in=rows.values("pk"), pk=pk)
    if request.method == "POST":
        found = found.select_for_update()
    practice = found.first()
    if practice is None:
        raise Http404
    if not may(request.user, Action.CHANGE, practice):
        raise PermissionDenied
    return practice


def _places(user: Any) -> list[Municipality]:
    """Of which a choice makes sense: those that own an entry the user may change."""
    owners = changeable(user).order_by().values("owner")
    places = Municipality.objects.filter(pk__in=owners)
    actor = actor_of(user)
    return list(places if actor.is_chief else places.filter(pk__in=actor.places))


def _back(request: HttpRequest) -> str:
    """Only to a page of this site."""
    wanted = request.POST.get(BACK, "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return wanted
    return reverse("admin:practices_practice_worklist")
