import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder

from parelkaart.backup.errors import BackupError
from parelkaart.backup.tables import LEFT_OUT, OF_MIGRATE, filled, kept, listed, migrations
from tests.factories import ThemeFactory


def test_every_table_of_the_site_is_kept_or_left_out_with_a_reason():
    labels = [model._meta.label for model in apps.get_models(include_auto_created=True)]

    assert sorted([*(model._meta.label for model in kept()), *LEFT_OUT]) == sorted(labels)
    assert OF_MIGRATE - set(labels) == set()


def test_every_kept_table_has_whole_numbers_as_key():
    """So both databases have the rows in the same order, whatever their rules for letters."""
    other = [
        m for m in kept() if not isinstance(m._meta.pk, models.AutoField | models.BigAutoField)
    ]

    assert other == []


@pytest.mark.django_db
def test_database_after_migrate_is_empty_and_any_row_fills_it():
    assert Group.objects.exists()
    assert filled(connection) == {}

    ThemeFactory()

    assert filled(connection) == {"practices_theme": 1}


@pytest.mark.django_db
def test_database_that_must_be_migrated_first_is_refused():
    assert "practices.0001_initial" in migrations(connection)
    MigrationRecorder(connection).record_unapplied("practices", "0007_old_addresses")

    with pytest.raises(BackupError, match=r"mist practices.0007_old_addresses\. Draai eerst"):
        migrations(connection)


def test_long_list_tells_how_many_more():
    assert listed("edcba") == "a, b, c en nog 2"
    assert listed("cba") == "a, b, c"
