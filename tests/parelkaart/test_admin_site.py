"""The admin starts without GDAL, and leaves nothing out of its index."""

import subprocess
import sys

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.urls import reverse

from parelkaart.admin import PermissionChoices
from parelkaart.admin_site import GROUPS, BeheerSite

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
