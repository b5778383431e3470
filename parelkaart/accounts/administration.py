"""What a beheerder can do for somebody new, and for somebody who cannot get in."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from parelkaart.accounts import factors, sessions
from parelkaart.accounts.events import log_event
from parelkaart.accounts.invitation_form import AccountForm, InvitationForm
from parelkaart.accounts.invitations import invite
from practices.editorial.people import name_of
from practices.mails import NotSentError

Users = QuerySet[User]
INVITED = "{name} is uitgenodigd. De mail is verstuurd naar {email}."
NOT_INVITED = (
    "Het account van {name} is gemaakt, maar de mail naar {email} kon niet worden verstuurd. "
    "Vink het account in de lijst aan en kies 'Stuur een uitnodiging per mail'."
)


def _allowed(request: HttpRequest, users: Users) -> Users:
    """Nobody gains the rights of a superuser by taking away the superuser's second step."""
    return users if request.user.is_superuser else users.exclude(is_superuser=True)


class InvitationMixin:
    """A new account is made by inviting its owner."""

    form = AccountForm
    add_form = InvitationForm
    add_form_template = "admin/auth/user/invite.html"
    add_fieldsets = [
        ("Wie", {"fields": ["first_name", "last_name", "email"]}),
        ("Wat mag deze persoon?", {"fields": ["role", "municipalities"]}),
    ]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)  # type: ignore[misc]
        if not change:
            # A mail cannot be taken back: only when the account is really there.
            transaction.on_commit(partial(self._invite, request, form.instance))

    def _invite(self, request: HttpRequest, user: User) -> None:
        who = {"name": name_of(user), "email": user.email}
        try:
            invite(request, user)
        except NotSentError:
            messages.warning(request, NOT_INVITED.format(**who))
        else:
            messages.success(request, INVITED.format(**who))

    def response_add(self, request: HttpRequest, obj: User, *args: Any) -> HttpResponse:
        """To the list: all there was to fill in has been asked."""
        model_admin: Any = self
        if IS_POPUP_VAR in request.POST:
            return super().response_add(request, obj, *args)  # type: ignore[misc]
        return model_admin.response_post_save_add(request, obj)


class SignInActionsMixin:
    actions = ["send_invitation", "remove_second_factor", "end_sessions"]

    @admin.action(description="Stuur een uitnodiging per mail", permissions=["change"])
    def send_invitation(self, request: HttpRequest, queryset: Users) -> None:
        invited = 0
        for user in _allowed(request, queryset).filter(is_active=True).exclude(email=""):
            with suppress(NotSentError):
                invite(request, user)
                invited += 1
        self._tell(request, invited, queryset.count(), "uitgenodigd")

    @admin.action(description="Verwijder de tweede stap", permissions=["change"])
    def remove_second_factor(self, request: HttpRequest, queryset: Users) -> None:
        removed = 0
        for user in _allowed(request, queryset):
            if factors.remove(user):
                log_event("factor_removed", request, user, by=request.user.pk)
                sessions.end_all(user)
                removed += 1
        self._tell(request, removed, queryset.count(), "zonder tweede stap")

    @admin.action(description="Log overal uit", permissions=["change"])
    def end_sessions(self, request: HttpRequest, queryset: Users) -> None:
        ended = 0
        for user in _allowed(request, queryset):
            if number := sessions.end_all(user):
                log_event("sessions_ended", request, user, number=number, by=request.user.pk)
                ended += 1
        self._tell(request, ended, queryset.count(), "overal uitgelogd")

    def _tell(self, request: HttpRequest, done: int, chosen: int, what: str) -> None:
        """Not for whom it could not be done: no e-mail address, not active, no mail server,
        nothing to end.
        """
        level = messages.SUCCESS if done else messages.WARNING
        model_admin: Any = self
        model_admin.message_user(request, f"{done} van {chosen} gekozen: {what}.", level)
