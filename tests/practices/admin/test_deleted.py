"""What was deleted can be read, and comes back as a concept."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from practices.editorial import restoring
from practices.editorial.adopting import Report, find, record, seen
from practices.editorial.restoring import bring_back
from practices.editorial.workflow import RefusedError
from practices.enums import AdoptionState, State, VersionAction
from practices.models import Practice, Version, WithdrawnSlug
from tests.admin_forms import change_url, list_url
from tests.factories import (
    ClaimFactory,
    ContactFactory,
    MunicipalityFactory,
    PracticeFactory,
    RelationFactory,
    ThemeFactory,
    UserFactory,
)
from tests.practices.editorial.entries import a_ready_entry
from tests.practices.editorial.people import beheerder, eindredacteur, redacteur, signed_in
from tests.practices.editorial.test_workflow import told

pytestmark = pytest.mark.django_db
LIST = "admin:practices_practice_deleted"


@pytest.fixture
def chief():
    return eindredacteur(first_name="Eva", last_name="Jans")


@pytest.fixture
def client(chief):
    return signed_in(chief)


@pytest.fixture
def entry():
    return a_ready_entry(
        title="Werkhuis",
        slug="werkhuis",
        goal="Meer mensen aan het werk.",
        owner=MunicipalityFactory(name="Heerlen"),
        published_on="2024-03-01",
        confirmed_on="2025-03-01",
    )


def delete(client, practice):
    client.post(change_url(practice).replace("/change/", "/delete/"), {"post": "yes"})
    return Version.objects.filter(action=VersionAction.DELETED).latest("pk")


def url_of(version):
    return reverse("admin:practices_practice_bring_back", args=[version.pk])


def titles(client, **query):
    page = client.get(reverse(LIST), query).context["page"]
    return [version.title for version in page.object_list]


# --- reading ------------------------------------------------------------------------------


def test_list_of_entries_leads_to_what_was_deleted(client, entry):
    assert titles(client) == []
    delete(client, PracticeFactory(title="Eerst"))
    delete(client, entry)

    assert reverse(LIST) in client.get(list_url(Practice)).content.decode()
    assert titles(client) == ["Werkhuis", "Eerst"]
    shown = client.get(reverse(LIST)).content.decode()
    assert " door Eva Jans" in shown


def test_last_version_can_be_read(client, entry):
    entry.themes.set([ThemeFactory(name="Werk"), ThemeFactory(name="Zorg")])
    ClaimFactory(practice=entry, statement="Tien <mensen>")
    version = delete(client, entry)

    response = client.get(url_of(version))

    texts = {
        (group.heading, told.label): [piece.text for piece in told.pieces]
        for group in response.context["groups"]
        for told in group.differences
    }
    assert texts["", "Doel"] == ["Meer mensen aan het werk."]
    assert texts["", "Thema's"] == ["Werk, Zorg"]
    assert texts["", "Eigenaar"] == ["Heerlen"]
    assert ["Tien <mensen>"] in texts.values()
    assert "Tien &lt;mensen&gt;" in response.content.decode()
    assert not Practice.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_list_takes_the_same_queries_for_any_number(
    number, client, chief, django_assert_num_queries
):
    for _ in range(number):
        delete(client, PracticeFactory())
    client.get(reverse(LIST))

    # Session, user, permissions of the user and of groups, memberships; the number, the rows.
    with django_assert_num_queries(7):
        assert len(titles(client)) == number


# --- back ---------------------------------------------------------------------------------


def test_entry_comes_back_as_a_concept_with_its_key_and_its_history(client, entry):
    theme, key = entry.themes.get(), entry.pk
    ClaimFactory(practice=entry, statement="Tien mensen")
    target = RelationFactory(from_practice=entry).to_practice
    version = delete(client, entry)

    response = client.post(url_of(version), follow=True)

    practice = Practice.objects.get(title="Werkhuis")
    assert response.redirect_chain == [(change_url(practice), 302)]
    assert (practice.pk, practice.slug, practice.state) == (key, "werkhuis", State.CONCEPT)
    assert (practice.goal, practice.owner.name) == ("Meer mensen aan het werk.", "Heerlen")
    assert (practice.published_on, practice.confirmed_on) == (date(2024, 3, 1), None)
    assert list(practice.themes.all()) == [theme]
    assert practice.claims.filter(statement="Tien mensen").count() == 1
    assert practice.relations_out.get().to_practice == target
    assert list(Version.objects.order_by("pk").values_list("action", "key"))[-2:] == [
        (VersionAction.DELETED, key),
        (VersionAction.RESTORED, key),
    ]
    assert Version.objects.first().reason.startswith("Was verwijderd op ")
    assert titles(client) == []


def test_entry_that_came_back_is_not_on_the_site_until_it_is_published(client, entry):
    version = delete(client, entry)
    client.post(url_of(version))

    # Not 404: it was public once.
    assert Client().get("/praktijken/werkhuis/").status_code == 410
    assert Client().get("/praktijken/?q=werkhuis").context["finder"].total == 0


def test_log_of_an_adoption_comes_back(client, chief, entry):
    venlo = MunicipalityFactory(name="Venlo")
    record(entry, venlo, Report(AdoptionState.STARTED, date(2025, 5, 1)), chief, "")
    report = Report(AdoptionState.STOPPED, reason="Te duur.")
    record(entry, venlo, report, chief, seen(find(entry, venlo)))
    fields = ("state", "since", "reason", "by_name", "at")
    before = list(find(entry, venlo).steps.values_list(*fields))
    version = delete(client, entry)

    client.post(url_of(version))

    adoption = Practice.objects.get().adoptions.get()
    assert (adoption.state, adoption.reason_stopped) == (AdoptionState.STOPPED, "Te duur.")
    assert list(adoption.steps.values_list(*fields)) == before


def test_row_whose_source_is_gone_stays_away_and_is_named(client, entry):
    claim = ClaimFactory(practice=entry, source__title="Oude krant")
    ClaimFactory(practice=entry, statement="Blijft")
    version = delete(client, entry)
    claim.source.delete()

    response = client.post(url_of(version))

    assert told(response)[-1] == "Niet meegekomen: bron: 'Oude krant' bestaat niet meer."
    assert "Blijft" in Practice.objects.get().claims.values_list("statement", flat=True)
    assert claim.statement not in Practice.objects.get().claims.values_list("statement", flat=True)


def test_relation_to_an_entry_that_is_gone_stays_away_too(client, entry):
    other = RelationFactory(from_practice=entry, to_practice__title="Verdwenen").to_practice
    version = delete(client, entry)
    delete(client, other)

    response = client.post(url_of(version))

    assert told(response)[-1] == "Niet meegekomen: andere praktijk: 'Verdwenen' bestaat niet meer."
    assert not Practice.objects.get().relations_out.exists()


def test_entry_that_was_replaced_comes_back_under_another_address(client, entry):
    entry.successor = PracticeFactory(title="Opvolger", slug="opvolger")
    entry.save()
    client.post(url_of(delete(client, entry)))

    practice = Practice.objects.get(title="Werkhuis")
    assert (practice.slug, practice.successor) == ("werkhuis-2", None)
    assert Client().get("/praktijken/werkhuis/").headers["Location"] == "/praktijken/opvolger/"


def test_address_is_withdrawn_no_longer(client, entry):
    version = delete(client, entry)
    assert Client().get("/praktijken/werkhuis/").status_code == 410
    client.post(url_of(version))

    assert not WithdrawnSlug.objects.exists()


def test_contact_does_not_come_back(client, entry):
    ContactFactory(practice=entry)
    version = delete(client, entry)

    client.post(url_of(version))

    assert not Practice.objects.get().contacts.exists()


def test_address_that_is_in_use_by_now_gets_a_number(client, entry):
    version = delete(client, entry)
    PracticeFactory(title="Ander", slug="werkhuis")

    client.post(url_of(version))

    assert Practice.objects.get(title="Werkhuis").slug == "werkhuis-2"


def test_entry_that_is_deleted_once_more_is_listed_once(client, entry):
    client.post(url_of(delete(client, entry)))
    version = delete(client, Practice.objects.get())

    assert titles(client) == ["Werkhuis"]
    assert client.get(url_of(version)).status_code == 200


def test_entry_comes_back_once(client, chief, entry):
    version = delete(client, entry)
    client.post(url_of(version))

    assert client.post(url_of(version)).status_code == 404
    with pytest.raises(RefusedError):
        bring_back(version.pk, chief)
    assert Practice.objects.count() == 1


def test_what_cannot_be_saved_leaves_nothing_behind(client, entry, monkeypatch):
    version = delete(client, entry)
    monkeypatch.setattr(restoring, "free_slug", lambda _: "geen goed adres")

    response = client.post(url_of(version))

    assert response.headers["Location"] == reverse(LIST)
    assert not Practice.objects.exists()
    assert titles(client) == ["Werkhuis"]


# --- who ----------------------------------------------------------------------------------


def test_only_the_eindredactie_reaches_it(client, entry):
    version = delete(client, entry)
    place = entry.owner
    others = [redacteur(place), beheerder(), UserFactory(staff=True)]

    for user in others:
        other = signed_in(user)
        assert [other.get(reverse(LIST)).status_code, other.post(url_of(version)).status_code] == [
            403,
            403,
        ]
        with pytest.raises(RefusedError):
            bring_back(version.pk, user)
    assert "/inloggen/" in Client().get(reverse(LIST), follow=True).redirect_chain[-1][0]
    assert reverse(LIST) not in signed_in(others[0]).get(list_url(Practice)).content.decode()
    assert not Practice.objects.exists()


def test_version_of_something_that_is_there_is_not_found(client, entry):
    other = PracticeFactory(title="Ander")
    version = delete(client, other)
    client.post(url_of(version))
    restored = Version.objects.latest("pk")

    assert client.get(url_of(restored)).status_code == 404
    assert (
        client.get(reverse("admin:practices_practice_bring_back", args=[10**9])).status_code == 404
    )
