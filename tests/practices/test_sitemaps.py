import re

import pytest
from django.utils import timezone

from tests.factories import MunicipalityFactory, PracticeFactory

pytestmark = pytest.mark.django_db


def addresses(client):
    content = client.get("/sitemap.xml").content.decode()
    return re.findall(r"<loc>https?://[^/]+([^<]+)</loc>", content)


def test_sitemap_names_every_page_practice_and_municipality_once(client):
    PracticeFactory(slug="werkplaats")
    MunicipalityFactory(slug="venlo")

    found = addresses(client)

    assert "/praktijken/werkplaats/" in found
    assert "/gemeenten/venlo/" in found
    assert {"/", "/praktijken/", "/kaart/", "/gemeenten/", "/knelpunten/"} <= set(found)
    assert len(found) == len(set(found))


def test_every_address_in_the_sitemap_answers(client):
    PracticeFactory(slug="werkplaats")
    MunicipalityFactory(slug="venlo")

    assert {client.get(address).status_code for address in addresses(client)} == {200}


def test_sitemap_tells_when_a_practice_changed(client):
    practice = PracticeFactory()

    content = client.get("/sitemap.xml").content.decode()

    assert f"<lastmod>{timezone.localdate(practice.modified).isoformat()}</lastmod>" in content
