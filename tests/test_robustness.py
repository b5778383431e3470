"""Some of the requests and files of `python -m benchmarks.robustness`, which makes far more."""

import re
from pathlib import Path

import pytest

from tests import campaigns, file_cases, fuzzing, page_types, strategies
from tests.factories import MunicipalityFactory, PracticeFactory
from tests.practices.editorial.people import eindredacteur, signed_in

pytestmark = pytest.mark.django_db
REQUESTS, FILES = 100, 60
APPS = ("municipalities", "practices", "parelkaart")


def test_no_request_is_an_error_of_the_server(superuser):
    built = page_types.build()
    site = fuzzing.Site(superuser)

    results = {
        campaign.name: fuzzing.run(site, campaign, REQUESTS * campaign.share // 100 + 1)
        for campaign in campaigns.campaigns(site, built.mailed)
    }

    assert {name: result.faults for name, result in results.items() if result.faults} == {}
    reached = {name for name, result in results.items() if result.statuses[200]}
    assert reached == set(results)


def test_no_method_is_an_error_of_the_server_at_any_public_address(superuser):
    page_types.build()

    result = campaigns.each_address(fuzzing.Site(superuser), ["HEAD", "OPTIONS"], managed=False)

    assert result.faults == {}


def test_names_that_the_code_reads_are_among_those_that_are_sent():
    root = Path(__file__).resolve().parent.parent
    files = [path for app in APPS for path in (root / app).rglob("*.py")]
    read = re.compile(r'GET(?:\.get|\.getlist)?[\[(]"(\w+)"')
    found = {name for path in files for name in read.findall(path.read_text(encoding="utf-8"))}

    assert found
    assert found - {*strategies.NAMES} == set()


def test_fault_would_have_been_seen(superuser, monkeypatch):
    site = fuzzing.Site(superuser)
    monkeypatch.setattr("parelkaart.views.render", None)

    status, fault = site.answer(fuzzing.Ask("/over/"))

    assert (status, fault.partition(":")[0]) == (500, "TypeError")


def test_no_file_is_an_error_or_half_taken(tmp_path):
    PracticeFactory(municipalities=[MunicipalityFactory(name="Echt", slug="echt")])

    results = {
        kind.name: file_cases.run(kind, FILES // 4, tmp_path)
        for kind in file_cases.kinds(signed_in(eindredacteur()))
    }

    assert {name: result.faults for name, result in results.items() if result.faults} == {}
    assert {name for name, result in results.items() if result.statuses[file_cases.REFUSED]} == {
        "boundaries", "municipalities", "catalogue", "spreadsheets",
    }  # fmt: skip


def test_half_taken_file_would_have_been_seen(tmp_path):
    PracticeFactory(municipalities=[MunicipalityFactory(name="Echt", slug="echt")])
    (kind, *_) = file_cases.kinds(signed_in(eindredacteur()))

    def half(folder):
        MunicipalityFactory(name="Weert", slug="weert")
        raise file_cases.CommandError("Er is niets veranderd.")

    result = file_cases.run(file_cases.Kind(kind.name, kind.files, half), 1, tmp_path)

    (told,) = result.faults
    assert told == "refused, but changed: ['CatalogueVersion', 'Municipality', 'Region']"
