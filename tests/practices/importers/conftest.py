from pathlib import Path

import pytest
from django.conf import settings

from practices.importers import load_catalogue
from tests import small_catalogue


@pytest.fixture(scope="module")
def loaded_catalogue(module_db):
    """The real catalogue."""
    return load_catalogue(settings.CATALOGUE_DIR)


@pytest.fixture
def catalogue(loaded_catalogue, db):
    return loaded_catalogue


@pytest.fixture(name="small_catalogue")
def small_catalogue_in(tmp_path: Path) -> Path:
    small_catalogue.write(tmp_path)
    return tmp_path
