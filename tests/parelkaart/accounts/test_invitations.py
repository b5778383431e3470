"""A beheerder adds somebody by one form, and the mail goes out."""

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.core import mail
from django.test import Client
from django.utils.html import strip_tags

from practices.editorial.groups import ADMINISTRATORS, CHIEFS
from practices.editorial.permissions import Action, Role, actor_of, may
from tests.admin_forms import change_url, errors, opened, save, with_row
from tests.factories import MunicipalityFactory, PracticeFactory, UserFactory
from tests.outline import Outline
from tests.parelkaart.accounts.conftest import sign_in
from tests.parelkaart.accounts.test_passwords import NEW, choose, link
from tests.practices.editorial.people import beheerder, eindredacteur, redacteur, signed_in

ADD, LIST = "/beheer/auth/user/add/", "/beheer/auth/user/"
SENT = "Jo Smit is uitgenodigd. De mail is verstuurd naar jo.smit@heerlen.nl."
EXISTS = "Er is al een account met dit e-mailadres: Els Bos."


@pytest.fixture
def boss(db):
    return signed_in(beheerder(first_name="Bo", last_name="Baas"))


@pytest.fixture
def heerlen(db):
    return MunicipalityFactory(name="Heerlen")


def filled_in(role="redacteur", *municipalities, email="Jo.Smit@heerlen.nl", **fields):
    return {
        "first_name": "Jo",
        "last_name": "Smit",
        "email": email,
        "role": role,
        "municipalities": [municipality.pk for municipality in municipalities],
        **fields,
    }


def told(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


# --- the way from the form to the first page ---------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_invited_redacteur_has_everything_from_one_form(heerlen, boss):
    venlo, weert = MunicipalityFactory(name="Venlo"), MunicipalityFactory(name="Weert")
    response = boss.post(ADD, filled_in("redacteur", heerlen, venlo))
    user = User.objects.get(email="jo.smit@heerlen.nl")
    own, other = PracticeFactory(owner=venlo), PracticeFactory(owner=weert)

    assert response["Location"] == LIST
    assert told(response) == [
        "Jo Smit is uitgenodigd. De mail is verstuurd naar jo.smit@heerlen.nl."
    ]
    assert [(message.to, message.subject) for message in mail.outbox] == [
        (["jo.smit@heerlen.nl"], "Je account voor Parelkaart Limburg")
    ]
    assert "Bo Baas nodigt je uit" in mail.outbox[0].body
    assert "als redacteur van Heerlen en Venlo. Zo begin je:" in mail.outbox[0].body
    assert "Kies daar 'Nieuwe praktijk beschrijven'." in mail.outbox[0].body
    assert actor_of(user).roles == {Role.EDITOR}
    assert (may(user, Action.CHANGE, own), may(user, Action.CHANGE, other)) == (True, False)

    client = Client()
    choose(client, link())
    assert sign_in(client, "Jo.Smit@heerlen.nl", NEW)["Location"] == "/beheer/"


@pytest.mark.django_db(transaction=True)
def test_account_stays_when_the_mail_server_is_away(boss, heerlen, monkeypatch, events):
    def fail(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)
    response = boss.post(ADD, filled_in("redacteur", heerlen))
    user = User.objects.get(email="jo.smit@heerlen.nl")

    assert "kon niet worden verstuurd" in told(response)[0]
    again = boss.post(LIST, {"action": "send_invitation", "_selected_action": [user.pk]})
    assert told(again)[-1:] == ["0 van 1 gekozen: uitgenodigd."]
    assert [event["user"] for event in events("mail_failed", "invited")] == [user.pk, user.pk]


def test_no_mail_goes_out_before_the_account_is_stored(boss, heerlen):
    """The transaction of the test never ends, as one that fails at the last moment."""
    boss.post(ADD, filled_in("redacteur", heerlen))

    assert (User.objects.filter(first_name="Jo").count(), mail.outbox) == (1, [])


# --- roles --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "group"), [("eindredacteur", CHIEFS), ("beheerder", ADMINISTRATORS)]
)
def test_other_roles_come_from_a_group_and_need_no_municipality(boss, role, group):
    boss.post(ADD, filled_in(role))
    user = User.objects.get(email="jo.smit@heerlen.nl")

    assert actor_of(user).roles == {Role(role)}
    assert [each.name for each in user.groups.all()] == [group]
    assert (user.is_staff, user.is_superuser, user.has_usable_password()) == (True, False, False)


