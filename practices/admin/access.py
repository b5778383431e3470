"""How the admin asks the policy (practices/editorial/permissions.py).

Django's own permissions, given by a group, hold for the whole catalogue; what comes on top
of them follows from the entry. An object out of reach does not exist: 404, whatever its key.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from municipalities.models import Municipality
from practices.editorial.closed import is_level_open, is_restricted
from practices.editorial.permissions import (
    Action,
    actor_of,
    linkable,
    may,
    visible,
)
from practices.models import Practice

OWNER_HELP = "Alleen de eindredactie kan een praktijk aan een andere gemeente geven."


class OutOfReachMixin:
    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> Any:
        """What cannot be a key at all is a mistyped address: as Django answers that."""
        if object_id.isdigit():
            raise Http404
        return super()._get_obj_does_not_exist_redirect(  # type: ignore[misc]
            request, opts, object_id
        )


class EntryAccessMixin(OutOfReachMixin):
    """For the admin of the entries."""

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        practices = super().get_queryset(request)  # type: ignore[misc]
        match = request.resolver_match
        if match is not None and match.url_name == "autocomplete":
            return linkable(request.user, practices)
        return visible(request.user, practices)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        granted = super().has_view_permission(request, obj)  # type: ignore[misc]
        return granted or may(request.user, Action.VIEW, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) or may(  # type: ignore[misc]
            request.user, Action.ADD
        )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        granted = super().has_change_permission(request, obj)  # type: ignore[misc]
        return granted or may(request.user, Action.CHANGE, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        granted = super().has_delete_permission(request, obj)  # type: ignore[misc]
        return granted or may(request.user, Action.DELETE, obj)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return may(request.user, Action.PUBLISH)

    def has_archive_permission(self, request: HttpRequest) -> bool:
        return may(request.user, Action.ARCHIVE)


class PartAccessMixin(OutOfReachMixin):
    """For the admin of what hangs on an entry: the way to it is `practice_field`."""

    practice_field = "practice"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)  # type: ignore[misc]
        return visible(request.user, rows, f"{self.practice_field}__")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        granted = super().has_view_permission(request, obj)  # type: ignore[misc]
        return granted or self._may(request, Action.VIEW, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        granted = super().has_change_permission(request, obj)  # type: ignore[misc]
        return granted or self._may(request, Action.CHANGE, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The admin asks it for every part of an entry that is about to be deleted."""
        granted = super().has_delete_permission(request, obj)  # type: ignore[misc]
        return granted or (obj is not None and self._may(request, Action.DELETE, obj))

    def _may(self, request: HttpRequest, action: Action, part: Any) -> bool:
        if part is None:
            return may(request.user, action)
        practice = getattr(part, self.practice_field)
        return practice is not None and may(request.user, action, practice)


class PartInlineAccessMixin:
    """For rows on the page of an entry: who may change the entry, may change them."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        granted = super().has_view_permission(request, obj)  # type: ignore[misc]
        return granted or may(request.user, Action.VIEW, obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        granted = super().has_add_permission(request, obj)  # type: ignore[misc]
        return granted or may(request.user, Action.CHANGE, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        granted = super().has_change_permission(request, obj)  # type: ignore[misc]
        return granted or may(request.user, Action.CHANGE, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        granted = super().has_delete_permission(request, obj)  # type: ignore[misc]
        return granted or may(request.user, Action.CHANGE, obj)


# --- what is in the form ------------------------------------------------------------


def limit_choices(fields: dict[str, forms.Field], user: Any) -> None:
    """Offers a redacteur only what he or she may choose; anything else is then refused."""
    if not is_restricted(user):
        return
    if level := fields.get("evidence_level"):
        level.choices = [  # type: ignore[attr-defined]
            choice for choice in level.choices if is_level_open(user, int(choice[0] or 0))
        ]
    if owner := fields.get("owner"):
        own = Municipality.objects.filter(pk__in=actor_of(user).places)
        owner.queryset = own  # type: ignore[attr-defined]
        owner.required = True
        owner.help_text = OWNER_HELP
    if successor := fields.get("successor"):
        successor.queryset = linkable(user, Practice.objects.all())  # type: ignore[attr-defined]


def limit_targets(field: forms.Field, user: Any, practice: Practice | None) -> None:
    """Which entries a relation may lead to; what it leads to already may stay."""
    found = linkable(user, Practice.objects.all())
    if practice is not None and practice.pk:
        known = Practice.objects.filter(relations_in__from_practice=practice)
        found = Practice.objects.filter(
            Q(pk__in=found.order_by().values("pk")) | Q(pk__in=known.order_by().values("pk"))
        )
    field.queryset = found  # type: ignore[attr-defined]
