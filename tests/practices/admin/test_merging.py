"""The pages on which terms are merged, looked up and deleted."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from practices.models import OldTermSlug, Practice, Theme
from tests import factories
from tests.admin_forms import change_url, list_url
from tests.factories import (
    BarrierFactory,
    MunicipalityFactory,
    ParticipationStepFactory,
    PracticeFactory,
    RecommendationFactory,
    ThemeFactory,
    UserFactory,
)
from tests.practices.editorial.people import beheerder, eindredacteur, redacteur, signed_in

pytestmark = pytest.mark.django_db
LISTS = (
    "Theme", "TargetGroup", "Barrier", "Instrument", "Recommendation", "ParticipationStep",
)  # fmt: skip


def merge_url(term, kept=None):
    url = change_url(term).replace("/change/", "/samenvoegen/")
    return f"{url}?met={kept.pk}" if kept else url


@pytest.fixture
def client():
    return signed_in(beheerder())


def sent(client, kept, absorbed, **changed):
    shown = client.get(merge_url(absorbed, kept)).context["plan"]
    data = {"met": kept.pk, "gezien": shown.stamp if shown else ""} | changed
    return client.post(merge_url(absorbed), data, follow=True)


def text_of(response):
    return " ".join(response.content.decode().split())


# --- merging ------------------------------------------------------------------------------


def test_page_shows_what_happens_and_the_button_does_it(client):
    kept = ThemeFactory(name="Werk", slug="werk")
    absorbed = ThemeFactory(name="Baan", slug="baan", synonyms="arbeid", definition="Oude uitleg.")
    PracticeFactory(themes=[kept, absorbed])
    PracticeFactory(themes=[absorbed], concept=True)

    first, shown = client.get(merge_url(absorbed)), client.get(merge_url(absorbed, kept))

    assert 'id="merge_form"' not in first.content.decode()
    for sentence in (
        "<strong>Werk</strong> blijft, <strong>Baan</strong> verdwijnt.",
        "2 praktijken krijgen 'Werk' (1 op de site, 1 niet); 1 had het al.",
        "Bij de andere woorden van 'Werk' komt erbij: Baan, arbeid.",
        "Oude uitleg.",
    ):
        assert sentence in text_of(shown).replace("&#x27;", "'")
    assert Theme.objects.count() == 2

    done = sent(client, kept, absorbed)

    assert done.redirect_chain == [(change_url(kept), 302)]
    assert "'Baan' is opgegaan in 'Werk'. Praktijken aangepast: 2." in str(
        next(iter(done.context["messages"]))
    )
    assert list(Theme.objects.all()) == [kept]
    entries = LogEntry.objects.order_by("pk").values_list("object_repr", "change_message")
    assert list(entries) == [("Werk", "'Baan' is hierin opgegaan."), ("Baan", "")]


def test_stale_plan_is_shown_anew_and_nothing_is_done(client):
    kept, absorbed = ThemeFactory(), ThemeFactory()
    shown = client.get(merge_url(absorbed, kept)).context["plan"]
    PracticeFactory(themes=[absorbed])

    data = {"met": kept.pk, "gezien": shown.stamp}
    answer = client.post(merge_url(absorbed), data, follow=True)

    assert "intussen iets veranderd" in answer.content.decode()
    assert answer.context["plan"].stamp != shown.stamp
    assert Theme.objects.count() == 2
    assert sent(client, kept, absorbed).redirect_chain == [(change_url(kept), 302)]


def test_second_editor_finds_the_term_gone(client):
    kept, absorbed = ThemeFactory(), ThemeFactory()
    shown = client.get(merge_url(absorbed, kept)).context["plan"]
    sent(client, kept, absorbed)

    data = {"met": kept.pk, "gezien": shown.stamp}

    assert client.post(merge_url(absorbed), data).status_code == 404


@pytest.mark.parametrize("chosen", ["999999", "x", "1;drop", ""])
def test_choice_that_does_not_exist_is_asked_anew(client, chosen):
    absorbed = ThemeFactory()

    answers = [
        client.get(merge_url(absorbed), {"met": chosen}),
        client.post(merge_url(absorbed), {"met": chosen, "gezien": "x"}),
    ]

    assert [(answer.status_code, answer.context["plan"]) for answer in answers] == [(200, None)] * 2
    assert Theme.objects.count() == 1


def test_term_of_another_list_is_no_choice(client):
    absorbed, other = ThemeFactory(), RecommendationFactory(pk=4711)

    assert client.get(merge_url(absorbed, other)).context["plan"] is None


def test_barrier_does_not_go_into_its_own_part_or_itself(client):
    parent = BarrierFactory(name="Geld")
    child = BarrierFactory(name="Schuld", parent=parent)

    for kept in (child, parent):
        assert client.get(merge_url(parent, kept)).context["plan"] is None
        sent(client, kept, parent)
    assert "is een onderdeel van" in client.get(merge_url(parent, child)).content.decode()
    assert type(parent).objects.count() == 2


@pytest.mark.parametrize("name", LISTS)
def test_only_who_may_change_and_delete_terms_merges(name):
    make = getattr(factories, f"{name}Factory")
    kept, absorbed = make(), make()
    practice = PracticeFactory(owner=MunicipalityFactory())
    people = {
        "redacteur": (redacteur(practice.owner), 403),
        "eindredacteur": (eindredacteur(), 403),
        "staff": (UserFactory(staff=True), 403),
        "beheerder": (beheerder(), 200),
    }

    for role, (user, status) in people.items():
        client = signed_in(user)
        assert (role, client.get(merge_url(absorbed, kept)).status_code) == (role, status)
        if status == 403:
            answer = client.post(merge_url(absorbed), {"met": kept.pk, "gezien": "x"})
            assert (role, answer.status_code) == (role, 403)
            assert merge_url(absorbed) not in client.get(change_url(absorbed)).content.decode()
    assert merge_url(absorbed) in client.get(change_url(absorbed)).content.decode()
    assert make._meta.model.objects.count() == 2


def test_visitor_is_sent_to_sign_in(client):
    absorbed = ThemeFactory()
    client.logout()

    answer = client.get(merge_url(absorbed))

    assert answer.headers["Location"].split("?")[0] == reverse("admin:login")


@pytest.mark.parametrize("count", [1, 3])
def test_plan_takes_the_same_queries_for_any_number_of_practices(
    client, count, django_assert_num_queries
):
    kept, absorbed = ThemeFactory(), ThemeFactory()
    for _ in range(count):
        PracticeFactory(themes=[absorbed])
    client.get("/beheer/")

    with django_assert_num_queries(10):
        client.get(merge_url(absorbed, kept))


# --- use ----------------------------------------------------------------------------------


def test_page_of_a_term_tells_where_it_is_used_and_links_there(client):
    theme = ThemeFactory(slug="taal")
    PracticeFactory(title="Openbaar", themes=[theme])
    PracticeFactory(title="Nog niet", themes=[theme], concept=True)
    OldTermSlug.objects.create(kind="practices.theme", slug="taalles", key=theme.pk)

    page = client.get(change_url(theme))

    text = text_of(page)
    assert "1 gepubliceerde praktijk</a>" in text
    assert "1 praktijk die niet op de site staat" in text
    assert 'href="/praktijken/?thema=taal"' in text
    assert "de oude naam in het adres: taalles" in text
    for name, titles in (
        ("published_url", ["Openbaar"]),
        ("practices_url", ["Nog niet", "Openbaar"]),
    ):
        listed = client.get(page.context[name])
        assert [row.title for row in listed.context["cl"].result_list] == titles


@pytest.mark.parametrize("name", LISTS)
def test_link_to_practices_works_for_each_list(client, name):
    term = getattr(factories, f"{name}Factory")()
    page = client.get(change_url(term))

    assert "Nog nergens." in page.content.decode()
    assert client.get(page.context["practices_url"]).status_code == 200


def test_page_for_a_new_term_tells_of_no_use(client):
    assert "Waar gebruikt" not in client.get("/beheer/practices/theme/add/").content.decode()


def test_list_counts_each_practice_once_also_by_its_steps(client):
    # No key of a practice may be that of a step by chance.
    unused, other, step = (ParticipationStepFactory() for _ in range(3))
    PracticeFactory(steps=[step], step_from=step, step_to=step)
    PracticeFactory(step_to=step, concept=True)

    rows = client.get(list_url(type(step))).context["cl"].result_list

    assert {row.pk: row.n for row in rows} == {step.pk: 2, unused.pk: 0, other.pk: 0}


# --- deleting -----------------------------------------------------------------------------


def test_term_in_use_is_not_deleted_but_told_where_it_is_used(client):
    theme = ThemeFactory(name="Taal")
    practice = PracticeFactory(themes=[theme], concept=True)
    url = change_url(theme).replace("/change/", "/delete/")

    shown, answer = client.get(url), client.post(url, {"post": "yes"})

    for page in (shown, answer):
        text = page.content.decode()
        assert "is in gebruik en kan daarom niet verwijderd worden" in text
        assert "1 praktijk</a>" in text
        assert f'href="{merge_url(theme)}"' in text
    assert list(practice.themes.all()) == [theme]


def test_term_in_use_is_not_deleted_with_others_either(client):
    used, unused = ThemeFactory(), ThemeFactory()
    PracticeFactory(themes=[used])
    data = {"action": "delete_selected", "_selected_action": [used.pk, unused.pk], "post": "yes"}

    client.post(list_url(Theme), data)

    assert Theme.objects.count() == 2


def test_barrier_with_parts_is_in_use(client):
    parent = BarrierFactory()
    BarrierFactory(parent=parent)

    client.post(change_url(parent).replace("/change/", "/delete/"), {"post": "yes"})

    assert type(parent).objects.count() == 2


def test_unused_term_is_deleted_with_its_history_kept(client):
    theme = ThemeFactory()

    client.post(change_url(theme).replace("/change/", "/delete/"), {"post": "yes"})

    assert not Theme.objects.exists()


def test_practice_of_nobody_else_is_named(client):
    """The beheerder sees every entry, so the number on the page is the whole truth."""
    theme = ThemeFactory()
    PracticeFactory(themes=[theme], concept=True, owner=MunicipalityFactory())

    assert client.get(change_url(theme)).context["use"].total == Practice.objects.count()


# --- old addresses --------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["/praktijken/", "/kaart/"])
def test_old_address_of_a_filter_leads_to_the_new_one(client, page):
    kept, absorbed = ThemeFactory(slug="werk"), ThemeFactory(slug="baan")
    PracticeFactory(themes=[absorbed])
    sent(client, kept, absorbed)

    answer = client.get(f"{page}?thema=baan&soort=initiatief")

    assert (answer.status_code, answer.headers["Location"]) == (
        302, f"{page}?thema=werk&soort=initiatief",
    )  # fmt: skip
    assert client.get(answer.headers["Location"]).status_code == 200
    assert client.get(f"{page}?thema=bestaat-niet").status_code == 200


def test_old_address_of_an_export_answers_as_the_new_one(client):
    kept, absorbed = ThemeFactory(slug="werk"), ThemeFactory(slug="baan")
    PracticeFactory(title="Taalcafé", themes=[absorbed])
    PracticeFactory(title="Elders")
    sent(client, kept, absorbed)

    old, new = (client.get(f"/praktijken.csv?thema={slug}") for slug in ("baan", "werk"))

    assert old.getvalue() == new.getvalue()
    assert "Elders" not in old.getvalue().decode()