def test_eindredacteur_may_have_municipalities_of_his_own(boss, heerlen):
    boss.post(ADD, filled_in("eindredacteur", heerlen))
    user = User.objects.get(email="jo.smit@heerlen.nl")

    assert actor_of(user).roles == {Role.CHIEF, Role.EDITOR}


def test_two_people_of_one_name_get_accounts_of_their_own(boss):
    boss.post(ADD, filled_in("eindredacteur"))
    boss.post(ADD, filled_in("eindredacteur", email="jo@venlo.nl"))

    names = set(User.objects.filter(first_name="Jo").values_list("username", flat=True))
    assert len(names) == 2


def test_form_asks_for_no_more_than_that(boss):
    assert set(opened(boss, ADD)) - {"csrfmiddlewaretoken"} == {"first_name", "last_name", "email"}


# --- what is refused ----------------------------------------------------------------------------


def test_redacteur_needs_a_municipality(boss):
    assert save(boss, ADD, filled_in("redacteur")) == [
        "Kies minstens één gemeente. Zonder gemeente kan een redacteur niets bewerken."
    ]
    assert not User.objects.filter(first_name="Jo").exists()


def test_empty_form_tells_each_field(boss):
    assert save(boss, ADD, {}) == ["Dit veld is verplicht."] * 4


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": "superuser"},
        {"municipalities": ["999999"]},
        {"email": "jo"},
        {"email": "a\x00@b.nl"},
    ],
)
def test_forged_value_is_refused(boss, heerlen, wrong):
    assert len(save(boss, ADD, filled_in("redacteur", heerlen) | wrong)) >= 1
    assert not User.objects.filter(first_name="Jo").exists()


@pytest.mark.parametrize(
    ("active", "advice"), [(True, "Geef daar de rol of gemeente erbij"), (False, "staat uit")]
)
def test_address_that_exists_is_told_with_the_way_to_it(boss, heerlen, active, advice):
    els = UserFactory(first_name="Els", last_name="Bos", email="els@heerlen.nl", is_active=active)
    response = boss.post(ADD, filled_in("redacteur", heerlen, email="ELS@heerlen.nl"))
    found = errors(response)

    assert (len(found), EXISTS in strip_tags(found[0]), advice in found[0]) == (1, True, True)
    assert len(Outline(response.content.decode()).all("a", href=change_url(els))) == 1
    assert User.objects.filter(email="els@heerlen.nl").count() == 1


def test_name_in_the_message_is_text(boss, heerlen):
    UserFactory(first_name="<b>", last_name="Bos", email="els@heerlen.nl")
    response = boss.post(ADD, filled_in("redacteur", heerlen, email="els@heerlen.nl"))

    assert "&lt;b&gt; Bos" in response.content.decode()


@pytest.mark.parametrize("role", [redacteur, eindredacteur])
def test_who_does_not_manage_users_invites_nobody(heerlen, role):
    person = role(heerlen) if role is redacteur else role()

    assert signed_in(person).post(ADD, filled_in("beheerder")).status_code == 403
    assert not User.objects.filter(first_name="Jo").exists()


# --- the page of somebody who is there already ---------------------------------------------------


def test_municipality_is_added_on_the_page_of_the_person(boss, heerlen):
    user = redacteur(heerlen)
    venlo = MunicipalityFactory(name="Venlo")
    data = opened(boss, change_url(user))

    saved = save(
        boss,
        change_url(user),
        with_row(data, "memberships", municipality=venlo.pk, role="redacteur"),
    )

    assert saved == []
    assert [each.municipality for each in user.memberships.all()] == [heerlen, venlo]


def test_address_of_another_is_refused_on_that_page_too(boss, heerlen):
    UserFactory(first_name="Els", last_name="Bos", email="els@heerlen.nl")
    user = redacteur(heerlen)
    data = opened(boss, change_url(user))

    found = save(boss, change_url(user), data | {"email": "els@heerlen.nl"})

    assert [EXISTS in strip_tags(text) for text in found] == [True]
    assert save(boss, change_url(user), data) == []
