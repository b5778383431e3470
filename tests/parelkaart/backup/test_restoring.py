import json
from hashlib import sha256
from importlib import import_module
from io import StringIO
from zipfile import ZipFile

import pytest
from django.conf import settings as site_settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import OperationalError

from practices import version
from practices.models import Practice
from practices.search import out_of_step
from tests.factories import PhotoFactory, PracticeFactory, ThemeFactory
from tests.parelkaart.backup.conftest import everything, remade


def restore(path, *options):
    out, err = StringIO(), StringIO()
    call_command("restore", path, *options, stdout=out, stderr=err, no_color=True)
    return out.getvalue(), err.getvalue()


def refusal(path, *options):
    with pytest.raises(CommandError) as told:
        restore(path, *options)
    return str(told.value)


def change_everything(site):
    for photo in site.rglob("*.jpg"):
        photo.unlink()
    Practice.objects.first().delete()
    Practice.objects.update(title="Anders")
    PhotoFactory()
    get_user_model().objects.all().delete()


def test_all_is_as_it_was(backup, site):
    before = everything(site)
    change_everything(site)
    assert everything(site) != before

    told, warned = restore(backup, "--overwrite")

    assert everything(site) == before
    assert told.splitlines()[-1] == (
        "Hersteld. Elke tabel is vergeleken, en de zoekindex is klaar."
    )
    assert warned == ""
    assert sorted(path.name for path in site.iterdir()) == ["praktijken"]


def test_log_of_security_tells_of_it(backup, events):
    restore(backup, "--overwrite")

    [line] = events("backup_restored")
    assert line["made_at"] == json.loads(ZipFile(backup).read("manifest.json"))["made_at"]


def test_catalogue_that_is_there_is_not_touched_without_being_asked(backup, site):
    change_everything(site)
    before = everything(site)

    told = refusal(backup)

    assert told.startswith("De database is niet leeg: municipalities_municipality (")
    assert told.endswith(
        "Met --overwrite komt de back-up ervoor in de plaats.\nEr is niets veranderd."
    )
    assert everything(site) == before


def test_files_that_are_there_are_not_touched_without_being_asked(backup, site, monkeypatch):
    monkeypatch.setattr("parelkaart.backup.restoring.filled", lambda _: {})
    before = everything(site)

    told = refusal(backup)

    assert told == (
        f"In {site} staan al bestanden. Met --overwrite komen die van de back-up ervoor in de "
        "plaats.\nEr is niets veranderd."
    )
    assert everything(site) == before


def test_site_that_saves_nothing_is_told_so(backup, settings):
    settings.READ_ONLY = True

    assert refusal(backup, "--overwrite") == (
        "READ_ONLY staat aan. Zet het uit voor deze opdracht; de site mag zo blijven.\n"
        "Er is niets veranderd."
    )


def test_database_that_refuses_leaves_all_as_it_was(backup, site, monkeypatch):
    def locked(connection):
        raise OperationalError("database is locked")

    monkeypatch.setattr("parelkaart.backup.restoring._hold", locked)
    before = everything(site)

    told = refusal(backup, "--overwrite")

    assert told.startswith("De database weigert het: database is locked")
    assert everything(site) == before


# --- afterwards -----------------------------------------------------------------------------------


def test_what_is_found_and_kept_in_memory_is_of_the_restored_rows(backup, site):
    newest = PracticeFactory(title="Later gemaakt")
    seen = version.current()

    restore(backup, "--overwrite")

    assert version.current() != seen
    assert not out_of_step().exists()
    assert Practice.objects.published().filter(pk=newest.pk).count() == 0


def test_who_was_signed_in_signs_in_again(backup):
    import_module(site_settings.SESSION_ENGINE).SessionStore().create()
    assert Session.objects.count() == 1

    restore(backup, "--overwrite")

    assert Session.objects.count() == 0


