"""The policy as a table, and what a redacteur cannot reach by way of a form."""

import pytest
from django.urls import reverse
from django.utils import timezone

from practices.editorial.permissions import Action, Actor, Entry, Role, actor_of, allowed
from practices.enums import Proof, State
from practices.models import Claim, Practice
from tests.admin_forms import add_url, change_url, errors, list_url, opened, save, with_row
from tests.factories import (
    ClaimFactory,
    MembershipFactory,
    MunicipalityFactory,
    PracticeFactory,
    RelationFactory,
    SourceFactory,
    SuggestionFactory,
    UserFactory,
)
from tests.practices.editorial.people import beheerder, eindredacteur, redacteur, signed_in

HERE, ELSEWHERE = 1, 2
# c(oncept), t(er beoordeling), g(epubliceerd), a(rchief): of an own entry, of another's.
TABLE = {
    (Role.EDITOR, Action.VIEW): ("ctga", ""),
    (Role.EDITOR, Action.ADD): ("ctga", ""),
    (Role.EDITOR, Action.CHANGE): ("ctga", ""),
    (Role.EDITOR, Action.DELETE): ("c", ""),
    (Role.EDITOR, Action.SUBMIT): ("c", ""),
    (Role.EDITOR, Action.PUBLISH): ("", ""),
    (Role.EDITOR, Action.SEND_BACK): ("", ""),
    (Role.EDITOR, Action.ARCHIVE): ("g", ""),
    (Role.EDITOR, Action.REOPEN): ("ta", ""),
    (Role.EDITOR, Action.JUDGE): ("", ""),
    (Role.EDITOR, Action.GIVE_AWAY): ("", ""),
    (Role.EDITOR, Action.ADOPT): ("", "g"),
    (Role.CHIEF, Action.VIEW): ("ctga", "ctga"),
    (Role.CHIEF, Action.ADD): ("ctga", "ctga"),
    (Role.CHIEF, Action.CHANGE): ("ctga", "ctga"),
    (Role.CHIEF, Action.DELETE): ("ctga", "ctga"),
    (Role.CHIEF, Action.SUBMIT): ("c", "c"),
    (Role.CHIEF, Action.PUBLISH): ("cta", "cta"),
    (Role.CHIEF, Action.SEND_BACK): ("t", "t"),
    (Role.CHIEF, Action.ARCHIVE): ("g", "g"),
    (Role.CHIEF, Action.REOPEN): ("tga", "tga"),
    (Role.CHIEF, Action.JUDGE): ("ctga", "ctga"),
    (Role.CHIEF, Action.GIVE_AWAY): ("ctga", "ctga"),
    (Role.CHIEF, Action.ADOPT): ("g", "g"),
    (Role.ADMINISTRATOR, Action.VIEW): ("ctga", "ctga"),
    (Role.ADMINISTRATOR, Action.ADD): ("", ""),
    (Role.ADMINISTRATOR, Action.CHANGE): ("", ""),
    (Role.ADMINISTRATOR, Action.DELETE): ("", ""),
    (Role.ADMINISTRATOR, Action.SUBMIT): ("", ""),
    (Role.ADMINISTRATOR, Action.PUBLISH): ("", ""),
    (Role.ADMINISTRATOR, Action.SEND_BACK): ("", ""),
    (Role.ADMINISTRATOR, Action.ARCHIVE): ("", ""),
    (Role.ADMINISTRATOR, Action.REOPEN): ("", ""),
    (Role.ADMINISTRATOR, Action.JUDGE): ("", ""),
    (Role.ADMINISTRATOR, Action.GIVE_AWAY): ("", ""),
    (Role.ADMINISTRATOR, Action.ADOPT): ("", ""),
}


@pytest.fixture
def heerlen(db):
    return MunicipalityFactory(name="Heerlen")


@pytest.fixture
def venlo(db):
    return MunicipalityFactory(name="Venlo")


@pytest.fixture
def client_of_heerlen(heerlen):
    return signed_in(redacteur(heerlen))


def test_every_role_and_action_is_in_the_table():
    assert set(TABLE) == {(role, action) for role in Role for action in Action}


@pytest.mark.parametrize("role_and_action", TABLE)
def test_policy_is_the_table(role_and_action):
    role, action = role_and_action
    actor = Actor(frozenset({role}), frozenset({HERE}))

    def states(place):
        letters = zip("ctga", State, strict=True)
        return "".join(
            letter
            for letter, state in letters
            if allowed(actor, action, Entry(state, places=frozenset({place})))
        )

    assert (states(HERE), states(ELSEWHERE)) == TABLE[role_and_action]


def test_concept_that_once_was_public_is_not_deleted_by_a_redacteur():
    actor = Actor(frozenset({Role.EDITOR}), frozenset({HERE}))
    entry = Entry(State.CONCEPT, was_public=True, places=frozenset({HERE}))

    assert not allowed(actor, Action.DELETE, entry)
    assert allowed(actor, Action.CHANGE, entry)


