"""A new editor gets a mail with a link to choose a password: nobody else ever knows it."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import reverse

from parelkaart.accounts.events import log_event
from practices.contributions.mails import FAILURES, NotSentError


def invite(request: HttpRequest, user: User) -> None:
    """The link works once, and for PASSWORD_RESET_TIMEOUT (Django's three days)."""
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    adapter = get_adapter(request)
    context = {
        "user": user,
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
