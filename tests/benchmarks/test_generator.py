"""The generated catalogue: the same for a seed, varied, and within the model's limits."""

import os
import subprocess
import sys
from hashlib import sha256

import pytest
from wordfreq import zipf_frequency

from benchmarks import generator
from benchmarks.grammar import FORMS, general, load
from practices.enums import CostClass, Kind, Phase, ReviewTerm, Scope

SAMPLE = list(generator.entries(200))


def test_entries_same_seed() -> None:
    assert list(generator.entries(200)) == SAMPLE


def test_entries_other_seed() -> None:
    others = list(generator.entries(200, seed=2))

    assert [entry.slug for entry in others] == [entry.slug for entry in SAMPLE]
    assert not {entry.texts["approach"] for entry in others} & {
        entry.texts["approach"] for entry in SAMPLE
    }


def test_entries_from_the_middle() -> None:
    assert list(generator.entries(3, start=150)) == SAMPLE[150:153]


def test_entries_across_processes() -> None:
    # Python's own hash of a text differs per process; the generator may not use it.
    told = sha256(repr(generator.entry(7)).encode()).hexdigest()

    assert told == _in_another_process()


def _in_another_process() -> str:
    program = (
        "from hashlib import sha256; from benchmarks import generator; "
        "print(sha256(repr(generator.entry(7)).encode()).hexdigest())"
    )
    return subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONHASHSEED": "42"},
    ).stdout.strip()


def test_texts_within_limits() -> None:
    for entry in SAMPLE:
        assert 0 < len(entry.texts["title"]) <= generator.TITLE_LENGTH
        assert 0 < len(entry.texts["summary"]) <= generator.SUMMARY_LENGTH
        assert 60 <= len(" ".join(entry.texts.values()).split()) <= 230


def test_texts_without_open_slots() -> None:
    texts = " ".join(text for entry in SAMPLE for text in entry.texts.values())

    assert "{" not in texts
    assert "}" not in texts


def test_texts_mostly_distinct() -> None:
    assert len({entry.texts["approach"] for entry in SAMPLE}) == len(SAMPLE)
    assert len({entry.texts["summary"] for entry in SAMPLE}) > 0.95 * len(SAMPLE)
    assert len({entry.texts["title"] for entry in SAMPLE}) > 0.9 * len(SAMPLE)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("kind", Kind.values),
        ("scope", Scope.values),
        ("reported_phase", Phase.values),
        ("cost_class", CostClass.values),
        ("review_months", ReviewTerm.values),
    ],
)
def test_choices_known_to_the_model(field: str, values: list[object]) -> None:
    assert {entry.choices[field] for entry in SAMPLE} <= set(values)


def test_mentions_in_passing() -> None:
    mentions = [form for forms in load("mentions") for form in forms.split(FORMS)]
    bodies = [
        " ".join(text for name, text in entry.texts.items() if name not in ("title", "summary"))
        for entry in SAMPLE
    ]

    assert all(any(mention in body for mention in mentions) for body in bodies)


def test_places_unique() -> None:
    names = [place.name for place in generator.places()]

    assert len(names) == len(set(names))


def test_grammar_slots_known() -> None:
    known = {*general(), "noun", "act", "people", "coin", "spot", "place", "elsewhere", "far"}
    known |= {"subject", "first", "second"}
    slots = {
        slot.lower().removesuffix("2")
        for lists in (load("grammar").values())
        for pattern in lists
        for slot in _slots(str(pattern))
    }

    assert slots - known == set()


def _slots(pattern: str) -> list[str]:
    return [part.split("}")[0] for part in pattern.split("{")[1:]]


def test_entries_mention_only_single_everyday_words() -> None:
    """Jargon of work and income would make them right answers that nobody judged."""
    small = {"aan", "bij", "de", "een", "en", "het", "in", "met", "naar", "of", "op", "van", "voor"}
    forms = [form for line in load("mentions") for form in line.split(" | ")]
    spoken = [[word for word in form.lower().split() if word not in small] for form in forms]
    assert {len(words) for words in spoken} == {1}
    words = {word for words in spoken for word in words}
    assert {word for word in words if zipf_frequency(word, "nl", "small") < 4.0} == set()