def test_somebody_without_a_role_may_nothing():
    assert not any(allowed(Actor(), action) for action in Action)
    assert not any(allowed(Actor(), action, Entry()) for action in Action)


def test_places_follow_mergers_both_ways_but_not_to_the_neighbour(db):
    later = MunicipalityFactory()
    own = MunicipalityFactory(successor=later, valid_to="2019-01-01")
    before = MunicipalityFactory(successor=own, valid_to="2000-01-01")
    MunicipalityFactory(successor=later, valid_to="2019-01-01")

    assert actor_of(redacteur(own)).places == {own.pk, later.pk, before.pk}


def test_contact_person_staff_without_membership_and_former_editor_have_no_role(heerlen):
    contact = MembershipFactory(
        user=UserFactory(staff=True), municipality=heerlen, role="contactpersoon"
    ).user
    reader = MembershipFactory(user=UserFactory(), municipality=heerlen).user
    former = redacteur(heerlen, is_active=False)

    assert [actor_of(user).roles for user in (contact, reader, former)] == [frozenset()] * 3


def test_superuser_has_every_role_without_a_query(superuser, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert actor_of(superuser).roles == set(Role)


def test_roles_of_the_groups(db):
    assert actor_of(eindredacteur()).roles == {Role.CHIEF}
    assert actor_of(beheerder()).roles == {Role.ADMINISTRATOR}


# --- forms --------------------------------------------------------------------------


def test_owner_is_chosen_from_the_own_municipalities(client_of_heerlen, heerlen, venlo):
    practice = PracticeFactory(owner=heerlen)
    url = change_url(practice)
    data = opened(client_of_heerlen, url)

    assert len(save(client_of_heerlen, url, data | {"owner": venlo.pk})) == 1
    assert len(save(client_of_heerlen, url, data | {"owner": ""})) == 1

    practice.refresh_from_db()
    assert practice.owner == heerlen
    boss = signed_in(eindredacteur())
    assert save(boss, url, opened(boss, url) | {"owner": venlo.pk}) == []


def test_owner_elsewhere_stays_owner_when_a_partner_saves(client_of_heerlen, heerlen, venlo):
    practice = PracticeFactory(owner=venlo, municipalities=[heerlen])
    url = change_url(practice)
    data = opened(client_of_heerlen, url) | {"owner": heerlen.pk, "goal": "Nieuw"}

    assert save(client_of_heerlen, url, data) == []

    practice.refresh_from_db()
    assert (practice.owner, practice.goal) == (venlo, "Nieuw")


def test_new_entry_of_a_redacteur_belongs_to_the_own_municipality(client_of_heerlen, heerlen):
    url = add_url(Practice)
    data = opened(client_of_heerlen, url) | {
        "title": "Nieuw",
        "slug": "nieuw",
        "kind": "pilot",
        "summary": "Kort.",
    }

    assert data["owner"] == [str(heerlen.pk)]
    assert save(client_of_heerlen, url, data) == []
    saved = Practice.objects.get()
    assert (saved.owner, saved.described_on) == (heerlen, timezone.localdate())


def test_redacteur_does_not_judge_evidence(client_of_heerlen, heerlen):
    practice = ClaimFactory(practice__owner=heerlen, proof=Proof.CONTROLLED_STUDY).practice
    url = change_url(practice)
    data = opened(client_of_heerlen, url)
    judged = {"assessed_by": "Ikzelf", "assessed_on": "01-02-2024"}

    assert len(save(client_of_heerlen, url, data | judged | {"evidence_level": 4})) == 1
    assert save(client_of_heerlen, url, data | judged | {"evidence_level": 3}) == []

    practice.refresh_from_db()
    assert (practice.evidence_level, practice.assessed_by) == (3, "")
    boss = signed_in(eindredacteur())
    assert save(boss, url, opened(boss, url) | judged | {"evidence_level": 6}) == []


def test_judged_level_cannot_be_changed_by_a_redacteur(client_of_heerlen, heerlen):
    practice = ClaimFactory(
        practice__owner=heerlen,
        practice__evidence_level=5,
        practice__assessed_by="Movisie",
        practice__assessed_on="2024-02-01",
        proof=Proof.STUDY,
    ).practice
    url = change_url(practice)
    data = opened(client_of_heerlen, url)

    assert "evidence_level" not in data
    assert save(client_of_heerlen, url, data | {"evidence_level": 1}) == []
    practice.refresh_from_db()
    assert practice.evidence_level == 5


def test_relation_leads_to_what_the_redacteur_may_know(client_of_heerlen, heerlen, venlo):
    practice = PracticeFactory(owner=heerlen)
    secret = PracticeFactory(owner=venlo, concept=True, title="Geheim plan")
    public = PracticeFactory(owner=venlo)
    url = change_url(practice)

    def link_to(other):
        data = with_row(
            opened(client_of_heerlen, url),
            "relations_out",
            kind="verwant-aan",
            to_practice=other.pk,
        )
        return client_of_heerlen.post(url, data)

    refused = link_to(secret)
    assert len(errors(refused)) == 1
    assert "Geheim plan" not in refused.content.decode()
    assert link_to(public).status_code == 302


def test_relation_to_a_concept_elsewhere_does_not_block_saving(client_of_heerlen, heerlen):
    practice = PracticeFactory(owner=heerlen)
    RelationFactory(from_practice=practice, to_practice=PracticeFactory(concept=True))
    url = change_url(practice)

    assert save(client_of_heerlen, url, opened(client_of_heerlen, url)) == []


def test_rows_of_another_entry_cannot_be_changed_by_their_key(client_of_heerlen, heerlen, venlo):
    foreign = ClaimFactory(practice__owner=venlo, statement="Van Venlo")
    practice = ClaimFactory(practice__owner=heerlen, statement="Van Heerlen").practice
    url = change_url(practice)
    data = opened(client_of_heerlen, url) | {
        "claims-0-id": foreign.pk,
        "claims-0-statement": "Gekaapt",
    }

    response = client_of_heerlen.post(url, data)

    assert errors(response) != []
    assert set(Claim.objects.values_list("statement", flat=True)) == {"Van Venlo", "Van Heerlen"}


def test_autocompletes_offer_a_redacteur_no_concepts_of_others(client_of_heerlen, heerlen, venlo):
    PracticeFactory(owner=heerlen, concept=True, title="Eigen concept")
    PracticeFactory(owner=venlo, concept=True, title="Ander concept")
    PracticeFactory(owner=venlo, title="Ander openbaar")

    def offered(client, app, model, field):
        query = {"app_label": app, "model_name": model, "field_name": field, "term": ""}
        response = client.get(reverse("admin:autocomplete"), query)
        if response.status_code != 200:
            return response.status_code
        return [result["text"] for result in response.json()["results"]]

    assert offered(client_of_heerlen, "practices", "relation", "to_practice") == [
        "Ander openbaar",
        "Eigen concept",
    ]
    assert len(offered(signed_in(eindredacteur()), "practices", "relation", "to_practice")) == 3
    assert offered(client_of_heerlen, "practices", "practicemunicipality", "municipality") == [
        "Heerlen",
        "Venlo",
    ]
    assert offered(client_of_heerlen, "municipalities", "membership", "user") == 403


def test_actions_reach_only_what_the_list_shows(client_of_heerlen, heerlen, venlo):
    own, other = PracticeFactory(owner=heerlen), PracticeFactory(owner=venlo)

    def act(action):
        data = {"action": action, "_selected_action": [own.pk, other.pk]}
        client_of_heerlen.post(list_url(Practice), data)

    act("archive")
    act("confirm_content")
    act("publish")
    act("delete_selected")

    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.state, other.state) == (State.ARCHIVED, State.PUBLISHED)
    assert own.confirmed_on is not None
    assert other.confirmed_on is None


