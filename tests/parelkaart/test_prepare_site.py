from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.utils import timezone

from parelkaart.management.commands import prepare_site
from practices import search
from practices.models import Practice
from tests.factories import PracticeFactory, UserFactory

PASSWORD = "een-lange-zin-van-mij"
pytestmark = pytest.mark.django_db


@pytest.fixture
def prepare(monkeypatch, settings, tmp_path):
    """Without the catalogue and the boundaries, which have tests of their own."""
    settings.STATIC_ROOT = tmp_path / "static"
    called = []

    def call(name, *args, **options):
        called.append(name)
        if name == "rebuild_search_index":
            call_command(name, verbosity=0, stdout=StringIO())
        if name == "import_boundaries":
            raise CommandError("PDOK antwoordt niet.")

    monkeypatch.setattr(prepare_site, "call_command", call)
    for name in ("USERNAME", "EMAIL", "PASSWORD", "PASSWORD_FILE"):
        monkeypatch.delenv(f"DJANGO_SUPERUSER_{name}", raising=False)

    def run():
        called.clear()
        out = StringIO()
        call_command("prepare_site", stdout=out, stderr=out)
        return list(called), out.getvalue()

    return run


def test_site_is_prepared_also_when_boundaries_cannot_be_had(prepare):
    called, said = prepare()

    assert called == ["migrate", "load_catalogue", "import_boundaries", "collectstatic"]
    assert "Gemeentegrenzen overgeslagen: PDOK antwoordt niet." in said
    assert "De site staat klaar." in said


def test_search_index_is_rebuilt_when_it_is_behind(prepare):
    practice = PracticeFactory()
    # As a change by SQL does.
    Practice.objects.filter(pk=practice.pk).update(modified=timezone.now())
    assert search.out_of_step().exists()

    assert "rebuild_search_index" in prepare()[0]
    assert "rebuild_search_index" not in prepare()[0]


def test_static_files_of_an_image_are_left_alone(prepare, settings, monkeypatch):
    settings.STATIC_ROOT.mkdir()
    monkeypatch.setattr(prepare_site.os, "access", lambda path, _: path != settings.STATIC_ROOT)

    assert "collectstatic" not in prepare()[0]


def test_first_account_has_the_password_of_the_file_and_is_made_once(
    prepare, monkeypatch, tmp_path
):
    (tmp_path / "password").write_text(f"{PASSWORD}\n")
    monkeypatch.setenv("DJANGO_SUPERUSER_USERNAME", "beheer")
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD_FILE", str(tmp_path / "password"))

    prepare()
    prepare()

    (user,) = get_user_model().objects.all()
    assert (user.username, user.is_superuser, user.check_password(PASSWORD)) == (
        "beheer",
        True,
        True,
    )


def test_first_account_with_a_weak_password_is_refused(prepare, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_USERNAME", "beheer")
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "welkom")

    with pytest.raises(CommandError, match="DJANGO_SUPERUSER_PASSWORD"):
        prepare()
    assert not get_user_model().objects.exists()


def test_site_that_has_a_superuser_gets_no_other(prepare, monkeypatch):
    UserFactory(superuser=True)
    monkeypatch.setenv("DJANGO_SUPERUSER_USERNAME", "beheer")
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)

    prepare()

    assert get_user_model().objects.count() == 1
