"""A forgotten password, and the first one."""

import re

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.messages import get_messages
from django.core import mail

from tests.factories import PASSWORD, UserFactory
from tests.outline import Outline
from tests.parelkaart.accounts.conftest import sign_in

NEW = "Een-heel-ander-woord-2"


def ask(client, email="anna@example.org"):
    return client.post("/account/wachtwoord/vergeten/", {"email": email})


def link():
    return re.search(r"http://testserver(/account/wachtwoord/nieuw/\S+)", mail.outbox[-1].body)[1]


def choose(client, path, password=NEW):
    """Follows the link, which moves its key out of the address, and fills in the form."""
    form = client.get(path, follow=True)
    return client.post(
        form.request["PATH_INFO"], {"password1": password, "password2": password}, follow=True
    )


def test_forgotten_password_is_renewed_by_mail(client, anna, signed_in):
    response = ask(client)
    done = choose(client, link())

    assert response["Location"] == "/account/wachtwoord/vergeten/verstuurd/"
    assert [(m.to, m.subject) for m in mail.outbox] == [
        (["anna@example.org"], "Nieuw wachtwoord voor Parelkaart Limburg"),
        (["anna@example.org"], "Je wachtwoord is gewijzigd – Parelkaart Limburg"),
    ]
    assert Outline(done.content.decode()).text("h1") == ["Je nieuwe wachtwoord is opgeslagen"]
    assert sign_in(client, password=PASSWORD).status_code == 200
    assert sign_in(client, password=NEW)["Location"] == "/beheer/"
    assert signed_in.get("/beheer/").status_code == 302


def test_new_password_does_not_pass_over_the_second_step(client, secret):
    ask(client)
    choose(client, link())

    assert sign_in(client, password=NEW)["Location"] == "/inloggen/tweede-stap/"


def test_link_works_once(client, anna):
    ask(client)
    path = link()
    choose(client, path)
    again = client.get(path, follow=True)

    assert Outline(again.content.decode()).text("h1") == ["Deze link werkt niet meer"]


def test_answer_does_not_tell_whether_an_address_is_known(client, anna):
    known, unknown = ask(client), ask(client, "niemand@example.org")

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [message.to for message in mail.outbox] == [["anna@example.org"]]


def test_weak_password_is_refused_in_dutch(client, anna):
    ask(client)
    page = choose(client, link(), "12345678")

    assert page.context["form"].errors["password1"] == [
        "Dit wachtwoord is te algemeen.",
        "Dit wachtwoord bevat alleen cijfers.",
    ]


def test_person_of_a_provider_gets_no_password_here(client, settings, db):
    settings.OIDC_NAME = "Gemeente Venlo"
    user = UserFactory(email="els@example.org")
    user.set_unusable_password()
    user.save()
    SocialAccount.objects.create(user=user, provider="oidc", uid="1")

    ask(client, "els@example.org")
    client.force_login(user)
    page = client.get("/account/wachtwoord/wijzigen/", follow=True)

    assert "/account/wachtwoord/nieuw/" not in mail.outbox[0].body
    assert "je logt in via Gemeente Venlo" in mail.outbox[0].body
    assert Outline(page.content.decode()).text("h1") == ["Je hebt hier geen wachtwoord"]


# --- the list of users ------------------------------------------------------------------------


@pytest.fixture
def boss_client(client):
    client.force_login(UserFactory(superuser=True, username="baas", email=""))
    return client


def act(client, action, *users):
    data = {"action": action, "_selected_action": [user.pk for user in users]}
    response = client.post("/beheer/auth/user/", data)
    return [str(message) for message in get_messages(response.wsgi_request)][-1:]


def test_invited_person_chooses_the_first_password(boss_client, db, settings, events):
    settings.REQUIRE_SECOND_FACTOR = False
    new = UserFactory(staff=True, username="nieuw", email="nieuw@example.org")
    new.set_unusable_password()
    new.save()
    told = act(boss_client, "send_invitation", new)
    from django.test import Client

    client = Client()
    choose(client, link())

    assert told == ["1 van 1 gekozen: uitgenodigd."]
    assert mail.outbox[0].subject == "Je account voor Parelkaart Limburg"
    assert "Log in met je e-mailadres nieuw@example.org" in mail.outbox[0].body
    assert sign_in(client, "nieuw@example.org", NEW)["Location"] == "/beheer/"
    assert [event["user"] for event in events("invited")] == [new.pk]


def test_person_without_an_address_cannot_be_invited(boss_client, db):
    told = act(boss_client, "send_invitation", UserFactory(email=""))

    assert (told, mail.outbox) == (["0 van 1 gekozen: uitgenodigd."], [])


def test_beheerder_removes_a_lost_second_step(boss_client, anna, secret, signed_in):
    told = act(boss_client, "remove_second_factor", anna)

    assert told == ["1 van 1 gekozen: zonder tweede stap."]
    assert signed_in.get("/beheer/").status_code == 302
    assert sign_in(signed_in)["Location"] == "/beheer/"


def test_beheerder_signs_somebody_out_everywhere(boss_client, anna, signed_in):
    told = act(boss_client, "end_sessions", anna)

    assert told == ["1 van 1 gekozen: overal uitgelogd."]
    assert signed_in.get("/beheer/").status_code == 302
    assert boss_client.get("/beheer/").status_code == 200


def test_second_step_of_a_superuser_is_for_superusers(client, anna, secret):
    from django.contrib.auth.models import Permission

    helper = UserFactory(staff=True)
    helper.user_permissions.set(Permission.objects.filter(codename__endswith="_user"))
    client.force_login(helper)
    told = []
    for anna.is_superuser in (True, False):
        anna.save()
        told += act(client, "remove_second_factor", anna)

    assert told == ["0 van 1 gekozen: zonder tweede stap.", "1 van 1 gekozen: zonder tweede stap."]


def test_new_password_may_be_long_and_plain_and_asks_for_the_old_one(signed_in, anna):
    """ASVS asks for 64 characters; nothing is cut off, and spaces and accents are characters."""
    new = "een zin die ik onthoud, met één accent en zonder één cijfer " * 2
    url = "/account/wachtwoord/wijzigen/"

    signed_in.post(url, {"oldpassword": "mis", "password1": new, "password2": new})
    anna.refresh_from_db()
    assert not anna.check_password(new)
    signed_in.post(url, {"oldpassword": PASSWORD, "password1": new, "password2": new})

    anna.refresh_from_db()
    assert (anna.check_password(new), anna.check_password(new[:72])) == (True, False)
