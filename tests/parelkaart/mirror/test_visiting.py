import logging

import pytest

from parelkaart.mirror.visiting import PER_PAGE, Visitor, as_for_a_copy, content_of
from tests.factories import PracticeFactory

pytestmark = pytest.mark.django_db

BASE = "https://parels.example.org"


@pytest.fixture
def visitor(settings):
    settings.ALLOWED_HOSTS = ["parels.example.org"]
    return Visitor(BASE)


def test_old_copy_is_no_answer_while_a_new_one_is_made(settings):
    settings.MIRROR_DIR = "/srv/kopie"
    level = logging.getLogger("django.request").level

    with as_for_a_copy():
        inside = (settings.MIRROR_DIR, settings.PRACTICES_PER_PAGE)

    assert inside == ("", PER_PAGE)
    assert settings.MIRROR_DIR == "/srv/kopie"
    assert logging.getLogger("django.request").level == level


def test_page_is_that_of_the_address_of_the_site(visitor):
    with visitor.ask("/over/") as (url, response):
        page = b"".join(content_of(response)).decode()

    assert (url, response.status_code) == ("/over/", 200)
    assert f'<link rel="canonical" href="{BASE}/over/">' in page


def test_site_that_wants_https_behind_a_proxy_is_asked_so(settings):
    settings.ALLOWED_HOSTS = ["parels.example.org"]
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    with Visitor(BASE).ask("/over/") as (_, response):
        assert response.status_code == 200


def test_old_name_leads_to_the_new_one(visitor):
    practice = PracticeFactory(slug="oud")
    practice.slug = "nieuw"
    practice.save()

    with visitor.ask("/praktijken/oud/") as (url, response):
        assert (url, response.status_code) == ("/praktijken/nieuw/", 200)
