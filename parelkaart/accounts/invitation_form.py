"""One form for somebody new: who it is, what he or she may do, and for which municipalities.

Without a password: the new editor chooses one with the link in the mail.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.utils import filter_users_by_email
from django import forms
from django.contrib import admin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html

from municipalities.autocompletes import SoundSelectMultiple
from municipalities.models import Membership, Municipality
from practices.editorial.groups import ADMINISTRATORS, CHIEFS
from practices.editorial.people import name_of
from practices.editorial.permissions import Role

GROUPS = {Role.CHIEF: CHIEFS, Role.ADMINISTRATOR: ADMINISTRATORS}
ROLES = [
    (Role.EDITOR.value, "Redacteur: schrijft en houdt praktijken bij van de eigen gemeenten"),
    (Role.CHIEF.value, "Eindredacteur: beoordeelt en publiceert alle praktijken"),
    (Role.ADMINISTRATOR.value, "Beheerder: regelt gebruikers, trefwoorden en gemeenten"),
]
TAKEN = "Er is al een account met dit e-mailadres: <a href='{url}'>{name}</a>. {advice}"
ACTIVE = "Geef daar de rol of gemeente erbij, of stuur vanuit de lijst een nieuwe uitnodiging."
INACTIVE = "Dat account staat uit. Zet het daar weer aan en stuur dan een nieuwe uitnodiging."
NO_MUNICIPALITY = "Kies minstens één gemeente. Zonder gemeente kan een redacteur niets bewerken."


class OneAccountPerAddressMixin:
    """People sign in with their address, so it has to lead to one account."""

    def clean_email(self) -> str:
        form: Any = self
        email = form.cleaned_data["email"].lower()
        if email and "email" in form.changed_data:
            others = filter_users_by_email(email)
            for user in others:
                if user.pk != form.instance.pk:
                    raise ValidationError(_taken_by(user))
        return email


def _taken_by(user: User) -> str:
    return format_html(
        TAKEN,
        url=reverse("admin:auth_user_change", args=[user.pk]),
        name=name_of(user),
        advice=ACTIVE if user.is_active else INACTIVE,
    )


class AccountForm(OneAccountPerAddressMixin, UserChangeForm):
    pass


class InvitationForm(OneAccountPerAddressMixin, forms.ModelForm):
    role = forms.ChoiceField(label="Rol", choices=ROLES, widget=forms.RadioSelect)
    municipalities = forms.ModelMultipleChoiceField(
        Municipality.objects.all(),
        label="Gemeenten",
        required=False,
        help_text="Verplicht voor een redacteur. Een eindredacteur werkt aan alle praktijken.",
        widget=SoundSelectMultiple(Membership._meta.get_field("municipality"), admin.site),
    )

    class Meta:
        model = User
        fields = ["first_name", "last_name", "email"]
        help_texts = {"email": "Hierheen gaat de uitnodiging. Met dit adres logt iemand ook in."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in ("first_name", "last_name", "email"):
            self.fields[field].required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_editor = cleaned.get("role") == Role.EDITOR.value
        if is_editor and "municipalities" in cleaned and not cleaned["municipalities"]:
            self.add_error("municipalities", NO_MUNICIPALITY)
        return cleaned

    def save(self, commit: bool = True) -> User:
        user = self.instance
        names = [user.first_name, user.last_name, user.email]
        user.username = get_adapter().generate_unique_username(names)
        user.set_unusable_password()
        user.is_staff = True
        return super().save(commit)

    def _save_m2m(self) -> None:
        """Also called by the admin, which saves the user itself first."""
        super()._save_m2m()  # type: ignore[misc]
        if group := GROUPS.get(Role(self.cleaned_data["role"])):
            self.instance.groups.add(Group.objects.get(name=group))
        for municipality in self.cleaned_data["municipalities"]:
            Membership.objects.create(user=self.instance, municipality=municipality)
