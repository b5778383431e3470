"""The same code serves another province: what differs is data and settings.

A whole site, as docs/operations.md tells to make it: in production mode, in a process of its own.
"""

import json
import re
from pathlib import Path
from shutil import copytree

import pytest

from tests.processes import production, python

pytestmark = pytest.mark.servers

HERE = Path(__file__).parent / "fixtures" / "another_region"
ADDRESSES = [
    "/",
    "/praktijken/",
    "/praktijken/?q=groningse+omscholing",
    "/praktijken/leerwerkplek-haren/",
    "/praktijken/leerwerkplek-haren/meld-een-fout/",
    "/praktijken.csv",
    "/praktijken.geojson",
    "/gemeentegrenzen.geojson",
    "/kaart/",
    "/gemeenten/",
    "/gemeenten/groningen/",
    "/knelpunten/",
    "/gezocht/",
    "/witte-vlekken/",
    "/vergelijken/?praktijk=leerwerkplek-haren",
    "/notitie/?praktijk=leerwerkplek-haren",
    "/praktijk-voorstellen/",
    "/over/",
    "/privacy/",
    "/toegankelijkheid/",
    "/sitemap.xml",
    "/site.webmanifest",
    "/inloggen/",
    "/static/parelkaart/favicon.svg",
]
OURS = re.compile(r"limburg|maastricht|venlo|heerlen|roermond|sittard", re.IGNORECASE)


# The commands of docs/operations.md after `migrate`; in one process, as starting takes seconds.
SET_UP = """
import sys
import django
from django.core.management import call_command
django.setup()
call_command("load_catalogue")
call_command("import_boundaries", sys.argv[1])
call_command("collectstatic", interactive=False, verbosity=0)
call_command("check", databases=["default"], fail_level="WARNING")
"""


@pytest.fixture(scope="module")
def site(prepared, tmp_path_factory):
    var = tmp_path_factory.mktemp("groningen")
    prepared.put_tables(var)
    copytree(HERE / "site", var / "site")
    environment = production(
        var,
        IS_HTTPS="0",
        LOG_ACCESS="0",
        ALLOWED_HOSTS="testserver",
        CATALOGUE_DIR=str(HERE / "catalogue"),
        CONTENT_LICENCE="CC0-1.0",
        SITE_NAME="Parelkaart Groningen",
        SITE_REGION="Groningen",
        SITE_ORGANISATION="Provincie Groningen",
        SITE_CONTACT_EMAIL="redactie@groningen.example",
        MAP_EXTENT="6.1,52.9,7.1,53.5",
        DJANGO_SETTINGS_MODULE="parelkaart.settings",
    )
    made = python("-c", SET_UP, str(HERE / "boundaries.geojson"), environment=environment)
    assert (made.returncode, made.stderr) == (0, ""), made.stdout
    visited = python("-m", "tests.visit", *ADDRESSES, environment=environment)
    assert (visited.returncode, visited.stderr) == (0, "")
    return json.loads(visited.stdout)


def text(site, address):
    return site[address][1]


def test_every_page_answers(site):
    assert {page: status for page, (status, _) in site.items()} == dict.fromkeys(ADDRESSES, 200)


def test_no_page_speaks_of_the_region_that_the_project_began_with(site):
    told = {page: sorted(set(OURS.findall(body))) for page, (_, body) in site.items()}

    assert {page: names for page, names in told.items() if names} == {}


def test_names_are_those_of_the_settings(site):
    home = text(site, "/")

    assert "Parelkaart Groningen" in re.findall(r"<title>(.*?)</title>", home)[0]
    assert json.loads(text(site, "/site.webmanifest"))["name"] == "Parelkaart Groningen"
    assert "mailto:redactie@groningen.example" in home
    assert "Provincie Groningen" in text(site, "/toegankelijkheid/")


def test_texts_logo_and_icon_are_those_of_its_own_folder(site):
    about = text(site, "/over/")

    assert "jaarverslag van Stad" in about
    assert 'data-logo="stad"' in about
    assert "creativecommons.org/publicdomain/zero/1.0" in about
    assert text(site, "/static/parelkaart/favicon.svg") == (
        HERE / "site/static/parelkaart/favicon.svg"
    ).read_text(encoding="utf-8")


def test_search_finds_by_its_own_words_and_passes_over_the_name_of_the_region(site):
    found = re.findall(r'href="/praktijken/([a-z-]+)/"', text(site, ADDRESSES[2]))

    assert set(found) == {"leerwerkplek-haren"}


def test_map_shows_its_own_places(site):
    areas = json.loads(text(site, "/praktijken.geojson"))["features"]
    boundaries = json.loads(text(site, "/gemeentegrenzen.geojson"))["features"]

    assert {area["properties"]["name"] for area in areas} == {"Groningen", "Westerkwartier"}
    assert len(boundaries) == 2
    assert '"extent": [6.1, 52.9, 7.1, 53.5]' in text(site, "/kaart/")
