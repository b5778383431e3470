import json
import stat
from io import StringIO
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command

import parelkaart
from practices.models import Photo
from tests.factories import PhotoFactory


def run(*arguments):
    out, err = StringIO(), StringIO()
    call_command("backup", *arguments, stdout=out, stderr=err, no_color=True)
    return out.getvalue(), err.getvalue()


def test_backup_says_what_is_in_it(site, tmp_path):
    told, warned = run(tmp_path / "parels.zip")

    manifest = json.loads(ZipFile(tmp_path / "parels.zip").read("manifest.json"))
    files = sorted(str(path.relative_to(site)) for path in site.rglob("*.jpg"))
    assert sorted(manifest["media"]) == files != []
    assert manifest["tables"]["practices_adoption"]["rows"] == 1
    assert (manifest["format"], manifest["version"]) == (1, parelkaart.__version__)
    rows = sum(table["rows"] for table in manifest["tables"].values())
    assert told.startswith(f"Back-up gemaakt: {rows} rijen in {len(manifest['tables'])} tabellen")
    assert warned == ""


def test_log_of_security_tells_of_it(site, tmp_path, events):
    run(tmp_path / "parels.zip")

    assert [line["rows"] > 0 for line in events("backup_made")] == [True]


def test_file_is_for_its_owner_alone_and_has_no_companions(backup):
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert list(backup.parent.iterdir()) == [backup]


def test_ordinary_programs_can_read_it(backup):
    with ZipFile(backup) as archive:
        assert archive.testzip() is None


def test_backup_that_is_there_is_never_written_over(backup):
    before = backup.read_bytes()

    with pytest.raises(
        CommandError, match=r"bestaat al\. Kies een andere naam\.\nEr is geen back-up"
    ):
        run(backup)

    assert backup.read_bytes() == before


def test_folder_that_is_not_there_is_told(site, tmp_path):
    with pytest.raises(CommandError, match=r"weg/parels\.zip is niet te schrijven"):
        run(tmp_path / "weg" / "parels.zip")


def test_backup_that_fails_leaves_nothing(site, tmp_path, monkeypatch):
    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("parelkaart.backup.writing.add_sum", full)

    with pytest.raises(CommandError, match="No space left"):
        run(tmp_path / "parels.zip")

    assert list(tmp_path.iterdir()) == []


def test_photo_whose_file_is_gone_is_told(site, tmp_path):
    lost = PhotoFactory()
    (site / lost.image.name).unlink()

    _, warned = run(tmp_path / "parels.zip")

    assert Photo.objects.count() == 2
    assert warned == f"Het bestand {lost.image.name} is er niet, en staat niet in de back-up.\n"


def test_files_of_the_system_links_and_unfinished_ones_stay_out(site, tmp_path):
    (site / "praktijken" / "ab.jpg.12.deel").write_text("half")
    (site / ".verborgen").write_text("x")
    (site / "link.jpg").symlink_to("/etc/hostname")
    before = sorted(str(path.relative_to(site)) for path in site.rglob("praktijken/*.jpg"))

    run(tmp_path / "parels.zip")

    assert (
        sorted(json.loads(ZipFile(tmp_path / "parels.zip").read("manifest.json"))["media"])
        == before
    )
