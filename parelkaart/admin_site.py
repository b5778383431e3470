"""The admin site at /beheer/."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from parelkaart.manual.views import manual_page, manual_picture
from practices.editorial.permissions import Action, may
from practices.editorial.waiting import piles

# What an editor works with first comes first. The keys are headings.
GROUPS: dict[str, list[str]] = {
    "Catalogus": ["practices.practice", "practices.suggestion", "practices.source"],
    "Trefwoorden": [
        "practices.theme",
        "practices.targetgroup",
        "practices.barrier",
        "practices.instrument",
        "practices.recommendation",
        "practices.participationstep",
    ],
    "Zoeken": ["practices.missedquery", "practices.wantedquestion", "practices.synonymgroup"],
    "Overzichten": [
        "practices.claim",
        "practices.adoption",
        "practices.relation",
        "practices.reference",
        "practices.contact",
        "practices.photo",
        "practices.linkcheck",
    ],
    "Gemeenten en regio's": [
        "municipalities.municipality",
        "municipalities.oldmunicipalityslug",
        "municipalities.region",
        "municipalities.welfarefigure",
    ],
    "Mensen en rechten": ["municipalities.membership", "auth.user", "auth.group"],
}
REST = "Overig"
NUL = "%00"  # as `urlencode` writes it; a typed "%00" becomes "%2500"


@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Does nothing: that the editor asked is what keeps the session going."""
    return HttpResponse(status=204)


class BeheerSite(AdminSite):
    site_title = "Beheer parelkaart"
    site_header = "Beheer van de parelkaart"
    index_title = "Beheer"
    empty_value_display = "–"

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Takes a NUL out of the query before any page reads it, and answers 400 for a number that
        no database holds.

        PostgreSQL refuses the one in a text, at a place where no list of Django expects that;
        the other is refused in a list of keys. Neither comes from a page of ours.
        """
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def readable(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            query = request.GET.urlencode()
            if NUL in query:
                request.GET = QueryDict(query.replace(NUL, ""))  # type: ignore[assignment]
            try:
                return guarded(request, *args, **kwargs)
            except (OverflowError, DataError) as error:
                raise BadRequest from error

        return readable

    def get_urls(self) -> list[Any]:
        pictures = "handleiding/beelden/<slug:name>.png"
        return [
            path("blijven/", self.admin_view(stay), name="stay"),
            path("handleiding/", self.admin_view(manual_page), name="manual"),
            path(pictures, self.admin_view(manual_picture), name="manual_picture"),
            *super().get_urls(),
        ]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """With what the warning before somebody is signed out needs (`stay.js`)."""
        context = super().each_context(request)
        if request.user.is_authenticated:
            context |= {
                "stay_url": reverse("admin:stay"),
                "idle_minutes": settings.SESSION_IDLE_MINUTES,
            }
        return context

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        work = {
            "may_add": may(request.user, Action.ADD),
            "may_mend": may(request.user, Action.CHANGE),
            "piles": piles(request.user),
        }
        return super().index(request, {**(extra_context or {}), **work})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """By subject instead of by app; the page of a single app stays as Django makes it."""
        apps = super().get_app_list(request, app_label)
        if app_label:
            return apps
        models = {
            f"{app['app_label']}.{model['object_name'].lower()}": model
            for app in apps
            for model in app["models"]
        }
        named = {
            title: [models.pop(label) for label in labels if label in models]
            for title, labels in GROUPS.items()
        }
        return [
            {"name": title, "app_label": f"groep-{number}", "app_url": "", "models": found}
            for number, (title, found) in enumerate([*named.items(), (REST, [*models.values()])])
            if found
        ]
