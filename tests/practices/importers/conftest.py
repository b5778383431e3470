from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from practices.importers import load_catalogue


@pytest.fixture(scope="module")
def loaded_catalogue(django_db_setup, django_db_blocker):
    """The real catalogue, loaded once for a module; each test undoes its own changes."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_catalogue(settings.CATALOGUE_DIR)
        transaction.set_rollback(True)


@pytest.fixture
def catalogue(loaded_catalogue, db):
    return loaded_catalogue


@pytest.fixture
def small_catalogue(tmp_path: Path) -> Path:
    """One item of each kind that the tests change: the smallest catalogue that loads."""
    files = {
        "regions.yaml": "- {slug: limburg, name: Limburg, kind: provincie}",
        "municipalities.yaml": (
            "- slug: venlo\n"
            "  name: Venlo\n"
            "  code: GM0983\n"
            "  region: limburg\n"
            "  province: limburg\n"
            "  figures:\n"
            "    - {year: 2014, recipients: 2190, source: Bijlage}\n"
        ),
        "vocabularies/themes.yaml": "- {slug: werk, name: Werk, synonyms: [baan, arbeid]}",
        "vocabularies/target_groups.yaml": "[]",
        "vocabularies/barriers.yaml": "[]",
        "vocabularies/instruments.yaml": "[]",
        "vocabularies/recommendations.yaml": "[]",
        "vocabularies/participation_steps.yaml": "[]",
        "sources.yaml": "- {slug: rapport, title: Rapport}",
        "practices/kandoen.yaml": (
            "title: KanDoen\n"
            "kind: initiatief\n"
            "summary: Klussen in de wijk.\n"
            "municipalities: {venlo: uitvoerder}\n"
            "owner: venlo\n"
            "themes: [werk]\n"
            "evidence_level: Praktijkervaring\n"
            "references:\n"
            "  - {source: rapport, place: paragraaf 4.2}\n"
            "claims:\n"
            "  - statement: Mensen komen in beweging\n"
            "    proof: Ervaring van betrokkenen\n"
            "    source: rapport\n"
        ),
        "relations.yaml": "[]",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path
