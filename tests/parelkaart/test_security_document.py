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
    r"not applicable: \S.+|open: \S.+|operator: .+\(\[[^]]+\]\(operations\.md#[\w-]+\)\)"
)


def requirements():
    """Items -> what proves them."""
    lines = DOCUMENT.read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [(ITEM.findall(row[0]), row[-1]) for row in cells if ITEM.match(row[0])]


@cache
def known_in(file):
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_each_item_is_listed_once():
    counted = Counter(item for items, _ in requirements() for item in items)

    assert [item for item, number in counted.items() if number > 1] == []
    # One of each that stands for a whole chapter.
    assert {int(item.split(".")[0]) for item in counted} == set(range(1, 18))


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
