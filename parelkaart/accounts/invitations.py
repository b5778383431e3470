"""A new editor gets a mail with a link to choose a password: nobody else ever knows it."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import get_text_list

from parelkaart.accounts.events import log_event
from practices.editorial.people import name_of
from practices.editorial.permissions import Action, Role, actor_of, may
from practices.mails import FAILURES, NotSentError

ROLES = (Role.ADMINISTRATOR, Role.CHIEF, Role.EDITOR)  # the widest is what the mail names


def invite(request: HttpRequest, user: User) -> None:
    """The link works once, and for PASSWORD_RESET_TIMEOUT (Django's three days)."""
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    adapter = get_adapter(request)
    context = {
        "user": user,
        **_work(request, user),
        "invitation_url": adapter.get_reset_password_from_key_url(key),
        "login_url": request.build_absolute_uri(reverse("account_login")),
        "days": settings.PASSWORD_RESET_TIMEOUT // 86_400,
        "second_factor": settings.REQUIRE_SECOND_FACTOR,
    }
    try:
        adapter.send_mail("account/email/invitation", user.email, context)
    except FAILURES as failure:
        facts = {"mail": "invitation", "error": type(failure).__name__}
        log_event("mail_failed", request, user, failed=True, **facts)
        raise NotSentError from failure
    log_event("invited", request, user, by=request.user.pk)


def _work(request: HttpRequest, user: User) -> dict[str, Any]:
    role = next((role for role in ROLES if role in actor_of(user).roles), None)
    names = user.memberships.values_list("municipality__name", flat=True)  # type: ignore[attr-defined]
    return {
        "inviter": name_of(request.user),
        "role": role.value if role else "",
        "places": get_text_list(list(names), "en") if role is Role.EDITOR else "",
        "may_add": may(user, Action.ADD),
    }
