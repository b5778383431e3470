"""docs/security.md says what proves each requirement: those tests must be there."""

import ast
import re
from collections import Counter
from functools import cache

import pytest

from tests.parelkaart.test_docs import ROOT, name, section

DOCUMENT = ROOT / "docs" / "security.md"
TEST = re.compile(r"`(?P<file>tests/[\w/]+\.py)::(?P<test>test_\w+)`")
ITEM = re.compile(r"\d+\.\d+\.\d+")
REASONED = re.compile(
    r"(not applicable|as it comes|open): \S.+"
    r"|operator: .+\(\[[^]]+\]\(operations\.md#[\w-]+\)\)"
    r"|documented: .+\(\[[^]]+\]\((operations\.md)?#[\w-]+\)\)"
)
# How many requirements of levels 1 and 2 each section of ASVS 5.0.0 has. They come first in it,
# so these are 1.1.1, 1.1.2, 1.2.1 and so on: 70 of level 1 and 183 of level 2.
SECTIONS = {
    1: (2, 9, 11, 3, 2),
    2: (3, 3, 4, 1),
    3: (0, 2, 4, 6, 5, 0, 2),
    4: (3, 1, 2, 4),
    5: (1, 3, 2, 3),
    6: (3, 12, 4, 4, 5, 3, 0, 4),
    7: (3, 4, 2, 5, 2, 2),
    8: (2, 3, 1, 1),
    9: (3, 4),
    10: (2, 2, 4, 11, 5, 2, 3),
    11: (2, 3, 3, 4, 1, 1),
    12: (3, 2, 4),
    13: (1, 5, 2, 5),
    14: (2, 4, 3),
    15: (3, 3, 7),
    16: (1, 5, 4, 3, 3),
    17: (1, 4, 2),
}
OF_LEVEL_3 = {"1.2.10", "1.3.12"}


def requirements():
    """Items -> what proves them."""
    lines = DOCUMENT.read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [(ITEM.findall(row[0]), row[-1]) for row in cells if ITEM.match(row[0])]


@cache
def known_in(file):
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_each_item_is_listed_once_and_none_is_missing():
    counted = Counter(item for items, _ in requirements() for item in items)
    asked = {
        f"{chapter}.{section}.{number}"
        for chapter, sizes in SECTIONS.items()
        for section, size in enumerate(sizes, 1)
        for number in range(1, size + 1)
    }

    assert [item for item, number in counted.items() if number > 1] == []
    assert (set(counted), len(asked)) == (asked | OF_LEVEL_3, 253)


@pytest.mark.parametrize(("items", "proof"), requirements(), ids=lambda part: str(part)[:40])
def test_each_item_has_a_proof_or_a_reason(items, proof):
    named = [match.groups() for match in TEST.finditer(proof)]

    assert (TEST.sub("", proof).strip() == "") if named else REASONED.fullmatch(proof)
    missing = [
        (file, test)
        for file, test in named
        if not (ROOT / file).exists() or test not in known_in(file)
    ]
    assert missing == []


def test_what_is_open_is_told_below():
    told = set(ITEM.findall(section(DOCUMENT, "Left open")))
    marked = [items for items, proof in requirements() if proof.startswith("open: ")]

    assert {item for items in marked for item in items} == told


def test_a_test_that_is_not_there_would_be_seen():
    own = name(ROOT / "tests" / "parelkaart" / "test_security_document.py")

    assert "test_what_is_open_is_told_below" in known_in(own)
    assert "test_that_nobody_wrote" not in known_in(own)
