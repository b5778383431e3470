"""One person for each role, signed in."""

from django.contrib.auth.models import Group
from django.test import Client

from practices.editorial.groups import ADMINISTRATORS, CHIEFS
from tests.factories import MembershipFactory, UserFactory


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def redacteur(*municipalities, **fields):
    user = UserFactory(staff=True, **fields)
    for municipality in municipalities:
        MembershipFactory(user=user, municipality=municipality)
    return user


def eindredacteur(**fields):
    user = UserFactory(staff=True, **fields)
    user.groups.add(Group.objects.get(name=CHIEFS))
    return user


def beheerder(**fields):
    user = UserFactory(staff=True, **fields)
    user.groups.add(Group.objects.get(name=ADMINISTRATORS))
    return user
