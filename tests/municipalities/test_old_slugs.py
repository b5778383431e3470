"""Old addresses of municipalities, kept by hand."""

import pytest

from municipalities.models import OldMunicipalitySlug
from tests.admin_forms import add_url, opened, save
from tests.factories import MunicipalityFactory, OldMunicipalitySlugFactory
from tests.practices.editorial.people import beheerder, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return signed_in(beheerder())


def added(client, slug, municipality):
    url = add_url(OldMunicipalitySlug)
    return save(client, url, opened(client, url) | {"slug": slug, "municipality": municipality.pk})


def test_old_address_that_a_beheerder_adds_leads_to_the_municipality(client):
    venlo = MunicipalityFactory(name="Venlo", slug="venlo")
    assert client.get("/gemeenten/venloo/").status_code == 404

    assert added(client, "venloo", venlo) == []

    answer = client.get("/gemeenten/venloo/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/gemeenten/venlo/")
    filtered = client.get("/praktijken/?gemeente=venloo")
    assert filtered.headers["Location"] == "/praktijken/?gemeente=venlo"


def test_address_of_a_municipality_is_no_old_one(client):
    venlo = MunicipalityFactory(name="Venlo", slug="venlo")

    assert added(client, "venlo", MunicipalityFactory()) == ["Dit is het adres van Venlo zelf."]
    assert added(client, "venlo", venlo) == ["Dit is het adres van Venlo zelf."]
    assert not OldMunicipalitySlug.objects.exists()


def test_old_address_belongs_to_one_municipality(client):
    old = OldMunicipalitySlugFactory()

    assert added(client, old.slug, MunicipalityFactory()) == [
        "Er bestaat al een Oud adres van een gemeente met eenzelfde Oude naam in het adres."
    ]
