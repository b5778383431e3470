"""A dead link is shown to who can mend it, and to who would follow it."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from practices.enums import LinkState
from practices.models import LinkCheck, Practice, Source
from tests.admin_forms import change_url, list_url, opened, save
from tests.factories import (
    ClaimFactory,
    MunicipalityFactory,
    PracticeFactory,
    ReferenceFactory,
    SourceFactory,
)
from tests.practices.editorial.people import redacteur, signed_in

pytestmark = pytest.mark.django_db
SINCE = datetime(2026, 5, 3, 12, tzinfo=UTC)
URL = "https://example.org/weg"


@pytest.fixture
def heerlen():
    return MunicipalityFactory(name="Heerlen")


@pytest.fixture
def entry(heerlen):
    return PracticeFactory(title="Werkhuis", slug="werkhuis", owner=heerlen)


@pytest.fixture
def editor_client(heerlen):
    return signed_in(redacteur(heerlen))


def dead(url=URL, state=LinkState.DEAD):
    return LinkCheck.objects.create(
        url=url, state=state, reason="De pagina bestaat niet meer (404).", first_failed_at=SINCE
    )


def text(client, url):
    return client.get(url).content.decode()


@pytest.mark.parametrize("make", [ReferenceFactory, ClaimFactory])
def test_form_of_an_entry_names_the_dead_links_in_it(make, editor_client, entry):
    make(practice=entry, source=SourceFactory(url=URL))
    assert "werkt niet meer" not in text(editor_client, change_url(entry))

    dead()

    shown = text(editor_client, change_url(entry))
    assert "Een link naar een bron werkt niet meer" in shown
    assert f"{URL}</a>, sinds 3 mei 2026. De pagina bestaat niet meer (404)." in shown


@pytest.mark.parametrize("state", [LinkState.FAILING, LinkState.WORKS, LinkState.NOT_CHECKED])
def test_link_that_only_failed_just_now_is_not_called_dead(state, editor_client, entry):
    ReferenceFactory(practice=entry, source=SourceFactory(url=URL))
    dead(state=state)

    assert "werkt niet meer" not in text(editor_client, change_url(entry))
    assert "werkt niet meer" not in text(Client(), entry.get_absolute_url())


def test_entries_with_a_dead_link_can_be_listed(superuser_client, entry):
    PracticeFactory(title="Zonder")
    ClaimFactory(practice=entry, source=SourceFactory(url=URL))
    also = PracticeFactory(title="Ook", concept=True)
    ReferenceFactory(practice=also, source=SourceFactory(url=URL))
    ReferenceFactory(practice=also, source=SourceFactory(url=f"{URL}/2"))
    dead()
    dead(f"{URL}/2")

    def titles(**query):
        response = superuser_client.get(list_url(Practice), query)
        return [practice.title for practice in response.context["cl"].result_list]

    assert titles(links="dood") == ["Ook", "Werkhuis"]
    assert titles() == ["Ook", "Werkhuis", "Zonder"]


def test_list_and_form_of_sources_say_since_when(superuser_client):
    source = SourceFactory(title="Rapport", url=URL)
    SourceFactory(title="Ander", url=f"{URL}/anders")
    assert "sinds 3 mei 2026" not in text(superuser_client, list_url(Source))

    dead()

    assert text(superuser_client, list_url(Source)).count("werkt niet meer sinds 3 mei 2026") == 1
    assert "werkt niet meer sinds 3 mei 2026" in text(superuser_client, change_url(source))


def test_source_with_a_dead_link_can_be_given_another(superuser_client):
    source = SourceFactory(url=URL)
    dead()
    url = change_url(source)

    superuser_client.post(url, opened(superuser_client, url) | {"url": f"{URL}/nieuw"})

    source.refresh_from_db()
    assert source.url == f"{URL}/nieuw"
    assert "werkt niet meer" not in text(superuser_client, url)


def test_list_of_links_says_where_they_are(superuser_client):
    SourceFactory(title="Rapport", url=URL)
    MunicipalityFactory(name="Beek", website=URL)
    dead()

    assert "bron: Rapport, Beek" in text(superuser_client, list_url(LinkCheck))


def test_form_of_a_municipality_says_that_its_website_is_dead(superuser_client, heerlen):
    heerlen.website = URL
    heerlen.save()
    dead(f"{URL}/anders")
    assert "werkt niet meer" not in text(superuser_client, change_url(heerlen))

    dead()

    shown = text(superuser_client, change_url(heerlen))
    assert f"{URL}</a>, sinds 3 mei 2026. De pagina bestaat niet meer (404)." in shown
    data = opened(superuser_client, change_url(heerlen)) | {"website": f"{URL}/nieuw"}
    assert save(superuser_client, change_url(heerlen), data) == []
    assert "werkt niet meer" not in text(superuser_client, change_url(heerlen))


@pytest.mark.parametrize("state", [LinkState.FAILING, LinkState.WORKS, LinkState.NOT_CHECKED])
def test_website_that_only_failed_just_now_is_not_called_dead(state, superuser_client, heerlen):
    heerlen.website = URL
    heerlen.save()
    dead(state=state)

    assert "werkt niet meer" not in text(superuser_client, change_url(heerlen))


def test_reader_is_told_beside_the_source_and_the_result(client, entry):
    source = SourceFactory(title="Rapport", url=URL)
    ReferenceFactory(practice=entry, source=source)
    ClaimFactory(practice=entry, source=source)
    dead()

    shown = text(client, entry.get_absolute_url())

    told = f'<a href="{URL}">Rapport</a> (deze link werkt niet meer sinds 3 mei 2026)'
    assert shown.count(told) == 2


def test_page_of_an_entry_takes_one_query_more_for_any_number_of_links(
    client, entry, django_assert_max_num_queries
):
    def cost():
        client.get(entry.get_absolute_url())
        with django_assert_max_num_queries(100) as counted:
            client.get(entry.get_absolute_url())
        return len(counted)

    ReferenceFactory(practice=entry, source=SourceFactory())
    ClaimFactory(practice=entry, source=SourceFactory())
    without = cost()
    costs = []
    for number in (1, 3):
        for _ in range(number):
            url = f"{URL}/{Source.objects.count()}"
            ReferenceFactory(practice=entry, source=SourceFactory(url=url))
            ClaimFactory(practice=entry, source=SourceFactory(url=f"{url}/claim"))
            dead(url)
        costs.append(cost())

    assert costs == [without + 1] * 2