def test_own_concept_is_deleted_with_its_parts(client_of_heerlen, heerlen):
    practice = ClaimFactory(practice__owner=heerlen, practice__concept=True).practice
    SuggestionFactory(practice=practice)
    url = change_url(practice).replace("/change/", "/delete/")

    assert client_of_heerlen.post(url, {"post": "yes"}).status_code == 302
    assert not Practice.objects.exists()


def test_preview_is_for_who_may_see_the_concept(client_of_heerlen, heerlen, venlo):
    own = PracticeFactory(owner=heerlen, concept=True)
    other = PracticeFactory(owner=venlo, concept=True)

    assert client_of_heerlen.get(own.get_absolute_url()).status_code == 200
    assert client_of_heerlen.get(other.get_absolute_url()).status_code == 404
    assert signed_in(eindredacteur()).get(other.get_absolute_url()).status_code == 200


def test_redacteur_adds_a_source_but_does_not_change_that_of_others(client_of_heerlen):
    source = SourceFactory()

    assert client_of_heerlen.get(add_url(type(source))).status_code == 200
    assert client_of_heerlen.post(change_url(source), {"title": "Anders"}).status_code == 403


def test_beheerder_makes_no_superuser_and_touches_none(superuser):
    client = signed_in(beheerder())
    colleague = UserFactory()
    url = change_url(colleague)

    assert save(client, url, opened(client, url) | {"is_superuser": "on", "first_name": "An"}) == []

    colleague.refresh_from_db()
    assert (colleague.is_superuser, colleague.first_name) == (False, "An")
    assert client.post(change_url(superuser), {"username": "x"}).status_code == 403
    password = change_url(superuser).replace("/change/", "/password/")
    assert client.get(password).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_list_of_a_redacteur_takes_the_same_queries(
    number, client_of_heerlen, heerlen, django_assert_num_queries
):
    for _ in range(number):
        PracticeFactory(owner=heerlen, municipalities=[heerlen])
    client_of_heerlen.get(list_url(Practice))

    # As for a superuser, and: permissions of the user, of groups, memberships, mergers.
    with django_assert_num_queries(14):
        client_of_heerlen.get(list_url(Practice))
