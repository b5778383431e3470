"""System checks: settings that would keep people out, or let them in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as CheckWarning

ON_THIS_MACHINE = ("http://localhost:", "http://127.0.0.1:")


@register()
def check_provider(**kwargs: Any) -> list[CheckMessage]:
    given = [bool(settings.OIDC_ISSUER), bool(settings.OIDC_CLIENT_ID)]
    if any(given) and not all(given):
        return [
            Error(
                "OIDC_ISSUER and OIDC_CLIENT_ID belong together and one is missing.",
                hint="Give both, with OIDC_CLIENT_SECRET, or neither.",
                id="parelkaart.E020",
            )
        ]
    if settings.OIDC_ISSUER and not settings.OIDC_ISSUER.startswith(("https://", *ON_THIS_MACHINE)):
        return [
            Error(
                f"OIDC_ISSUER does not use https: {settings.OIDC_ISSUER!r}.",
                hint="Identities over plain http can be forged on the way.",
                id="parelkaart.E021",
            )
        ]
    return []


@register()
def check_session_limits(**kwargs: Any) -> list[CheckMessage]:
    if 0 < settings.SESSION_IDLE_MINUTES <= settings.SESSION_MAX_HOURS * 60:
        return []
    return [
        Error(
            "SESSION_IDLE_MINUTES is not between 1 minute and SESSION_MAX_HOURS.",
            hint="Somebody who does nothing is signed out before somebody who works.",
            id="parelkaart.E022",
        )
    ]


@register(Tags.security, deploy=True)
def check_mail(**kwargs: Any) -> list[CheckMessage]:
    if settings.EMAIL_HOST or not settings.IS_HTTPS:
        return []
    return [
        CheckWarning(
            "EMAIL_HOST is empty, so mail is only written to the log.",
            hint="Invitations and links for a new password must reach people by mail.",
            id="parelkaart.W020",
        )
    ]
