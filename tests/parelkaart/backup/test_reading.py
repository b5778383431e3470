"""Whatever is wrong with a backup is told before anything is touched."""

from io import StringIO
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command

from tests.parelkaart.backup.conftest import everything, remade

DAMAGED = "Deze back-up is beschadigd: de controlesom klopt niet. Neem een andere kopie."
FOREIGN = (
    "Dit is geen back-up van deze site, of het bestand is niet heel: het einde ontbreekt. "
    "Is het helemaal gekopieerd?"
)
OTHER = "In deze back-up zit iets anders dan in de inhoudsopgave staat."


@pytest.fixture
def refused(backup, site):
    """Tries to restore the file over what there is; gives what was told."""

    def refuse(path=backup):
        before = everything(site)
        with pytest.raises(CommandError) as told:
            call_command("restore", path, "--overwrite", stdout=StringIO())
        with pytest.raises(CommandError) as checked:
            call_command("backup", "--check", path, stdout=StringIO())
        assert everything(site) == before
        assert str(told.value) == f"{checked.value}\nEr is niets veranderd."
        return str(checked.value)

    return refuse


def test_backup_that_is_whole_is_told_so(backup):
    out, err = StringIO(), StringIO()

    call_command("backup", "--check", backup, stdout=out, stderr=err)

    assert out.getvalue().startswith("De back-up is heel: ")
    assert err.getvalue() == ""


def test_one_byte_that_changed_is_seen_wherever_it_is(backup, refused):
    whole = backup.read_bytes()
    for part in (0, 0.1, 0.5, 0.9, 0.999):
        content = bytearray(whole)
        content[int(len(content) * part)] ^= 1
        backup.write_bytes(content)

        assert refused() == DAMAGED, part


def test_file_that_was_cut_off_is_seen(backup, refused):
    whole = backup.read_bytes()
    for left in (0, 10, len(whole) // 3, len(whole) - 1):
        backup.write_bytes(whole[:left])

        assert refused() == FOREIGN, left


def test_file_that_was_made_longer_is_seen(backup, refused):
    backup.write_bytes(backup.read_bytes() + b"\n")

    assert refused() == FOREIGN


def test_zip_of_something_else_is_seen(refused, tmp_path):
    with ZipFile(tmp_path / "foto.zip", "w") as archive:
        archive.writestr("manifest.json", "{}")

    assert refused(tmp_path / "foto.zip") == FOREIGN


def test_file_that_is_not_there_is_told(refused, tmp_path):
    assert refused(tmp_path / "weg.zip").endswith(
        "weg.zip is niet te lezen: No such file or directory."
    )


# --- whole, but made by another hand ----------------------------------------------------------


def test_name_that_leads_elsewhere_is_refused(backup, refused):
    def add(content, manifest):
        content["media/../../etc/cron.d/x"] = b"x"
        manifest["media"]["../../etc/cron.d/x"] = {"size": 1, "sha256": "0" * 64}

    assert refused(remade(backup, add)) == (
        "In deze back-up staan bestanden die ergens anders zouden komen: ../../etc/cron.d/x. "
        "Vertrouw dit bestand niet."
    )


def test_file_that_the_list_of_contents_does_not_name_is_refused(backup, refused):
    def add(content, manifest):
        content["media/../../x"] = b"x"

    assert refused(remade(backup, add)) == OTHER


def test_table_that_is_missing_is_refused(backup, refused):
    def remove(content, manifest):
        del content["tables/practices_theme.jsonl"]

    assert refused(remade(backup, remove)) == OTHER


@pytest.mark.parametrize("kind", ["tables/practices_practice.jsonl", "media/praktijken/"])
def test_content_with_another_sum_is_refused(backup, refused, kind):
    def change(content, manifest):
        name = next(name for name in content if name.startswith(kind))
        content[name] = content[name][:-2] + b"x\n"

    assert refused(remade(backup, change)) == DAMAGED


def test_longer_photo_is_refused(backup, refused):
    def change(content, manifest):
        name = next(name for name in content if name.startswith("media/"))
        content[name] += b"x"

    assert refused(remade(backup, change)) == DAMAGED


def test_list_of_contents_without_sense_is_refused(backup, refused):
    for odd in ({}, {"format": "1"}, {"format": 1}, {"format": 1, "tables": 3, "media": {}}):

        def change(content, manifest, odd=odd):
            manifest.clear()
            manifest.update(odd)

        told = refused(remade(backup, change))
        assert told == "De inhoudsopgave van deze back-up is niet te lezen.", odd


# --- whole, but of another version --------------------------------------------------------------


def test_newer_format_is_refused(backup, refused):
    def change(content, manifest):
        manifest.update(format=2, version="9.0.0", tables=None)

    assert refused(remade(backup, change)) == (
        "Deze back-up is gemaakt met een nieuwere versie van de site (9.0.0). "
        "Herstel hem met die versie."
    )


def test_migrations_that_this_site_does_not_know_are_refused(backup, refused):
    def change(content, manifest):
        manifest["migrations"].append("practices.9999_later")

    assert refused(remade(backup, change)) == (
        "De back-up is heel, maar van een nieuwere versie van de site (0.1.0): "
        "die heeft practices.9999_later. Herstel hem met die versie."
    )


def test_older_migrations_are_refused_with_what_to_do(backup, refused):
    def change(content, manifest):
        manifest["migrations"].remove("practices.0007_old_addresses")

    assert refused(remade(backup, change)) == (
        "De back-up is heel, maar van een oudere versie van de site (0.1.0): "
        "die mist practices.0007_old_addresses. Herstel hem met die versie op een lege database, "
        "en werk de site daarna bij."
    )


def test_other_columns_are_refused(backup, refused):
    def change(content, manifest):
        manifest["tables"]["practices_theme"]["columns"].append("kleur")

    assert refused(remade(backup, change)) == (
        "De back-up is heel, maar heeft andere tabellen dan deze site."
    )
