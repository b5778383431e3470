"""Every list of the admin: the same number of queries whatever its length."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse

from practices.enums import LinkState
from practices.models import LinkCheck, MissedQuery, Practice, SynonymGroup, WantedQuestion
from tests import factories
from tests.admin_forms import list_url
from tests.factories import (
    BarrierFactory,
    MunicipalityFactory,
    PracticeFactory,
    RegionFactory,
    SourceFactory,
    ThemeFactory,
    UserFactory,
)

# What every list asks: session, user, number of results (twice: with and without the
# filters), the rows. More: the choices of filters, what is fetched along with the rows.
COSTS = {
    "practices.practice": 10,
    "practices.suggestion": 5,
    "practices.source": 6,
    "practices.theme": 5,
    "practices.targetgroup": 5,
    "practices.barrier": 5,
    "practices.instrument": 6,
    "practices.recommendation": 6,
    "practices.participationstep": 5,
    "practices.claim": 5,
    "practices.adoption": 5,
    "practices.relation": 5,
    "practices.reference": 5,
    "practices.contact": 5,
    "practices.photo": 5,
    "practices.linkcheck": 5,
    "practices.missedquery": 5,
    "practices.wantedquestion": 5,
    "practices.synonymgroup": 6,
    "municipalities.municipality": 6,
    "municipalities.oldmunicipalityslug": 5,
    "municipalities.region": 5,
    "municipalities.welfarefigure": 6,
    "municipalities.membership": 5,
    "auth.user": 7,
    "auth.group": 5,
}


def a_practice():
    return PracticeFactory(
        municipalities=[MunicipalityFactory()],
        regions=[RegionFactory()],
        themes=[ThemeFactory()],
        owner=MunicipalityFactory(),
    )


def a_link():
    url = f"https://example.org/{LinkCheck.objects.count()}"
    SourceFactory(url=url)
    return LinkCheck.objects.create(url=url, state=LinkState.DEAD)


MAKERS = {
    "practices.practice": a_practice,
    "practices.barrier": lambda: BarrierFactory(parent=BarrierFactory()),
    "practices.suggestion": lambda: factories.SuggestionFactory(practice=PracticeFactory()),
    "municipalities.municipality": lambda: MunicipalityFactory(
        successor=MunicipalityFactory(), valid_to="2019-01-01"
    ),
    "municipalities.region": lambda: RegionFactory(parent=RegionFactory()),
    "practices.missedquery": lambda: MissedQuery.objects.create(
        text=f"vraag {MissedQuery.objects.count()}", last_seen="2024-01-01"
    ),
    "practices.wantedquestion": lambda: WantedQuestion.objects.create(
        question="Wie weet het?", answered_by=PracticeFactory()
    ),
    "practices.synonymgroup": lambda: SynonymGroup.objects.create(words="werk\nbaan", topic="t"),
    "practices.linkcheck": a_link,
    "auth.group": lambda: Group.objects.create(name=f"Groep {Group.objects.count()}"),
}


def make(label):
    if label in MAKERS:
        return MAKERS[label]()
    name = next(
        model.__name__ for model in admin.site._registry if model._meta.label_lower == label
    )
    return getattr(factories, f"{name}Factory")()


def registered():
    return {model._meta.label_lower: model for model in admin.site._registry}


def test_every_list_is_counted():
    assert set(COSTS) == set(registered())


@pytest.mark.parametrize("label", COSTS)
def test_list_takes_the_same_queries_for_any_number_of_rows(
    label, superuser_client, django_assert_num_queries
):
    url = list_url(registered()[label])
    superuser_client.get(url)  # What is kept between requests is there from here on.

    for more in (1, 2, 27):
        for _ in range(more):
            make(label)
        with django_assert_num_queries(COSTS[label]):
            response = superuser_client.get(url)
        assert response.status_code == 200

    assert response.context["cl"].result_count >= 30


@pytest.mark.parametrize("label", COSTS)
def test_list_can_be_searched_and_stands_odd_parameters(label, superuser_client):
    make(label)
    url = list_url(registered()[label])

    for query in ("?q=zz'%22%25_", "?q=%00", "?p=999999", "?p=-1", "?p=x", "?o=99.-1.x", "?all="):
        response = superuser_client.get(f"{url}{query}", follow=True)
        assert (query, response.status_code) == (query, 200)


@pytest.mark.parametrize("label", COSTS)
def test_list_says_when_nothing_is_found(label, superuser_client):
    response = superuser_client.get(list_url(registered()[label]), {"q": "bestaat-niet-xyz"})

    assert "Niets gevonden." in response.content.decode()


def test_empty_list_offers_to_add_the_first(superuser_client):
    text = superuser_client.get(list_url(ThemeFactory._meta.model)).content.decode()

    assert "Hier staat nog niets." in text
    assert "Voeg de eerste toe" in text


def test_list_of_practices_does_not_read_their_texts(superuser_client):
    a_practice()

    shown = superuser_client.get(list_url(Practice)).context["cl"].result_list[0]

    assert {"summary", "approach", "background", "results"} <= shown.get_deferred_fields()
    assert "title" not in shown.get_deferred_fields()


def test_list_of_practices_is_filtered_by_freshness_and_state(superuser_client):
    PracticeFactory(title="Oud", described_on="2018-08-01")
    PracticeFactory(title="Concept", concept=True)

    def titles(**query):
        response = superuser_client.get(list_url(Practice), query)
        return [practice.title for practice in response.context["cl"].result_list]

    assert titles(actualiteit="verouderd", state__exact="gepubliceerd") == ["Oud"]
    assert titles(state__exact="concept") == ["Concept"]
    assert titles(actualiteit="actueel") == []


def test_practice_is_found_by_the_name_of_its_municipality_once(superuser_client):
    beek, beesel = MunicipalityFactory(name="Beek"), MunicipalityFactory(name="Beesel")
    PracticeFactory(title="Samen", municipalities=[beek, beesel])
    PracticeFactory(title="Elders")

    response = superuser_client.get(list_url(Practice), {"q": "bee"})

    assert [practice.title for practice in response.context["cl"].result_list] == ["Samen"]


AUTOCOMPLETES = {
    "practices.practice.regions": RegionFactory,
    "practices.practice.themes": ThemeFactory,
    "practices.practicemunicipality.municipality": MunicipalityFactory,
    "practices.claim.source": SourceFactory,
    "practices.relation.to_practice": a_practice,
    "municipalities.membership.user": UserFactory,
}


@pytest.mark.parametrize("field", AUTOCOMPLETES)
def test_autocomplete_takes_the_same_queries_for_any_number_of_rows(
    field, superuser_client, django_assert_num_queries
):
    app, model, name = field.split(".")
    query = {"app_label": app, "model_name": model, "field_name": name, "term": ""}
    url = reverse("admin:autocomplete")

    for more in (1, 2, 27):
        for _ in range(more):
            AUTOCOMPLETES[field]()
        # Session, user, number of results, the rows.
        with django_assert_num_queries(4):
            found = superuser_client.get(url, query).json()

    assert len(found["results"]) == 20
    assert found["pagination"] == {"more": True}
