"""`make run` installs requirements.txt and gets the same versions on every machine."""

import re
from importlib.metadata import requires, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
FILES = ["requirements.txt", "requirements-observability.txt", "requirements-dev.txt"]
LINE = re.compile(r"(?P<name>[\w.-]+)(?P<extra>\[\w+\])?==(?P<version>\S+) +# \S.*")


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(file):
    lines = (ROOT / file).read_text().splitlines()
    wanted = [line for line in lines if line and not line.startswith(("#", "-r"))]
    found = [LINE.fullmatch(line) for line in wanted]
    assert [line for line, match in zip(wanted, found, strict=True) if not match] == []
    return {normal(match["name"]): (match["version"], match["extra"]) for match in found}


@pytest.mark.parametrize("file", FILES)
def test_each_line_pins_a_version_and_gives_a_reason(file):
    assert {name: version(name) for name in pins(file)} == {
        name: pinned for name, (pinned, _) in pins(file).items()
    }


def test_what_the_packages_need_is_pinned_too():
    pinned = pins("requirements.txt") | pins("requirements-observability.txt")

    needed = {
        normal(requirement.name)
        for name, (_, extra) in pinned.items()
        for requirement in map(Requirement, requires(name) or [])
        if not requirement.marker
        or requirement.marker.evaluate({"extra": (extra or "").strip("[]")})
    }

    assert needed - set(pinned) == set()
