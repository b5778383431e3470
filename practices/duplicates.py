"""Entries that may be about the same practice as a title that somebody just wrote.

Titles are compared as the search reads them, in three ways: as a whole (a typing error, the
words in another order), by the words that hardly any other title has (a shortened title), and
through the search itself, which knows plurals, compounds and synonyms. What the search finds
counts only within one municipality: elsewhere the same words are usually another practice.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from rapidfuzz import fuzz

from municipalities.models import Municipality, Region
from practices.search import by_relevance, fold

MAX_SHOWN = 5
# Out of 100. No two titles of the study's 63 practices are more alike than 77.
NEAR_TITLE, NEAR_SUMMARY = 80, 80
MIN_LENGTH = 4  # letters of a title
# A shorter word says little by itself: "werk", "wijk", "voor", "naar".
MIN_WORD = 5
# Neither does one that more titles have than this: "pilot", "project", "programma".
MAX_TITLES, MAX_SHARE = 2, 0.02
# Words that say something, before the search is asked; how many of its results are looked at.
MIN_SUBJECT, FOUND_BY_SEARCH = 2, 10
SAME_TITLE = "dezelfde titel"
ALMOST_SAME_TITLE = "bijna dezelfde titel"
SAME_WORDS = "dezelfde bijzondere woorden in de titel"
ALMOST_SAME_SUMMARY = "bijna dezelfde samenvatting"
SAME_SUBJECT = "gaat over hetzelfde"
SAME_PLACE = "zelfde gemeente"
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Duplicate:
    practice: Any
    reasons: tuple[str, ...]

    @property
    def reason(self) -> str:
        return ", ".join(self.reasons)


def likely_duplicates(
    title: str,
    among: QuerySet,
    municipalities: Collection[int] = (),
    summary: str = "",
    exclude: int | None = None,
) -> list[Duplicate]:
    """Most alike first. `among` is what the asker may know of: give it narrowed.

    `municipalities` are keys of where it happens. Reads every title: a few queries, and time
    that grows with the catalogue (about 0.1 second for 10,000 titles).
    """
    asked = fold(title).strip()
    if len(asked) < MIN_LENGTH:
        return []
    rows = list(among.order_by("pk").values_list("pk", "title", "summary"))
    titles = {pk: fold(other) for pk, other, _ in rows}
    places = _place_words()
    scored = _by_title(asked, titles, places)
    if summary.strip():
        _add_summaries(scored, fold(summary), ((pk, fold(text)) for pk, _, text in rows))
    near = _in_places(among, municipalities)
    for pk in _found_by_search(among, title, places) if near else ():
        if pk in near:
            scored.setdefault(pk, (0, SAME_SUBJECT))
    scored.pop(exclude or 0, None)
    ranked = sorted(scored, key=lambda pk: (pk not in near, -scored[pk][0], titles[pk], pk))
    ranked = sorted(ranked, key=lambda pk: scored[pk][0] < NEAR_TITLE)[:MAX_SHOWN]
    found = among.prefetch_related("municipalities").in_bulk(ranked)
    return [
        Duplicate(found[pk], (scored[pk][1], *([SAME_PLACE] if pk in near else ())))
        for pk in ranked
        if pk in found
    ]


def _by_title(
    asked: str, titles: dict[int, str], places: frozenset[str]
) -> dict[int, tuple[float, str]]:
    """Key -> how much alike, and why."""
    words = {pk: _words(title) for pk, title in titles.items()}
    count = Counter(word for held in words.values() for word in held)
    own = _words(asked) - places
    scored: dict[int, tuple[float, str]] = {}
    for pk, title in titles.items():
        likeness = max(fuzz.ratio(asked, title), fuzz.token_sort_ratio(asked, title))
        if likeness >= NEAR_TITLE:
            scored[pk] = (likeness, SAME_TITLE if asked == title else ALMOST_SAME_TITLE)
        elif _begin_alike(asked, title) or _shortened(own, words[pk] - places, count):
            scored[pk] = (likeness, SAME_WORDS)
    return scored


def _words(title: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(title) if len(word) >= MIN_WORD)


def _begin_alike(one: str, other: str) -> bool:
    """The one is the first two or more words of the other."""
    short, long = sorted((one, other), key=len)
    return " " in short and long.startswith(f"{short} ")


def _shortened(one: frozenset[str], other: frozenset[str], count: Counter[str]) -> bool:
    """All that the one title says is also in the other: in two rare words, or a unique one."""
    shared = one & other
    if not shared or shared not in (one, other):
        return False
    most = max(MAX_TITLES, round(len(count) * MAX_SHARE))
    rare = [count[word] for word in shared if count[word] <= most]
    return len(rare) > 1 or 1 in rare


def _place_words() -> frozenset[str]:
    names = [
        *Municipality.objects.values_list("name", flat=True),
        *Region.objects.values_list("name", flat=True),
    ]
    return frozenset(word for name in names for word in _words(fold(name)))


def _add_summaries(
    scored: dict[int, tuple[float, str]], asked: str, summaries: Iterable[tuple[int, str]]
) -> None:
    for pk, summary in summaries:
        likeness = fuzz.ratio(asked, summary, score_cutoff=NEAR_SUMMARY)
        if likeness and pk not in scored:
            scored[pk] = (likeness, ALMOST_SAME_SUMMARY)


def _in_places(among: QuerySet, municipalities: Collection[int]) -> set[int]:
    if not municipalities:
        return set()
    here = among.filter(municipalities__in=municipalities)
    return set(here.order_by().values_list("pk", flat=True))


def _found_by_search(among: QuerySet, title: str, places: frozenset[str]) -> list[int]:
    """Only what is published can be searched. Without the names of places, which all share."""
    subject = " ".join(word for word in title.split() if not _words(fold(word)) & places)
    if len(_words(fold(subject))) < MIN_SUBJECT:
        return []
    rows = by_relevance(among, subject).values_list("pk", "is_result")[:FOUND_BY_SEARCH]
    return [pk for pk, is_result in rows if is_result]
