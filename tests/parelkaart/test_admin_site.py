"""The admin starts without GDAL, and leaves nothing out of its index."""

import subprocess
import sys

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.urls import reverse

from parelkaart.admin import PermissionChoices
from parelkaart.admin_site import GROUPS, BeheerSite
from tests.admin_forms import change_url, opened
from tests.factories import PracticeFactory, ThemeFactory

LOADED = """
import sys, django
django.setup()
from django.contrib import admin
assert admin.site.is_registered(django.apps.apps.get_model("auth.User"))
print(sorted(name for name in sys.modules if name in ("leaflet.admin", "django.contrib.gis")))
"""


def test_admin_starts_without_geodjango():
    done = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=False
    )

    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_every_model_of_the_admin_has_its_place_in_the_index():
    placed = [label for labels in GROUPS.values() for label in labels]

    assert sorted(placed) == sorted(model._meta.label_lower for model in admin.site._registry)


def test_admin_site_is_the_one_of_the_project():
    assert isinstance(admin.site._wrapped if hasattr(admin.site, "_wrapped") else 0, BeheerSite)


@pytest.mark.contract
@pytest.mark.parametrize("query", ["state__exact=%00", "q=a%00b", "%00=x", "actualiteit=%00"])
def test_list_opens_with_a_query_that_postgresql_cannot_read(superuser_client, query):
    url = reverse("admin:practices_practice_changelist")

    assert superuser_client.get(f"{url}?{query}", follow=True).status_code == 200


def test_text_that_only_looks_like_it_is_left_alone(superuser_client):
    url = reverse("admin:practices_practice_changelist")

    assert superuser_client.get(url, {"q": "%00"}).status_code == 200


def test_permissions_are_chosen_in_dutch_and_without_technical_tables(superuser_client):
    text = superuser_client.get("/beheer/auth/group/add/").content.decode()

    assert "praktijk: toevoegen" in text
    assert "thema: verwijderen" in text
    assert [word for word in ("posting", "session", "Can ") if word in text] == []


def test_every_permission_of_django_has_a_dutch_word(db):
    choices = PermissionChoices(Permission.objects.all())
    labels = [choices.label_from_instance(each) for each in Permission.objects.all()]

    assert [label for label in labels if "Can " in label] == []


def test_every_page_of_the_site_itself_is_known():
    """Those of the models are in tests/practices/editorial/test_matrix.py."""
    names = {route.name for route in admin.site.get_urls() if getattr(route, "name", None)}

    assert names == {
        "index",
        "login",
        "logout",
        "password_change",
        "password_change_done",
        "autocomplete",
        "jsi18n",
        "view_on_site",
        "app_list",
        # For everybody who works here: tests/parelkaart/accounts/test_sessions.py and manual/.
        "stay",
        "manual",
        "manual_picture",
    }


# --- what no page of ours sends -----------------------------------------------------------


@pytest.mark.django_db
def test_number_that_no_database_holds_is_a_wrong_request(superuser_client):
    url = change_url(PracticeFactory())
    data = opened(superuser_client, url) | {"themes": ["9" * 20]}

    assert superuser_client.post(url, data).status_code in (200, 400)


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["themes", "owner"])
@pytest.mark.parametrize("value", ["onzin", "\0", "²", "-1", "9" * 20])
def test_choice_that_is_no_key_is_an_error_beside_the_field(superuser_client, field, value):
    url = change_url(PracticeFactory())
    data = opened(superuser_client, url) | {field: [value], "title": ""}

    assert superuser_client.post(url, data).status_code in (200, 400)


@pytest.mark.django_db
def test_empty_name_of_a_field_to_look_in_is_no_name(superuser_client):
    url = change_url(ThemeFactory(name="Werk"))
    data = opened(superuser_client, url) | {"_to_field": ""}

    assert superuser_client.post(url, data).status_code == 302
