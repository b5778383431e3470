"""The other pages of the admin: forms, previews, history, and what they ask of the database."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from practices.models import Practice
from tests.admin_forms import add_url, change_url, list_url, opened, save
from tests.factories import (
    AdoptionFactory,
    ClaimFactory,
    ContactFactory,
    MembershipFactory,
    MunicipalityFactory,
    OldSlugFactory,
    PhotoFactory,
    PracticeFactory,
    ReferenceFactory,
    RelationFactory,
    ThemeFactory,
    UserFactory,
    WelfareFigureFactory,
)
from tests.practices.admin.test_lists import COSTS, make, registered

OVERVIEWS = {
    "practices.claim": "practice",
    "practices.adoption": "practice",
    "practices.relation": "from_practice",
    "practices.reference": "practice",
    "practices.contact": "practice",
    "practices.photo": "practice",
}
READ_ONLY = {*OVERVIEWS, "practices.missedquery", "practices.linkcheck"}


def add_parts(practice, number):
    for _ in range(number):
        practice.municipalities.add(MunicipalityFactory())
        practice.themes.add(ThemeFactory())
        ReferenceFactory(practice=practice)
        ClaimFactory(practice=practice)
        RelationFactory(from_practice=practice)
        RelationFactory(to_practice=practice)
        AdoptionFactory(practice=practice)
        PhotoFactory(practice=practice)
        ContactFactory(practice=practice)


def test_form_of_a_practice_takes_the_same_queries_for_any_number_of_parts(
    superuser_client, django_assert_num_queries
):
    practice = PracticeFactory(owner=MunicipalityFactory())
    url = change_url(practice)

    for more in (1, 2):
        add_parts(practice, more)
        superuser_client.get(url)  # What is kept between requests is there from here on.
        # Session, user, the practice; seven many-to-many fields, and the themes once more for
        # their names; two lists of steps; the owner; eight kinds of parts; old addresses;
        # whether there are dead links; what others recorded lately.
        with django_assert_num_queries(25):
            response = superuser_client.get(url)

    assert [len(part.formset.forms) for part in response.context["inline_admin_formsets"]] == [
        3
    ] * 8


def test_form_of_a_municipality_takes_the_same_queries_for_any_number_of_parts(
    superuser_client, django_assert_num_queries
):
    municipality = MunicipalityFactory()
    url = change_url(municipality)

    for more in (1, 2):
        for _ in range(more):
            WelfareFigureFactory(municipality=municipality)
            MembershipFactory(municipality=municipality)
        superuser_client.get(url)
        # Session, user, the municipality; figures, members; region and province.
        with django_assert_num_queries(7):
            superuser_client.get(url)


@pytest.mark.parametrize("label", sorted(set(COSTS) - READ_ONLY))
def test_every_form_is_saved_as_it_was_opened(label, superuser_client):
    instance = make(label)
    url = change_url(instance)

    assert save(superuser_client, url, opened(superuser_client, url)) == []


@pytest.mark.parametrize("label", sorted(set(COSTS) - READ_ONLY))
def test_every_form_for_something_new_opens(label, superuser_client):
    assert superuser_client.get(add_url(registered()[label])).status_code == 200


@pytest.mark.parametrize("label", sorted(set(OVERVIEWS) - {"practices.adoption"}))
def test_row_of_an_overview_leads_to_its_practice(label, superuser_client):
    part = make(label)
    practice = getattr(part, OVERVIEWS[label])

    for url in (change_url(part), change_url(part).replace("change", "delete")):
        assert superuser_client.get(url).headers["Location"] == change_url(practice)
        assert superuser_client.post(url, {"post": "yes"}).status_code == 302
    assert type(part).objects.filter(pk=part.pk).exists()
    assert superuser_client.get(add_url(type(part))).status_code == 403


@pytest.mark.parametrize("key", ["0", "999999999999999999999999", "abc", "_00", "1_2F"])
def test_unknown_object_is_no_server_error(key, superuser_client):
    for label, model in registered().items():
        url = f"{list_url(model)}{key}/change/"
        for response in (superuser_client.get(url), superuser_client.post(url)):
            assert (label, response.status_code in (302, 403, 404)) == (label, True)


def test_technical_tables_are_not_in_the_admin():
    shown = {model.__name__ for model in admin.site._registry}

    assert {"Practice", "Claim"} <= shown
    assert shown & {"Posting", "IndexedPractice", "LoadedItem", "OldSlug"} == set()


def test_form_links_to_the_page_on_the_site(superuser_client):
    practice = PracticeFactory(slug="werkhuis")

    text = superuser_client.get(change_url(practice)).content.decode()

    assert '<a href="/praktijken/werkhuis/" class="viewsitelink">Bekijk op de site</a>' in text


def test_form_of_a_concept_links_to_a_preview_for_editors_only(superuser_client):
    practice = PracticeFactory(slug="werkhuis", title="Werkhuis", concept=True)

    text = superuser_client.get(change_url(practice)).content.decode()
    preview = superuser_client.get("/praktijken/werkhuis/")

    assert '<a href="/praktijken/werkhuis/" class="viewsitelink">Bekijk het voorbeeld</a>' in text
    assert "Werkhuis" in preview.content.decode()
    assert Client().get("/praktijken/werkhuis/").status_code == 404


def test_form_shows_old_addresses(superuser_client):
    practice = OldSlugFactory(slug="hoe-het-heette").practice

    assert "hoe-het-heette" in superuser_client.get(change_url(practice)).content.decode()


def test_history_tells_who_changed_what_in_dutch(superuser_client):
    practice = PracticeFactory()
    url = change_url(practice)
    save(superuser_client, url, opened(superuser_client, url) | {"goal": "Anders"})

    text = superuser_client.get(url.replace("change", "history")).content.decode()

    assert "<dt>Doel</dt>" in text
    assert "Gewijzigd door gebruiker-" in text


def test_practice_confirmed_while_saving_gets_day_and_name(superuser_client, superuser):
    practice = PracticeFactory()
    url = change_url(practice)

    assert save(superuser_client, url, opened(superuser_client, url) | {"confirm_now": "on"}) == []

    practice.refresh_from_db()
    assert practice.confirmed_by == superuser
    assert practice.confirmed_on is not None


def test_practice_saved_without_confirming_stays_unconfirmed(superuser_client):
    practice = PracticeFactory()
    url = change_url(practice)

    save(superuser_client, url, opened(superuser_client, url) | {"goal": "Anders"})

    practice.refresh_from_db()
    assert (practice.goal, practice.confirmed_on) == ("Anders", None)


def test_editor_who_may_only_look_gets_a_page_without_fields(db):
    from django.contrib.auth.models import Permission

    reader = UserFactory(staff=True)
    names = ["view_practice", "view_claim", "view_theme"]
    reader.user_permissions.set(Permission.objects.filter(codename__in=names))
    client = Client()
    client.force_login(reader)
    claim = ClaimFactory(statement="Tien mensen")

    response = client.get(change_url(claim.practice))

    assert response.status_code == 200
    assert "Tien mensen" in response.content.decode()
    assert [name for name in opened(client, change_url(claim.practice)) if "-" not in name] == [
        "csrfmiddlewaretoken"
    ]
    assert client.post(change_url(claim.practice), {"title": "x"}).status_code == 403


def test_editor_who_may_not_see_results_is_held_to_them_all_the_same(db):
    from django.contrib.auth.models import Permission

    writer = UserFactory(staff=True)
    names = ["view_practice", "change_practice"]
    writer.user_permissions.set(Permission.objects.filter(codename__in=names))
    client = Client()
    client.force_login(writer)
    practice = ClaimFactory(proof=2).practice
    url = change_url(practice)

    assert len(save(client, url, opened(client, url) | {"evidence_level": 3})) == 1
    assert save(client, url, opened(client, url) | {"evidence_level": 2}) == []


def test_index_is_in_the_order_of_an_editor(superuser_client):
    response = superuser_client.get(reverse("admin:index"))

    assert [
        (group["name"], group["models"][0]["object_name"]) for group in response.context["app_list"]
    ] == [
        ("Catalogus", "Practice"),
        ("Trefwoorden", "Theme"),
        ("Zoeken", "MissedQuery"),
        ("Overzichten", "Claim"),
        ("Gemeenten en regio's", "Municipality"),
        ("Mensen en rechten", "Membership"),
    ]


def test_index_of_somebody_without_rights_says_so(client, db):
    client.force_login(UserFactory(staff=True))

    assert "Je hebt nog geen rechten" in client.get(reverse("admin:index")).content.decode()


def test_every_page_of_the_admin_is_in_dutch(superuser_client):
    practice = PracticeFactory()
    for url in (
        reverse("admin:index"),
        list_url(Practice),
        add_url(Practice),
        change_url(practice),
        change_url(practice).replace("change", "delete"),
        change_url(practice).replace("change", "history"),
        reverse("admin:auth_group_add"),
    ):
        text = superuser_client.get(url).content.decode()
        english = [
            word
            for word in ("Can add", "Save", "Delete", "Search", "Change", "Home<", "Welcome")
            if word in text
        ]
        assert (url, english) == (url, [])
