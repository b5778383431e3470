"""Who got or lost which rights, and from whom, in the log `parelkaart.security`.

Found at the models themselves, so that no page or command can forget it.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.dispatch import receiver

from municipalities.models import Membership
from parelkaart.accounts.events import log_event
from parelkaart.logs import current

FLAGS = ("is_active", "is_staff", "is_superuser")
VERBS = {"post_add": "given", "post_remove": "taken", "pre_clear": "taken"}


def _log(event: str, user: Any, **facts: Any) -> None:
    """Once it is really so; `by` is nobody for a command."""
    by = getattr(getattr(current.request(), "user", None), "pk", None)
    transaction.on_commit(partial(log_event, event, None, user, by=by, **facts), robust=True)


# --- the account itself -------------------------------------------------------------------


@receiver(pre_save, sender=User)
def before_saving_user(instance: User, update_fields: Any, **kwargs: Any) -> None:
    """Costs a query, but not where only the last sign-in is written."""
    if update_fields is not None and not set(FLAGS) & set(update_fields):
        instance._flags = None  # type: ignore[attr-defined]
        return
    before = User.objects.filter(pk=instance.pk).values(*FLAGS).first() if instance.pk else None
    # A new account is active, which is no right yet.
    instance._flags = before or {"is_active": True}  # type: ignore[attr-defined]


@receiver(post_save, sender=User)
def after_saving_user(instance: User, **kwargs: Any) -> None:
    before = getattr(instance, "_flags", None)
    if before is None:
        return
    changed = [flag for flag in FLAGS if getattr(instance, flag) != before.get(flag, False)]
    told = {
        "given": [flag for flag in changed if getattr(instance, flag)],
        "taken": [flag for flag in changed if not getattr(instance, flag)],
    }
    if changed:
        _log("rights_changed", instance, **{verb: flags for verb, flags in told.items() if flags})


@receiver(post_delete, sender=User)
def after_deleting_user(instance: User, **kwargs: Any) -> None:
    _log("account_deleted", _with_key(instance))


def _with_key(user: User) -> User:
    """Django takes the key away once the object is gone, and that is before the commit."""
    return User(pk=user.pk)


# --- roles --------------------------------------------------------------------------------


@receiver(m2m_changed, sender=User.groups.through)
def on_groups(action: str, instance: Model, reverse: bool, pk_set: Any, **kwargs: Any) -> None:
    if action not in VERBS:
        return
    if reverse:
        users = User.objects.filter(pk__in=pk_set) if pk_set else instance.user_set.all()  # type: ignore[attr-defined]
        for user in users:
            _log("rights_changed", user, **{VERBS[action]: [f"group {instance}"]})
        return
    groups = Group.objects.filter(pk__in=pk_set) if pk_set else instance.groups.all()  # type: ignore[attr-defined]
    if names := [f"group {group}" for group in groups]:
        _log("rights_changed", instance, **{VERBS[action]: names})


@receiver(m2m_changed, sender=User.user_permissions.through)
@receiver(m2m_changed, sender=Group.permissions.through)
def on_permissions(action: str, instance: Model, pk_set: Any, **kwargs: Any) -> None:
    """Not what `migrate` gives the groups: that is the same on every site."""
    if action not in VERBS or current.request() is None:
        return
    manager = instance.permissions if isinstance(instance, Group) else instance.user_permissions  # type: ignore[attr-defined]
    found = Permission.objects.filter(pk__in=pk_set) if pk_set else manager.all()
    if names := list(found.values_list("codename", flat=True)):
        user = instance if isinstance(instance, User) else None
        group = {"group": str(instance)} if isinstance(instance, Group) else {}
        _log("rights_changed", user, **group, **{VERBS[action]: names})


@receiver(pre_save, sender=Membership)
def before_saving_membership(instance: Membership, **kwargs: Any) -> None:
    rows = Membership.objects.filter(pk=instance.pk) if instance.pk else Membership.objects.none()
    instance._before = rows.select_related("user").first()  # type: ignore[attr-defined]


@receiver(post_save, sender=Membership)
def after_saving_membership(instance: Membership, **kwargs: Any) -> None:
    before = getattr(instance, "_before", None)
    if before is not None and _role(before) == _role(instance) and before.user == instance.user:
        return
    if before is not None:
        _log("rights_changed", before.user, taken=[_role(before)])
    _log("rights_changed", instance.user, given=[_role(instance)])


@receiver(post_delete, sender=Membership)
def after_deleting_membership(instance: Membership, **kwargs: Any) -> None:
    _log("rights_changed", User(pk=instance.user_id), taken=[_role(instance)])


def _role(membership: Membership) -> str:
    return f"{membership.role} {membership.municipality_id}"
