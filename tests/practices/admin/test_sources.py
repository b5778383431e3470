"""A redacteur corrects a source of the own entries, and no source that others lean on."""

import pytest

from practices.enums import VersionAction
from practices.models import Source, Version
from tests.admin_forms import add_url, change_url, opened, save
from tests.factories import (
    ClaimFactory,
    MunicipalityFactory,
    PracticeFactory,
    ReferenceFactory,
    SourceFactory,
    UserFactory,
)
from tests.practices.editorial.people import beheerder, eindredacteur, redacteur, signed_in

pytestmark = pytest.mark.django_db
CLOSED = "Deze bron kun je niet wijzigen"


@pytest.fixture
def heerlen():
    return MunicipalityFactory(name="Heerlen")


@pytest.fixture
def client(heerlen):
    return signed_in(redacteur(heerlen))


def may_change(client, source):
    """By the page and by what sending it does; both have to agree."""
    url = change_url(source)
    closed = CLOSED in client.get(url).content.decode()
    answer = client.post(url, opened(client, url) | {"title": "Verbeterd", "version": "{}"})
    assert answer.status_code in ((403,) if closed else (200, 302))
    return not closed


def used_by(source, *practices):
    for practice in practices:
        ReferenceFactory(source=source, practice=practice)
    return source


def test_source_of_own_entries_is_corrected_and_recorded(client, heerlen):
    source = SourceFactory(title="Rapprt", slug="rapport")
    used_by(source, PracticeFactory(owner=heerlen), PracticeFactory(municipalities=[heerlen]))
    url = change_url(source)

    assert save(client, url, opened(client, url) | {"title": "Rapport"}) == []

    source.refresh_from_db()
    assert (source.title, source.slug) == ("Rapport", "rapport")
    changed = Version.objects.get(kind="practices.source", action=VersionAction.CHANGED)
    assert changed.by.memberships.get().municipality == heerlen


@pytest.mark.parametrize("make", [ReferenceFactory, ClaimFactory])
@pytest.mark.parametrize("concept", [False, True])
def test_source_that_one_other_entry_uses_is_closed(client, heerlen, make, concept):
    source = used_by(SourceFactory(), PracticeFactory(owner=heerlen))
    assert may_change(client, source)

    make(source=source, practice=PracticeFactory(owner=MunicipalityFactory(), concept=concept))

    assert not may_change(client, source)


def test_source_of_an_entry_without_an_owner_is_closed(client):
    assert not may_change(client, used_by(SourceFactory(), PracticeFactory()))


def test_source_that_nothing_uses_is_for_who_added_it(client, heerlen):
    data = {"title": "Nieuw rapport", "slug": "nieuw-rapport"}
    assert save(client, add_url(Source), opened(client, add_url(Source)) | data) == []
    source = Source.objects.get()

    assert may_change(client, source)
    assert not may_change(signed_in(redacteur(heerlen)), source)
    assert not may_change(client, SourceFactory())


def test_source_of_own_entries_is_not_deleted_by_a_redacteur(client, heerlen):
    source = used_by(SourceFactory(), PracticeFactory(owner=heerlen))

    answer = client.post(change_url(source).replace("/change/", "/delete/"), {"post": "yes"})

    assert answer.status_code == 403


def test_version_is_restored_only_by_who_may_change_the_source(client, heerlen):
    source = used_by(SourceFactory(title="Eerst"), PracticeFactory(owner=heerlen))
    url = change_url(source)
    save(client, url, opened(client, url) | {"title": "Daarna"})
    first = Version.objects.filter(kind="practices.source").order_by("pk").first()
    back = url.replace("/change/", f"/versie/{first.pk}/")
    assert client.get(back).status_code == 200

    used_by(source, PracticeFactory(owner=MunicipalityFactory()))

    assert client.post(back).status_code == 403


def test_others_keep_the_rights_of_their_group():
    source = used_by(SourceFactory(), PracticeFactory())

    assert may_change(signed_in(eindredacteur()), source)
    assert not may_change(signed_in(beheerder()), source)
    assert signed_in(UserFactory(staff=True)).get(change_url(source)).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_the_same_queries_for_any_number_of_entries(
    client, heerlen, count, django_assert_num_queries
):
    source = SourceFactory()
    used_by(source, *(PracticeFactory(owner=heerlen) for _ in range(count)))
    client.get("/beheer/")

    with django_assert_num_queries(23):
        client.get(change_url(source))
