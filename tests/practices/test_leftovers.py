"""Files of photos that a killed process left behind."""

import os
from io import StringIO

import pytest
from django.core.management import call_command

from practices.leftovers import HOURS
from tests.factories import PhotoFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(media):
    PhotoFactory()
    return media / "praktijken"


def lay(folder, name, hours):
    path = folder / name
    path.write_bytes(b"x")
    moment = path.stat().st_mtime - hours * 3600
    os.utime(path, (moment, moment))


def tidy(*options):
    out = StringIO()
    call_command("tidy_photos", *options, stdout=out)
    return out.getvalue()


def test_only_old_files_without_a_photo_go(folder):
    kept = {path.name for path in folder.iterdir()}
    for path in folder.iterdir():
        os.utime(path, (0, 0))
    lay(folder, "zonder-rij.jpg", HOURS + 1)
    lay(folder, "zonder-rij-480.jpg", HOURS + 1)
    lay(folder, "half.jpg.0a1b2c3d.deel", HOURS + 1)
    lay(folder, "nog-bezig.jpg", HOURS - 1)

    assert tidy() == "Bestanden verwijderd: 3.\n"
    assert {path.name for path in folder.iterdir()} == kept | {"nog-bezig.jpg"}
    assert tidy("--hours", "0") == "Bestanden verwijderd: 1.\n"


def test_dry_run_names_and_keeps(folder):
    lay(folder, "zonder-rij.jpg", HOURS + 1)

    assert tidy("--dry-run") == ("praktijken/zonder-rij.jpg\nProef: er is niets verwijderd.\n")
    assert (folder / "zonder-rij.jpg").exists()


def test_site_without_photos_has_nothing_to_tidy(media):
    assert tidy() == "Bestanden verwijderd: 0.\n"
