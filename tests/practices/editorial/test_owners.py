"""Whom an entry is put to."""

import pytest
from django.contrib.auth.models import Permission

from practices.editorial.owners import Owners
from practices.editorial.permissions import Action, may
from practices.editorial.preferences import set_wants_digests
from tests.factories import MembershipFactory, MunicipalityFactory, PracticeFactory, UserFactory
from tests.practices.editorial.people import beheerder, eindredacteur, redacteur

pytestmark = pytest.mark.django_db


@pytest.fixture
def heerlen():
    return MunicipalityFactory(name="Heerlen")


def asked(practice):
    return Owners().asked_about(practice)


def test_owner_is_asked_and_not_who_carries_it_out(heerlen):
    venlo = MunicipalityFactory()
    own, other = redacteur(heerlen), redacteur(venlo)

    assert asked(PracticeFactory(owner=heerlen, municipalities=[venlo])) == [own]
    assert asked(PracticeFactory(municipalities=[venlo])) == [other]
    assert asked(PracticeFactory(municipalities=[venlo, heerlen])) in ([own, other], [other, own])


def test_every_redacteur_of_a_municipality_is_asked_once(heerlen):
    venlo = MunicipalityFactory()
    both, one = redacteur(heerlen, venlo), redacteur(heerlen)

    assert asked(PracticeFactory(owner=heerlen)) == [both, one]
    assert set(asked(PracticeFactory(municipalities=[heerlen, venlo]))) == {both, one}


def test_redacteur_answers_for_what_was_merged_as_far_as_for_rights(heerlen):
    schinnen = MunicipalityFactory(successor=heerlen, valid_to="2019-01-01")
    before, after = redacteur(schinnen), redacteur(heerlen)

    for practice in (PracticeFactory(owner=schinnen), PracticeFactory(owner=heerlen)):
        assert asked(practice) == [before, after]
        assert [may(user, Action.CHANGE, practice) for user in (before, after)] == [True, True]


@pytest.mark.parametrize(
    "fields", [{"is_active": False}, {"is_staff": False}, {"email": ""}], ids=str
)
def test_who_cannot_be_asked_leaves_it_to_the_eindredactie(heerlen, fields):
    chief = eindredacteur()
    user = redacteur(heerlen)
    practice = PracticeFactory(owner=heerlen)
    assert asked(practice) == [user]

    for name, value in fields.items():
        setattr(user, name, value)
    user.save()

    assert asked(practice) == [chief]


def test_who_turned_reminders_off_leaves_it_to_others(heerlen):
    chief, one, two = eindredacteur(), redacteur(heerlen), redacteur(heerlen)
    practice = PracticeFactory(owner=heerlen)

    set_wants_digests(one, False)
    assert asked(practice) == [two]
    set_wants_digests(two, False)
    assert asked(practice) == [chief]
    set_wants_digests(two, True)
    assert asked(practice) == [two]


def test_membership_without_the_right_to_edit_is_not_asked(heerlen):
    chief = eindredacteur()
    MembershipFactory(municipality=heerlen, role="contactpersoon")

    assert asked(PracticeFactory(owner=heerlen)) == [chief]


def test_eindredactie_is_who_may_publish():
    chief = eindredacteur()
    by_permission = UserFactory(staff=True)
    by_permission.user_permissions.add(Permission.objects.get(codename="publish_practice"))
    superuser = UserFactory(superuser=True)
    beheerder()
    eindredacteur(is_active=False)
    eindredacteur(email="")

    assert asked(PracticeFactory()) == [chief, by_permission, superuser]


def test_owners_take_the_same_queries_for_any_number_of_people(django_assert_num_queries):
    # The eindredactie, the people, their memberships, the mergers.
    for number in (1, 3):
        for _ in range(number):
            eindredacteur()
            redacteur(MunicipalityFactory(), MunicipalityFactory())
        with django_assert_num_queries(4):
            Owners()
