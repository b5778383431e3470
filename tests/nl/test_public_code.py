"""The files that registers and reusers of public code look for."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

import parelkaart

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((Path(__file__).parent / "publiccode.schema.json").read_text())
HEADINGS = {
    "README.md": {"Quick start", "Status", "Contributing", "Security", "Licence"},
    "CONTRIBUTING.md": {"Set up", "Rules that reviewers hold", "A change"},
    "SECURITY.md": {"Report a weakness", "What you can expect", "Supported versions"},
    "GOVERNANCE.md": {"The code", "A site that runs it", "Releases"},
    "CODE_OF_CONDUCT.md": {"What we ask", "What is not accepted", "When it goes wrong"},
    "SUPPORT.md": set(),
    "AUTHORS.md": set(),
}


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def publiccode():
    return yaml.safe_load(read("publiccode.yml"))


def project():
    return tomllib.loads(read("pyproject.toml"))["project"]


def mistakes(data):
    return sorted(error.json_path for error in Draft202012Validator(SCHEMA).iter_errors(data))


# --- publiccode.yml -------------------------------------------------------------------------


def as_json(data):
    """Dates as text: YAML knows them, JSON does not."""
    return json.loads(json.dumps(data, default=str))


def test_publiccode_keeps_the_standard():
    assert mistakes(as_json(publiccode())) == []


@pytest.mark.parametrize(
    ("key", "value", "where"),
    [
        ("platforms", [], "$.platforms"),
        ("legal", {}, "$.legal"),
        ("developmentStatus", "perfect", "$.developmentStatus"),
        ("intendedAudience", {"countries": ["nl"]}, "$.intendedAudience.countries[0]"),
        ("maintenance", {"type": "community"}, "$.maintenance"),
        ("name", None, "$.name"),
    ],
)
def test_what_breaks_the_standard_is_seen(key, value, where):
    assert mistakes(as_json(publiccode() | {key: value})) == [where]


def test_short_descriptions_are_no_longer_than_registers_show():
    texts = publiccode()["description"]

    assert {code: len(text["shortDescription"]) <= 150 for code, text in texts.items()} == {
        "nl": True,
        "en": True,
    }


# --- one version, one licence, one address ----------------------------------------------------


def test_version_is_told_alike_everywhere():
    cited = yaml.safe_load(read("CITATION.cff"))["version"]
    told = [publiccode()["softwareVersion"], cited, parelkaart.__version__]

    assert told == [project()["version"]] * 3


def test_licence_and_address_are_told_alike_everywhere():
    citation = yaml.safe_load(read("CITATION.cff"))

    assert [publiccode()["legal"]["license"], citation["license"]] == [project()["license"]] * 2
    assert citation["repository-code"] == publiccode()["url"] == project()["urls"]["Repository"]


def test_licence_of_the_project_is_that_of_the_standard_text():
    assert read("LICENSE") == read("LICENSES/EUPL-1.2.txt")
    assert read("LICENSE").startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")


# --- tools of others --------------------------------------------------------------------------


def ran(*command):
    """What a tool of the virtual environment says, and how it ended."""
    tool = Path(sys.executable).with_name(command[0])
    done = subprocess.run(
        [tool, *command[1:]], check=False, cwd=ROOT, capture_output=True, text=True
    )
    return done.returncode, done.stdout


def test_each_file_tells_its_licence():
    code, said = ran("reuse", "lint", "--lines")

    assert (code, said) == (0, "")


def test_citation_keeps_its_format():
    code, said = ran(
        "check-jsonschema",
        "--builtin-schema",
        "vendor.citation-file-format",
        "CITATION.cff",
    )

    assert (code, said) == (0, "ok -- validation done\n")


# --- files for people -------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(HEADINGS))
def test_document_has_the_parts_that_people_look_for(name):
    found = set(re.findall(r"^## (.+)$", read(name), re.MULTILINE))

    assert HEADINGS[name] - found == set()
    assert len(read(name)) > 300


def test_readme_is_there_in_both_languages_and_they_name_each_other():
    assert "(README.nl.md)" in read("README.md")
    assert "(README.md)" in read("README.nl.md")


def test_changelog_keeps_a_section_for_what_is_not_released():
    assert re.findall(r"^## (.+)$", read("CHANGELOG.md"), re.MULTILINE)[0] == "[Unreleased]"
