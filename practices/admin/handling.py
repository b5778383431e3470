"""The buttons on the page of what a reader sent, and the page behind each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from practices.contributions import mails
from practices.editorial import handling
from practices.editorial.permissions import may_handle
from practices.editorial.workflow import RefusedError
from practices.enums import SuggestionKind, SuggestionState
from practices.models import Practice, Suggestion

LONGEST = 2000  # characters of an answer, as the page says too
NEW_CONCEPT = "nieuw"
CHOOSE = "Kies wat er met dit voorstel moet gebeuren."
NOT_MAILED = (
    "Het antwoord kon niet worden gemaild. Het is wel bewaard: mail het zelf naar de afzender."
)


@dataclass(frozen=True)
class Step:
    name: str
    label: str
    explanation: str
    done: str
    kinds: tuple[SuggestionKind, ...]
    needs_answer: bool = False


STEPS = {
    step.name: step
    for step in (
        Step(
            "overnemen",
            "Overnemen als concept",
            "Alles wat is ingevuld, komt in een nieuw concept. Je ziet eerst of de praktijk er "
            "misschien al is.",
            "Overgenomen als concept. Vul aan wat ontbreekt en dien het dan in.",
            (SuggestionKind.NEW,),
        ),
        Step(
            "afgehandeld",
            "Afgehandeld",
            "De praktijk is verbeterd, of klopte al.",
            "Afgehandeld.",
            (SuggestionKind.CORRECTION,),
        ),
        Step(
            "afwijzen",
            "Afwijzen met antwoord",
            "Er verandert niets in de catalogus. Je schrijft op waarom.",
            "Afgewezen. Je antwoord is bewaard.",
            (SuggestionKind.NEW, SuggestionKind.CORRECTION),
            needs_answer=True,
        ),
    )
}


class HandlingMixin:
    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.step_view)  # type: ignore[attr-defined]
        name = "practices_suggestion_step"
        return [
            path("<path:object_id>/stap/<slug:step>/", view, name=name),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def panel(self, request: HttpRequest, suggestion: Suggestion) -> dict[str, Any]:
        open_ = suggestion.state == SuggestionState.NEW
        mine = may_handle(request.user, suggestion)
        steps = [step for step in STEPS.values() if suggestion.kind in step.kinds]
        return {
            "state": SuggestionState(suggestion.state),
            "handling_steps": [
                {"step": step, "url": step_url(suggestion.pk, step)} for step in steps
            ]
            if open_ and mine
            else [],
            "practice_url": practice_url(suggestion.practice)
            if suggestion.practice and mine
            else "",
        }

    def step_view(self, request: HttpRequest, object_id: str, step: str) -> HttpResponse:
        chosen = STEPS.get(step)
        suggestion = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        if chosen is None or suggestion is None or suggestion.kind not in chosen.kinds:
            raise Http404
        if not may_handle(request.user, suggestion):
            raise PermissionDenied
        if request.method != "POST":
            return self._ask(request, suggestion, chosen)
        try:
            practice = self._take(request, suggestion, chosen)
        except RefusedError as refused:
            return self._ask(request, suggestion, chosen, str(refused))
        suggestion.refresh_from_db()
        self._tell(request, suggestion, chosen)
        created = practice is not None and request.POST.get("doel") == NEW_CONCEPT
        return HttpResponseRedirect(
            practice_url(practice) if created and practice else change_url(suggestion.pk)
        )

    def _take(self, request: HttpRequest, suggestion: Suggestion, step: Step) -> Practice | None:
        answer = request.POST.get("answer", "")[:LONGEST]
        if step.name == "afgehandeld":
            handling.finish(suggestion.pk, request.user, answer)
            return None
        if step.name == "afwijzen":
            handling.reject(suggestion.pk, request.user, answer)
            return None
        target = request.POST.get("doel", "")
        if target == NEW_CONCEPT:
            practice = handling.accept_as_concept(suggestion.pk, request.user, answer)
            added = self.admin_site.get_model_admin(Practice)  # type: ignore[attr-defined]
            added.log_addition(request, practice, [{"added": {}}])
            return practice
        # Django's own limit of a key: anything longer is no key of a practice.
        if not target.isdecimal() or len(target) > 18:
            raise RefusedError(CHOOSE)
        return handling.link_to(suggestion.pk, request.user, int(target), answer)

    def _tell(self, request: HttpRequest, suggestion: Suggestion, step: Step) -> None:
        linked = step.name == "overnemen" and request.POST.get("doel") != NEW_CONCEPT
        done = f"Gekoppeld aan '{suggestion.accepted_as}'." if linked else step.done
        messages.success(request, done)
        label = [{"changed": {"fields": ["stand"]}}]
        self.log_change(request, suggestion, label)  # type: ignore[attr-defined]
        if not request.POST.get("mailen") or not suggestion.sender_email:
            return
        practice = suggestion.accepted_as
        public = practice is not None and practice.is_public
        url = request.build_absolute_uri(practice.get_absolute_url()) if public else ""
        try:
            mails.answer(suggestion, url)
        except mails.NotSentError:
            messages.warning(request, NOT_MAILED)
        else:
            messages.success(request, "Het antwoord is gemaild.")

    def _ask(
        self, request: HttpRequest, suggestion: Suggestion, step: Step, error: str = ""
    ) -> HttpResponse:
        asks_target = step.name == "overnemen"
        suggestion.refresh_from_db(fields=["state"])
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": f"{step.label}: {suggestion.practice or suggestion.title}",
            "opts": Suggestion._meta,
            "suggestion": suggestion,
            "step": step,
            "open": suggestion.state == SuggestionState.NEW,
            "asks_target": asks_target,
            "duplicates": handling.duplicates_of(suggestion, request.user) if asks_target else [],
            "target": request.POST.get("doel", ""),
            "change_url": change_url(suggestion.pk),
            "practice_url": practice_url(suggestion.practice) if suggestion.practice else "",
            "answer": request.POST.get("answer", ""),
            "mail_it": request.method != "POST" or bool(request.POST.get("mailen")),
            "error": error,
        }
        return TemplateResponse(request, "admin/practices/suggestion/step.html", context)


def change_url(pk: int) -> str:
    return reverse("admin:practices_suggestion_change", args=[pk])


def step_url(pk: int, step: Step) -> str:
    return reverse("admin:practices_suggestion_step", args=[pk, step.name])


def practice_url(practice: Practice) -> str:
    return reverse("admin:practices_practice_change", args=[practice.pk])
