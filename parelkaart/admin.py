"""Users and groups, with their permissions in Dutch."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Field
from django.http import HttpRequest

from municipalities.admin import MembershipInline
from parelkaart.accounts.administration import InvitationMixin, SignInActionsMixin

ACTIONS = {
    "add": "toevoegen",
    "change": "wijzigen",
    "delete": "verwijderen",
    "view": "bekijken",
}
# Django stores the names of permissions in English, once, when it makes the tables.
HIDDEN_APPS = ["account", "admin", "contenttypes", "mfa", "sessions", "socialaccount"]
HIDDEN_MODELS = [
    "indexedpractice",
    "loadeditem",
    "oldslug",
    "permission",
    "posting",
    "privacyoverride",
    "statechange",
    "version",
]


class PermissionChoices(forms.ModelMultipleChoiceField):
    def label_from_instance(self, permission: Permission) -> str:
        action = ACTIONS.get(permission.codename.split("_")[0], permission.name)
        return f"{permission.content_type.name}: {action}"


class DutchPermissionsMixin:
    def formfield_for_manytomany(
        self, db_field: Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if db_field.remote_field.model is Permission:
            kwargs["form_class"] = PermissionChoices
            kwargs["queryset"] = (
                Permission.objects.exclude(content_type__app_label__in=HIDDEN_APPS)
                .exclude(content_type__model__in=HIDDEN_MODELS)
                .select_related("content_type")
            )
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]


class NoEscalationMixin:
    """Who is no superuser makes no superuser, and does not touch one."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        fields = tuple(super().get_readonly_fields(request, obj))  # type: ignore[misc]
        closed = () if request.user.is_superuser else ("is_superuser", "user_permissions")
        return (*fields, *closed)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        granted = super().has_change_permission(request, obj)  # type: ignore[misc]
        return granted and self._within_reach(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        granted = super().has_delete_permission(request, obj)  # type: ignore[misc]
        return granted and self._within_reach(request, obj)

    def _within_reach(self, request: HttpRequest, obj: Any) -> bool:
        return obj is None or not obj.is_superuser or request.user.is_superuser


admin.site.unregister([User, Group])


class MunicipalitiesInline(MembershipInline):
    autocomplete_fields = ["municipality"]


@admin.register(User)
class BeheerUserAdmin(
    NoEscalationMixin, InvitationMixin, SignInActionsMixin, DutchPermissionsMixin, UserAdmin
):
    list_display = ["username", "email", "first_name", "last_name", "last_login", "is_active"]
    list_filter = ["groups", "memberships__municipality", "is_active", "is_superuser"]

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        return [MunicipalitiesInline] if obj else []


@admin.register(Group)
class BeheerGroupAdmin(DutchPermissionsMixin, GroupAdmin):
    pass
