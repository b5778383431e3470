"""What a beheerder can do for somebody who cannot get in, from the list of users."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest

from parelkaart.accounts import factors, sessions
from parelkaart.accounts.events import log_event
from parelkaart.accounts.invitations import invite

Users = QuerySet[User]


def _allowed(request: HttpRequest, users: Users) -> Users:
    """Nobody gains the rights of a superuser by taking away the superuser's second step."""
    return users if request.user.is_superuser else users.exclude(is_superuser=True)


class SignInActionsMixin:
    actions = ["send_invitation", "remove_second_factor", "end_sessions"]

    @admin.action(description="Stuur een uitnodiging per mail", permissions=["change"])
    def send_invitation(self, request: HttpRequest, queryset: Users) -> None:
        invited = 0
        for user in _allowed(request, queryset).filter(is_active=True).exclude(email=""):
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
        """Not for whom it could not be done: no e-mail address, not active, nothing to end."""
        level = messages.SUCCESS if done else messages.WARNING
        model_admin: Any = self
        model_admin.message_user(request, f"{done} van {chosen} gekozen: {what}.", level)
