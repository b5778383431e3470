"""The buttons that bring an entry to its next state, and the page that asks why.

A button first saves the form, so that nothing typed gets lost, and then takes the step.
Between opening the page and the step somebody else may have been there: the state that the
editor saw goes along, and a step from any other state is refused.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from practices.editorial.adopting import recent_steps
from practices.editorial.permissions import Action, may
from practices.editorial.privacy_guard import new_findings
from practices.editorial.readiness import missing
from practices.editorial.step_mails import tell
from practices.editorial.workflow import (
    NEEDS_ALL,
    TRANSITIONS,
    RefusedError,
    Transition,
    available,
    move,
    sent_back,
)
from practices.enums import State
from practices.models import Practice

REASONS = ("reason", "privacy_reason")
LONGEST = 2000  # characters of a reason, as the page says too
STEP = "_step"
SEEN = "_seen_state"
UNFINISHED = (State.CONCEPT, State.IN_REVIEW)


class TransitionsMixin:
    def get_urls(self) -> list[Any]:
        name = "practices_practice_transition"
        view = self.admin_site.admin_view(self.transition_view)  # type: ignore[attr-defined]
        return [
            path("<path:object_id>/stap/<slug:step>/", view, name=name),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        practice = kwargs.get("obj")
        if practice is not None and practice.pk:
            context |= self._panel(request, practice)
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]

    def _panel(self, request: HttpRequest, practice: Practice) -> dict[str, Any]:
        state = State(practice.state)
        return {
            "state": state,
            "seen_state": request.POST.get(SEEN, state.value),
            "steps": available(request.user, practice),
            "sent_back": sent_back(practice),
            "missing": missing(practice) if state in UNFINISHED else [],
            "adopted": recent_steps(practice) if state == State.PUBLISHED else [],
            "may_adopt": may(request.user, Action.ADOPT, practice),
        }

    def response_post_save_add(self, request: HttpRequest, obj: Practice) -> HttpResponse:
        """Back to the form: there is what is missing, and the button to hand it in."""
        return HttpResponseRedirect(change_url(obj.pk))

    def response_change(self, request: HttpRequest, obj: Practice) -> HttpResponse:
        step = TRANSITIONS.get(request.POST.get(STEP, ""))
        if step is None:
            return super().response_change(request, obj)  # type: ignore[misc]
        if step.asks or _has_something_to_show(step, obj):
            return HttpResponseRedirect(step_url(obj.pk, step))
        self._take(request, obj.pk, step, request.POST.get(SEEN, ""))
        return HttpResponseRedirect(change_url(obj.pk))

    def transition_view(self, request: HttpRequest, object_id: str, step: str) -> HttpResponse:
        chosen = TRANSITIONS.get(step)
        practice = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        if chosen is None or practice is None:
            raise Http404
        if not may(request.user, chosen.action):
            raise PermissionDenied
        if request.method != "POST":
            return self._ask(request, practice, chosen)
        reasons = {name: request.POST.get(name, "")[:LONGEST] for name in REASONS}
        if chosen.needs_reason and not reasons["reason"].strip():
            return self._ask(request, practice, chosen, "Vul een reden in.")
        self._take(request, practice.pk, chosen, request.POST.get(SEEN, ""), **reasons)
        return HttpResponseRedirect(change_url(practice.pk))

    @transaction.atomic
    def _take(
        self, request: HttpRequest, pk: int, step: Transition, seen: str, **reasons: str
    ) -> None:
        try:
            practice = move(pk, step, request.user, seen, **reasons)
        except RefusedError as refused:
            messages.error(request, str(refused))
            return
        self.moved(request, practice, step)
        messages.success(request, step.done)

    def moved(self, request: HttpRequest, practice: Practice, step: Transition) -> None:
        """A mail cannot be taken back: only when the step is really taken."""
        self.log_state(request, practice)
        url = request.build_absolute_uri(change_url(practice.pk))
        transaction.on_commit(partial(tell, practice, step.action, request.user, url))

    def log_state(self, request: HttpRequest, practice: Practice) -> None:
        label = str(Practice._meta.get_field("state").verbose_name)
        change = [{"changed": {"fields": [label]}}]
        self.log_change(request, practice, change)  # type: ignore[attr-defined]

    def _ask(
        self, request: HttpRequest, practice: Practice, step: Transition, error: str = ""
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": f"{step.label.rstrip('…')}: {practice.title}",
            "opts": Practice._meta,
            "practice": practice,
            "step": step,
            "seen_state": practice.state,
            "open": may(request.user, step.action, practice),
            "missing": missing(practice) if step.action in NEEDS_ALL else [],
            "findings": new_findings(practice) if step.action == Action.PUBLISH else [],
            "change_url": change_url(practice.pk),
            "reason": request.POST.get("reason", ""),
            "error": error,
        }
        return TemplateResponse(request, "admin/practices/practice/transition.html", context)


def change_url(pk: int) -> str:
    return reverse("admin:practices_practice_change", args=[pk])


def step_url(pk: int, step: Transition) -> str:
    return reverse("admin:practices_practice_transition", args=[pk, step.name])


def _has_something_to_show(step: Transition, practice: Practice) -> bool:
    if step.action in NEEDS_ALL and missing(practice):
        return True
    return step.action == Action.PUBLISH and bool(new_findings(practice))
