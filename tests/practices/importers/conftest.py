from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from practices.importers import load_catalogue
from tests import small_catalogue


@pytest.fixture(scope="module")
def loaded_catalogue(django_db_setup, django_db_blocker):
    """The real catalogue, loaded once for a module; each test undoes its own changes."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_catalogue(settings.CATALOGUE_DIR)
        transaction.set_rollback(True)


@pytest.fixture
def catalogue(loaded_catalogue, db):
    return loaded_catalogue


@pytest.fixture(name="small_catalogue")
def small_catalogue_in(tmp_path: Path) -> Path:
    small_catalogue.write(tmp_path)
    return tmp_path
