"""What this site decides where django-allauth asks."""

from __future__ import annotations

import time
from io import BytesIO
from typing import Any

import qrcode
from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.utils import filter_users_by_email
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse
from qrcode.image.svg import SvgPathFillImage as SvgFillImage

from parelkaart.accounts import sealing
from parelkaart.accounts.events import log_event


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "De naam of het wachtwoord klopt niet.",
        "email_password_mismatch": "Het e-mailadres of het wachtwoord klopt niet.",
        "incorrect_password": "Dit wachtwoord klopt niet.",
        "too_many_login_attempts": (
            "Het is te vaak misgegaan. Wacht vijf minuten en probeer het dan opnieuw."
        ),
        "rate_limited": "Dit ging te vaak achter elkaar. Wacht even en probeer het opnieuw.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come from the beheerder, or from the organisation's own provider."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("admin:index" if request.user.is_staff else "account_home")

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            log_event("sign_in_limited", request, failed=True)
            raise

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Somebody who typed the password a minute ago need not do so again."""
        request = context.request
        records = get_authentication_records(request, request.user)
        typed = [record["at"] for record in records if record["method"] == "password"]
        if typed and time.time() - max(typed) < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """Who signs in at the provider gets no password here: that would be a second way in."""
        if user.has_usable_password() or not SocialAccount.objects.filter(user=user).exists():
            super().send_password_reset_mail(user, email, context)
        else:
            login_url = context["request"].build_absolute_uri(reverse("account_login"))
            self.send_mail(
                "account/email/no_password",
                email,
                {"login_url": login_url, "provider": settings.OIDC_NAME},
            )

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: Any = None, email: str | None = None
    ) -> None:
        """To the address that the beheerder gave; django-allauth only knows confirmed ones."""
        super().send_notification_mail(template_prefix, user, context, email or user.email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        super().send_mail(template_prefix, email, {"site_name": settings.SITE_NAME} | context)


class SocialAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """The provider decides who has an account; the beheerder, what it may do."""
        return True

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """An e-mail address never links to an account: only `sub`, or its owner, does."""
        connecting = sociallogin.state.get("process") == AuthProcess.CONNECT
        if sociallogin.is_existing or connecting:
            return
        taken = [user for email in _addresses(sociallogin) for user in filter_users_by_email(email)]
        if taken:
            log_event("provider_email_taken", request, taken[0], failed=True)
            page = render(request, "socialaccount/email_taken.html", status=409)
            raise ImmediateHttpResponse(page)

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:
        log_event("provider_failed", request, failed=True, error=str(kwargs.get("error") or ""))


def _addresses(sociallogin: Any) -> set[str]:
    emails = [address.email for address in sociallogin.email_addresses]
    return {email for email in (*emails, sociallogin.user.email) if email}


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Deze code klopt niet. Wacht op een nieuwe code en probeer het opnieuw.",
    }

    def get_totp_issuer(self) -> str:
        return settings.SITE_NAME

    def build_totp_svg(self, url: str) -> str:
        """With its own white, for pages in the dark."""
        drawn = BytesIO()
        qrcode.make(url, image_factory=SvgFillImage, border=4).save(drawn)
        return drawn.getvalue().decode()

    def encrypt(self, text: str) -> str:
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """What cannot be opened gives a secret that nobody knows, so that no code fits it."""
        text = sealing.unseal(encrypted_text)
        if text is None:
            log_event("factor_unreadable", failed=True)
            return generate_totp_secret()
        return text
