"""A large catalogue that reads like a real one: the same entries for the same seed.

No database here: benchmarks/filling.py stores what this module makes. Every entry is about
a subject of its own (words/subjects.yaml) and mentions matters of work and income only in
passing. It shares the words of the real entries and is never a right answer to a question
about them, so that entries can be hidden among generated ones and still be judged.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from benchmarks.grammar import Choices, Grammar, capitalised, load

TODAY = date(2026, 11, 1)  # fixed, so that a seed means the same next year
SUMMARY_LENGTH = 280
TITLE_LENGTH = 120
# How often an entry names a matter of work and income outside its body.
SUMMARY_MENTION, TITLE_MENTION = 0.03, 0.005
KINDS = ("initiatief", "pilot", "programma", "methode", "samenwerking")
PHASES = ("loopt", "loopt", "pilot", "gepland", "afgerond", "onbekend")
SCOPES = ("gemeente", "gemeente", "gemeente", "wijk", "wijk", "regio", "onbekend")
COSTS = ("onbekend", "geen", "laag", "gemiddeld", "hoog")
# 1 to 6, lowest far more often than highest.
EVIDENCE = (1,) * 40 + (2,) * 35 + (3,) * 20 + (4,) * 3 + (5,) + (6,)


@dataclass(frozen=True)
class Entry:
    """One generated practice. A link is a number from 0 to 1: a place in the list of terms."""

    slug: str
    texts: dict[str, str]
    choices: dict[str, Any]
    dates: dict[str, date | None]
    places: tuple[str, ...]
    links: dict[str, tuple[float, ...]]


@dataclass(frozen=True)
class Place:
    name: str
    region: str
    province: str
    middle: tuple[float, float]


@cache
def places() -> tuple[Place, ...]:
    return tuple(
        Place(name, region, province, tuple(about["middle"]))
        for province, regions in load("places").items()
        for region, about in regions.items()
        for name in about["municipalities"]
    )


@cache
def _subjects() -> tuple[dict[str, Choices], ...]:
    subjects = load("subjects")
    common_first = [word for subject in subjects for word in subject["first"][:2]]
    common_second = [word for subject in subjects for word in subject["second"][:3]]
    return tuple(
        {
            "subject": Choices([subject["name"]]),
            "noun": Choices(subject["nouns"]),
            "act": Choices(subject["acts"]),
            "people": Choices(subject["people"]),
            "far": Choices([word for other in subjects for word in other["nouns"]], zipf=False),
            "first": Choices([*subject["first"], *common_first]),
            "second": Choices([*subject["second"], *common_second]),
        }
        for subject in subjects
    )


def entries(count: int, seed: int = 1, start: int = 0) -> Iterator[Entry]:
    """`count` entries from number `start`; each depends on its number and the seed alone."""
    for number in range(start, start + count):
        yield entry(number, seed)


def entry(number: int, seed: int = 1) -> Entry:
    random = Random(f"{seed}:{number}")
    where = _places(random)
    grammar = Grammar(random, _words(random, where[0]))
    texts = _texts(grammar)
    slug = f"gen-{number:06d}"
    return Entry(slug, texts, _choices(random), _dates(random), where, _links(random))


def _places(random: Random) -> tuple[str, ...]:
    number = 1 if random.random() < 0.9 else random.randint(2, 4)
    first = random.choice(places())
    region = [place.name for place in places() if place.region == first.region]
    others = random.sample(region, min(number, len(region)) - 1) if number > 1 else []
    return tuple(dict.fromkeys([first.name, *others]))


def _words(random: Random, place: str) -> dict[str, Choices]:
    """The entry's subject, place and a few compounds that are its own."""
    subject = random.choice(_subjects())
    coins = [subject["first"].draw(random) + subject["second"].draw(random) for _ in range(3)]
    spots = [random.choice(load("grammar")["quarter"]) for _ in range(2)]
    others = [random.choice(places()).name for _ in range(3)] + _LIMBURG
    return {
        **subject,
        "coin": Choices(coins),
        "spot": Choices([*spots, f"heel {place}", place]),
        "place": Choices([place]),
        "elsewhere": Choices(others),
    }


# Named in passing now and then, as an example from the other side of the country.
_LIMBURG = ["Maastricht", "Venlo", "Heerlen", "Roermond", "Sittard-Geleen", "Weert", "Kerkrade"]


def _texts(grammar: Grammar) -> dict[str, str]:
    random = grammar.random
    body = {
        "background": _sentences(grammar, "background", 2),
        "goal": _sentences(grammar, "goal", 1),
        "approach": _sentences(grammar, "approach", random.choice((3, 4, 4, 5))),
        "results": _sentences(grammar, "results", random.choice((0, 1, 1, 2))),
        "conditions": _sentences(grammar, "conditions", random.choice((0, 1, 1, 2))),
    }
    for _ in range(random.choice((1, 2, 2, 3))):
        field = random.choice(("background", "approach", "approach", "results", "conditions"))
        body[field] = f"{body[field]} {grammar.sentence('mention_sentence')}".strip()
    return {"title": _title(grammar), "summary": _summary(grammar), **body}


def _sentences(grammar: Grammar, symbol: str, number: int) -> str:
    # A set of patterns would repeat in small lists; sentences are drawn apart instead.
    return " ".join(dict.fromkeys(grammar.sentence(symbol) for _ in range(number)))


def _title(grammar: Grammar) -> str:
    mentions = grammar.random.random() < TITLE_MENTION
    title = grammar.text("title_mention" if mentions else "title")
    return capitalised(title)[:TITLE_LENGTH].strip()


def _summary(grammar: Grammar) -> str:
    summary = grammar.sentence("summary")
    if grammar.random.random() < SUMMARY_MENTION:
        summary += " " + grammar.sentence("summary_mention")
    return summary if len(summary) <= SUMMARY_LENGTH else summary[: SUMMARY_LENGTH - 1] + "…"


def _choices(random: Random) -> dict[str, Any]:
    return {
        "kind": random.choice(KINDS),
        "scope": random.choice(SCOPES),
        "reported_phase": random.choice(PHASES),
        "cost_class": random.choice(COSTS),
        "evidence_level": random.choice(EVIDENCE),
        "review_months": random.choice((6, 12, 24)),
        "located": random.random() < 0.1,
        "north": random.uniform(-0.08, 0.08),
        "east": random.uniform(-0.1, 0.1),
        "home": random.random(),
    }


def _dates(random: Random) -> dict[str, date | None]:
    described = TODAY - timedelta(days=random.randint(0, 2500))
    confirmed = described + timedelta(days=random.randint(0, 900))
    started = described - timedelta(days=random.randint(0, 1500))
    return {
        "described_on": described,
        "published_on": min(TODAY, described + timedelta(days=random.randint(0, 60))),
        "confirmed_on": min(TODAY, confirmed) if random.random() < 0.6 else None,
        "started_on": started if random.random() < 0.5 else None,
    }


def _links(random: Random) -> dict[str, tuple[float, ...]]:
    """Low numbers more often than high ones: some terms are popular, as in real life."""
    numbers = {
        "themes": random.choice((1, 2, 2, 3)),
        "target_groups": random.choice((1, 1, 2)),
        "barriers": random.choice((0, 1, 1, 2)),
        "instruments": random.choice((0, 1, 2, 3)),
    }
    return {
        name: tuple(random.random() ** 1.7 for _ in range(number))
        for name, number in numbers.items()
    }
