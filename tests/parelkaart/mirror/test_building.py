"""A copy of a small site. tests/servers/test_mirror.py has that of the real catalogue."""

import io
import json
import logging
import zipfile
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from practices.enums import State
from practices.models import MissedQuery, ViewCount
from practices.view_counts import waiting
from tests.factories import (
    MunicipalityFactory,
    PhotoFactory,
    PracticeFactory,
    ReferenceFactory,
    SuggestionFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db

SITE = "https://parels.example.org"


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = SITE
    settings.ALLOWED_HOSTS = ["parels.example.org"]
    # Nothing is collected in a test.
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture
def practice():
    theme = ThemeFactory(name="Taal", slug="taal")
    place = MunicipalityFactory(name="Venlo", slug="venlo", lat="51.37", lon="6.17")
    return PracticeFactory(slug="taalhuis", themes=[theme], municipalities=[place])


@pytest.fixture
def build(tmp_path):
    def run(name="kopie"):
        out = StringIO()
        call_command("build_mirror", str(tmp_path / name), stdout=out)
        return tmp_path / name

    return run


def contents(folder):
    """Every file by its name. Packed ones are unpacked: they tell when that was done."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found[str(path.relative_to(folder))] = _unpacked(path.read_bytes())
    return found


def _unpacked(content):
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        names = [name for name in packed.namelist() if name != "docProps/core.xml"]
        return b"".join(packed.read(name) for name in names)


def test_copy_has_every_kind_of_page_and_file(practice, build):
    PhotoFactory(practice=practice)

    files = contents(build())

    pages = {name for name in files if name.endswith(".html")}
    assert pages == {
        "404.html",
        "cijfers/index.html",
        "embed/kaart/index.html",
        "gemeenten/index.html",
        "gemeenten/venlo/index.html",
        "gezocht/index.html",
        "index.html",
        "kaart/index.html",
        "knelpunten/index.html",
        "open-data/index.html",
        "over/index.html",
        "praktijken/gemeente/venlo/index.html",
        "praktijken/index.html",
        "praktijken/taalhuis/index.html",
        "praktijken/thema/taal/index.html",
        "privacy/index.html",
        "toegankelijkheid/index.html",
        "witte-vlekken/index.html",
        "witte-vlekken/per-regio/index.html",
        *(name for name in pages if name.startswith(FILTERS)),
    }
    assert {"sitemap.xml", "robots.txt", "catalogus.zip", "praktijken.csv"} < files.keys()
    assert {"praktijken/taalhuis/beeld.png", "api/v1/praktijken/taalhuis.json"} < files.keys()
    assert json.loads(files["api/v1/praktijken.json"])["praktijken"][0]["sleutel"] == "taalhuis"
    assert [name for name in files if name.startswith("media/")] != []


# By the choices that a practice always has.
FILTERS = tuple(f"praktijken/{name}/" for name in ("soort", "fase", "bewijs", "actueel", "regio"))


def test_same_site_gives_the_same_bytes(practice, build):
    assert contents(build("een")) == contents(build("twee"))


def test_list_longer_than_a_page_goes_on(monkeypatch, build):
    monkeypatch.setattr("parelkaart.mirror.visiting.PER_PAGE", 1)
    monkeypatch.setattr("parelkaart.mirror.building.MAX_PER_PAGE", 1)
    slugs = [PracticeFactory().slug for _ in range(3)]

    files = contents(build())

    lists = [f"praktijken/{page}index.html" for page in ("", "pagina/2/", "pagina/3/")]
    found = {
        slug for name in lists for slug in slugs if f"/praktijken/{slug}/".encode() in files[name]
    }
    assert found == set(slugs)
    rows = json.loads(files["api/v1/praktijken.json"])["praktijken"]
    assert {row["sleutel"] for row in rows} == set(slugs)


def test_what_is_not_public_is_in_no_file(build):
    SuggestionFactory(sender_email="inzender@example.org", practice=PracticeFactory())
    secrets = {
        state: PracticeFactory(title=f"Zonnebloem {state.value}", slug=f"zonnebloem-{state.value}")
        for state in (State.CONCEPT, State.IN_REVIEW, State.ARCHIVED)
    }
    before = b"".join(contents(build("voor")).values())
    assert [before.count(f"Zonnebloem {state.value}".encode()) > 5 for state in secrets] == [
        True
    ] * 3

    for state, secret in secrets.items():
        secret.state = state
        secret.save()
    folder = build("na")

    after = b"".join(contents(folder).values())
    names = " ".join(str(path) for path in folder.rglob("*"))
    assert (after.lower().count(b"zonnebloem"), names.count("zonnebloem")) == (0, 0)
    assert after.count(b"inzender@example.org") == 0


def test_dead_link_stops_the_copy(practice, build):
    ReferenceFactory(practice=practice, source__url=f"{SITE}/praktijken/weg/")

    with pytest.raises(CommandError) as failure:
        build()

    assert str(failure.value).splitlines()[1:] == [
        "- /praktijken/weg/ (gelinkt op /praktijken/taalhuis/): antwoord 404"
    ]


def test_reads_are_not_counted_and_lines_not_logged(practice, build, caplog, settings):
    settings.LOG_ACCESS = True
    caplog.set_level(logging.INFO)

    build()

    assert (waiting.reads.total(), ViewCount.objects.count()) == (0, 0)
    assert MissedQuery.objects.count() == 0
    assert [record.name for record in caplog.records] == []


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SITE_URL", "", "SITE_URL ontbreekt"),
        ("ALLOWED_HOSTS", ["example.org"], "parels.example.org uit SITE_URL staat niet in"),
        ("DEBUG", True, "Niet met DEBUG=1"),
    ],
)
def test_site_that_cannot_be_copied_is_refused(settings, build, name, value, words):
    setattr(settings, name, value)

    with pytest.raises(CommandError, match=words):
        build()


def test_folder_of_the_setting_is_the_usual_one(settings):
    settings.MIRROR_DIR = ""

    with pytest.raises(CommandError, match="Noem een map"):
        call_command("build_mirror", "")