def test_next_row_gets_a_key_that_no_row_ever_had(site, tmp_path):
    gone = ThemeFactory()
    key = gone.pk
    gone.delete()
    call_command("backup", tmp_path / "b.zip", verbosity=0)

    restore(tmp_path / "b.zip", "--overwrite")

    assert ThemeFactory().pk > key


def test_types_of_content_are_known_by_their_restored_keys(backup):
    ContentType.objects.get_for_model(Practice)

    restore(backup, "--overwrite")

    assert ContentType.objects.get_for_model(Practice) == ContentType.objects.get(
        app_label="practices", model="practice"
    )


def test_another_secret_key_is_told(backup, settings):
    settings.SECRET_KEY = "een andere sleutel " * 3

    told, warned = restore(backup, "--overwrite")

    assert "Hersteld." in told
    assert warned.startswith("Let op: deze site heeft een andere SECRET_KEY dan waar de back-up")


def test_secret_key_of_before_is_good(backup, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "een andere sleutel " * 3

    assert restore(backup, "--overwrite")[1] == ""


# --- half-way ----------------------------------------------------------------------------


def with_rows(path, table, *rows):
    """The backup with these as the rows of a table."""

    def change(content, manifest):
        told = manifest["tables"][table]
        lines = "".join(json.dumps([row[name] for name in told["columns"]]) + "\n" for row in rows)
        content[f"tables/{table}.jsonl"] = lines.encode()
        told |= {"rows": len(rows), "sha256": sha256(lines.encode()).hexdigest()}

    return remade(path, change)


def test_rows_that_do_not_fit_leave_all_as_it_was(backup, site):
    slug = {"id": 1, "practice_id": 987654, "slug": "oud"}
    twice = with_rows(backup, "practices_oldslug", slug, slug)
    change_everything(site)
    before = everything(site)

    told = refusal(twice, "--overwrite")

    assert told.startswith("De rijen van practices_oldslug passen niet in deze database: ")
    assert told.endswith("\nEr is niets veranderd.")
    assert everything(site) == before


def test_rows_that_point_at_nothing_leave_all_as_it_was(backup, site):
    orphan = with_rows(backup, "practices_oldslug", {"id": 1, "practice_id": 987654, "slug": "oud"})
    before = everything(site)

    told = refusal(orphan, "--overwrite")

    assert told.startswith("De rijen verwijzen naar iets dat er niet is: ")
    assert everything(site) == before


@pytest.mark.parametrize("moment", ["rebuild", "media.Exchange.swap"])
def test_restore_that_stops_late_leaves_rows_and_files(backup, site, monkeypatch, moment):
    def stop(*arguments):
        raise KeyboardInterrupt

    change_everything(site)
    before = everything(site)
    monkeypatch.setattr(f"parelkaart.backup.restoring.{moment}", stop)

    with pytest.raises(KeyboardInterrupt):
        restore(backup, "--overwrite")

    assert everything(site) == before


def test_file_that_cannot_take_its_place_leaves_rows_and_files(backup, site, monkeypatch):
    """The last step of all: the old files are aside, and the first new one cannot come."""
    change_everything(site)
    before = everything(site)
    rename = type(site).rename

    def fail(path, target):
        if path.parent.name == ".restore-new":
            raise OSError(5, "Input/output error")
        return rename(path, target)

    monkeypatch.setattr(type(site), "rename", fail)

    told = refusal(backup, "--overwrite")

    assert told.startswith("De bestanden zijn niet te plaatsen: ")
    assert everything(site) == before


def test_files_of_a_restore_that_was_killed_are_not_thrown_away(backup, site):
    (site / ".restore-old").mkdir()
    (site / ".restore-old" / "oud.jpg").write_bytes(b"x")
    before = everything(site)

    told = refusal(backup, "--overwrite")

    assert told.startswith(f"De map {site}/.restore-old is van een herstel dat is afgebroken.")
    assert everything(site) == before


def test_disk_that_is_too_full_is_told_first(backup, site, monkeypatch):
    usage = type("Usage", (), {"free": 10})
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)

    assert refusal(backup, "--overwrite").startswith(f"Er is te weinig ruimte in {site}: ")
