"""Who gets or loses rights is in the log, whatever way it went."""

import pytest
from django.contrib.auth.models import Group, Permission

from practices.editorial.groups import CHIEFS
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
CHANGE = ("rights_changed", "account_deleted")


@pytest.fixture
def told(events, django_capture_on_commit_callbacks):
    def run(action):
        with django_capture_on_commit_callbacks(execute=True):
            action()
        keys = ("user", "by", "given", "taken")
        return [{key: line[key] for key in keys if key in line} for line in events(*CHANGE)]

    return run


def test_flags_of_an_account(told):
    user = UserFactory()

    def change():
        user.is_staff = user.is_superuser = True
        user.save()
        user.is_superuser = user.is_active = False
        user.save()
        user.save(update_fields=["last_login"])

    assert told(change) == [
        {"user": user.pk, "by": None, "given": ["is_staff", "is_superuser"]},
        {"user": user.pk, "by": None, "taken": ["is_active", "is_superuser"]},
    ]


def test_groups_from_either_side(told):
    user, chiefs = UserFactory(), Group.objects.get(name=CHIEFS)

    def change():
        user.groups.add(chiefs)
        chiefs.user_set.remove(user)
        user.groups.add(chiefs)
        user.groups.clear()

    name = [f"group {CHIEFS}"]
    assert told(change) == [
        {"user": user.pk, "by": None, verb: name} for verb in ("given", "taken", "given", "taken")
    ]


def test_membership_that_moves_and_goes(told):
    membership = MembershipFactory()
    old, user = membership.municipality_id, membership.user_id
    new = MembershipFactory().municipality

    def change():
        membership.save()
        membership.municipality = new
        membership.save()
        membership.delete()

    assert told(change) == [
        {"user": user, "by": None, "taken": [f"redacteur {old}"]},
        {"user": user, "by": None, "given": [f"redacteur {new.pk}"]},
        {"user": user, "by": None, "taken": [f"redacteur {new.pk}"]},
    ]


def test_deleted_account(told):
    user = UserFactory()
    key = user.pk

    assert told(user.delete) == [{"user": key, "by": None}]


def test_group_changed_in_the_admin_tells_by_whom(told, superuser, superuser_client):
    group = Group.objects.create(name="Stagiairs")
    right = Permission.objects.get(codename="view_practice")

    found = told(
        lambda: superuser_client.post(
            f"/beheer/auth/group/{group.pk}/change/",
            {"name": "Stagiairs", "permissions": [right.pk]},
        )
    )

    assert found == [{"user": None, "by": superuser.pk, "given": ["view_practice"]}]
