"""What happens around signing in and to rights, in the log `parelkaart.security`.

Never a password, a code or a link: not what somebody typed, only which account it was about.
Commands and other modules of the project write their events here too, with `log_event`.
"""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account_signals
from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.account.utils import filter_users_by_email
from allauth.mfa import signals as mfa_signals
from allauth.socialaccount import signals as social_signals
from django.contrib.auth import signals as auth_signals
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from django.http import HttpRequest

from parelkaart.accounts import factors, sessions
from parelkaart.logs import current
from practices import events


def log_event(
    event: str,
    request: HttpRequest | None = None,
    user: Any = None,
    *,
    failed: bool = False,
    **facts: Any,
) -> None:
    address = _address(request or current.request())
    events.log_event(event, user, failed=failed, ip=address, **facts)


def _address(request: HttpRequest | None) -> str | None:
    if request is None:
        return None
    try:
        return get_adapter().get_client_ip(request)
    except (ImproperlyConfigured, PermissionDenied):
        return None


# --- in and out -----------------------------------------------------------------------


@receiver(auth_signals.user_logged_in)
def on_sign_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    sessions.begin(request.session)
    records = get_authentication_records(request, user)
    log_event("sign_in", request, user, methods=[record["method"] for record in records])


@receiver(account_signals.user_logged_in)
def on_sign_in_at_provider(request: HttpRequest, **kwargs: Any) -> None:
    login = kwargs.get("sociallogin")
    claims = login.account.extra_data.get("id_token", {}) if login else {}
    if factors.provider_asked_for_one(claims):
        request.session[factors.AT_THE_PROVIDER] = True


@receiver(auth_signals.user_login_failed)
def on_failure(credentials: dict[str, Any], request: HttpRequest | None, **kwargs: Any) -> None:
    log_event("sign_in_failed", request, _meant(credentials), failed=True)


def _meant(credentials: dict[str, Any]) -> User | None:
    """The account, if there is one: people type passwords in the field for their name too."""
    if email := credentials.get("email"):
        return next(iter(filter_users_by_email(email)), None)
    return User.objects.filter(username__iexact=credentials.get("username") or "").first()


@receiver(auth_signals.user_logged_out)
def on_sign_out(request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    log_event("sign_out", request, user)


# --- the second step --------------------------------------------------------------------


@receiver(mfa_signals.authenticator_added)
def on_factor_added(request: HttpRequest, user: User, authenticator: Any, **kwargs: Any) -> None:
    log_event("factor_added", request, user, kind=authenticator.type)


@receiver(mfa_signals.authenticator_removed)
def on_factor_removed(request: HttpRequest, user: User, authenticator: Any, **kwargs: Any) -> None:
    log_event("factor_removed", request, user, kind=authenticator.type)


@receiver(mfa_signals.authenticator_reset)
def on_factor_renewed(request: HttpRequest, user: User, authenticator: Any, **kwargs: Any) -> None:
    log_event("factor_renewed", request, user, kind=authenticator.type)


@receiver(mfa_signals.authentication_failed)
def on_wrong_code(request: HttpRequest, user: User, authenticator: Any, **kwargs: Any) -> None:
    log_event("factor_failed", request, user, failed=True, kind=authenticator.type)


# --- accounts -----------------------------------------------------------------------------


@receiver(account_signals.password_changed)
@receiver(account_signals.password_reset)
@receiver(account_signals.password_set)
def on_new_password(request: HttpRequest, user: User, **kwargs: Any) -> None:
    sessions.end_all(user, but=request.session.session_key)
    log_event("password_changed", request, user)


@receiver(account_signals.user_signed_up)
def on_new_account(request: HttpRequest, user: User, **kwargs: Any) -> None:
    log_event("account_created", request, user)


@receiver(social_signals.social_account_added)
def on_link(request: HttpRequest, sociallogin: Any, **kwargs: Any) -> None:
    log_event("provider_linked", request, sociallogin.user)


@receiver(social_signals.social_account_removed)
def on_unlink(request: HttpRequest, socialaccount: Any, **kwargs: Any) -> None:
    log_event("provider_unlinked", request, socialaccount.user)


@receiver(pre_save, sender=User)
def on_saving_user(instance: User, **kwargs: Any) -> None:
    """django-allauth looks for addresses in lower case only."""
    instance.email = instance.email.lower()


@receiver(post_save, sender=User)
def on_saved_user(instance: User, update_fields: Any, **kwargs: Any) -> None:
    """Signing in also works with the e-mail address, so an old address must not linger."""
    if update_fields is not None and not {"email", "is_active"} & set(update_fields):
        return
    EmailAddress.objects.filter(user=instance).exclude(email__iexact=instance.email).delete()
    if not instance.is_active and (ended := sessions.end_all(instance)):
        log_event("sessions_ended", user=instance, number=ended)
