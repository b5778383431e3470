"""The second step: who must have one, and who has."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest

# Recovery codes stand in for one of these; alone they are no second step.
KINDS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
AT_THE_PROVIDER = "sign_in.second_step_at_provider"


def has_one(user: User | AnonymousUser) -> bool:
    return is_mfa_enabled(user, KINDS)


def is_missing(request: HttpRequest, user: Any) -> bool:
    """For a session that may not enter the admin until its user has set up a second step."""
    if not settings.REQUIRE_SECOND_FACTOR or not user.is_authenticated:
        return False
    if not (user.is_staff or user.is_superuser):
        return False
    return not request.session.get(AT_THE_PROVIDER) and not has_one(user)


def provider_asked_for_one(claims: dict[str, Any]) -> bool:
    """The provider says in its ID token that it checked more than a password (RFC 8176)."""
    methods = claims.get("amr")
    return isinstance(methods, list) and "mfa" in methods


def remove(user: User) -> int:
    """For somebody who lost it all; the next time in, it has to be set up again."""
    return Authenticator.objects.filter(user=user).delete()[0]
