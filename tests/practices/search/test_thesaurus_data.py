"""The form of the thesaurus in fixtures/thesaurus. What a word means is for editors to judge."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml

from practices.search.analysis import fold, tokenise
from practices.search.language import NEGATIONS, STOP_WORDS

FOLDER = Path(__file__).resolve().parents[3] / "fixtures" / "thesaurus"
FILES = sorted(FOLDER.glob("*.yaml"))
MINIMUM_GROUPS = 450
LONGEST = {"woorden": 8, "vindt": 6, "verwant": 6}
FIELDS = {*LONGEST, "onderwerp", "toelichting"}
MOST_WORDS_IN_A_TERM = 4
TOO_GENERAL = frozenset({"werk", "werken", "mensen", "hulp", "helpen", "gemeente", "project"})

Group = dict[str, Any]


def groups_in(path: Path) -> list[Group]:
    return list(yaml.safe_load(path.read_text(encoding="utf-8")))


GROUPS = [group for path in FILES for group in groups_in(path)]


def terms_of(group: Group) -> list[str]:
    return list(chain.from_iterable(group.get(field, []) for field in LONGEST))


def targets_of(group: Group) -> set[str]:
    return {fold(term) for term in group.get("vindt", [])}


def test_thesaurus_has_enough_groups():
    assert len(GROUPS) >= MINIMUM_GROUPS


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_subject_of_each_group_is_the_name_of_its_file(path):
    assert {group["onderwerp"] for group in groups_in(path)} == {path.stem}


def test_fields_are_the_known_ones():
    assert [group for group in GROUPS if not {"woorden", "onderwerp"} <= set(group) <= FIELDS] == []


def test_lists_hold_text_and_are_neither_empty_nor_too_long():
    wrong = [
        (group["woorden"], field)
        for group in GROUPS
        for field, most in LONGEST.items()
        if field in group
        and not (
            1 <= len(group[field]) <= most
            and all(isinstance(term, str) and term == term.strip() != "" for term in group[field])
        )
    ]

    assert wrong == []


def test_word_without_targets_has_an_equivalent():
    lonely = [
        group["woorden"]
        for group in GROUPS
        if len(group["woorden"]) == 1 and not {"vindt", "verwant"} & set(group)
    ]

    assert lonely == []


def test_terms_are_short():
    assert [t for g in GROUPS for t in terms_of(g) if len(t.split()) > MOST_WORDS_IN_A_TERM] == []


def test_terms_within_a_group_are_different():
    repeated = {
        term: group["woorden"]
        for group in GROUPS
        for term, times in Counter(map(fold, terms_of(group))).items()
        if times > 1
    }

    assert repeated == {}


def test_word_stands_in_one_group_only():
    """Two groups that share a word would quietly become one meaning."""
    counted = Counter(fold(word) for group in GROUPS for word in group["woorden"])

    assert [word for word, times in counted.items() if times > 1] == []


def test_one_way_stays_one_way():
    """A finds B in one group and B finds A in another: then they belong in `woorden` together."""
    finds: dict[str, set[str]] = {}
    for group in GROUPS:
        for word in group["woorden"]:
            finds.setdefault(fold(word), set()).update(targets_of(group))

    both = [(a, b) for a, targets in finds.items() for b in targets if a in finds.get(b, set())]

    assert both == []


def test_words_are_not_too_general():
    """A phrase of which only a general word remains counts as that word."""
    general = []
    for word in chain.from_iterable(group["woorden"] for group in GROUPS):
        folded = [token.word.folded for token in tokenise(word)]
        left = [form for form in folded if form not in STOP_WORDS - NEGATIONS]
        if not left or (len(left) == 1 and left[0] in TOO_GENERAL):
            general.append(word)

    assert general == []


def test_hurtful_words_lead_away_and_are_never_a_target():
    hurtful = {
        fold(word)
        for group in GROUPS
        if group.get("toelichting", "").startswith("kwetsend")
        for word in group["woorden"]
    }
    targets = {fold(term) for g in GROUPS for f in ("vindt", "verwant") for term in g.get(f, [])}

    assert hurtful
    assert hurtful & targets == set()
