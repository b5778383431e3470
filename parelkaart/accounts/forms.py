"""The forms of django-allauth with labels instead of placeholders, in plain Dutch."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as webauthn
from django.core.cache import cache

CODE = {"inputmode": "numeric", "autocomplete": "one-time-code"}


class PlainFields:
    """For a form: `labels` by field name, no placeholders, no help that the page gives itself."""

    labels: dict[str, str] = {}
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = ""


class LoginForm(PlainFields, account.LoginForm):
    labels = {"login": "Gebruikersnaam of e-mailadres"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ReauthenticateForm(PlainFields, account.ReauthenticateForm):
    pass


class ChangePasswordForm(PlainFields, account.ChangePasswordForm):
    labels = {"password2": "Nieuw wachtwoord (nog een keer)"}


class ResetPasswordForm(PlainFields, account.ResetPasswordForm):
    labels = {"email": "E-mailadres"}


class ResetPasswordKeyForm(PlainFields, account.ResetPasswordKeyForm):
    labels = {"password2": "Nieuw wachtwoord (nog een keer)"}


class OneTimeCode(PlainFields):
    """A code counts once. django-allauth remembers a code for one period, but accepts it
    longer: as long as the tolerated difference between clocks lasts."""

    labels = {"code": "Code"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= CODE

    def clean_code(self) -> str:
        code = super().clean_code()  # type: ignore[misc]
        periods = 2 * app_settings.TOTP_TOLERANCE + 1
        key = f"code-used:{self.user.pk}:{normalize_user_code(code)}"  # type: ignore[attr-defined]
        if not cache.add(key, 1, timeout=app_settings.TOTP_PERIOD * periods):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(OneTimeCode, mfa.AuthenticateForm):
    pass


class ReauthenticateWithCodeForm(OneTimeCode, mfa.ReauthenticateForm):
    pass


class ActivateAppForm(PlainFields, ActivateTOTPForm):
    labels = {"code": "Code uit de app"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= CODE


class AddKeyForm(PlainFields, webauthn.AddWebAuthnForm):
    labels = {
        "name": "Naam van de sleutel",
        "passwordless": "Met deze sleutel wil ik zonder wachtwoord inloggen (passkey)",
    }


class RenameKeyForm(PlainFields, webauthn.EditWebAuthnForm):
    labels = {"name": "Naam van de sleutel"}
