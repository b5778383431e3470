"""Which practices are worth scoring in a large catalogue: those that answer most.

A common word has tens of thousands of postings at 100,000 practices, and most of what they
find is no result. Sets of keys tell cheaply what is a result, exactly as scoring everything
would. Scored are the results and the best of the rest; when there are very many, only those
that say it in more than passing, and the others follow in the order in which they came.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from itertools import islice
from typing import NamedTuple

from pyroaring import BitMap, FrozenBitMap

from practices.search.storage import practices_by_term
from practices.search.weighing import ANSWERED, TOUCHED, Weighed

# Up to here scoring everything is the faster way.
FEW = 2000
# Sets of coverage triple with each group at the most; sentences have rare words anyway.
MAX_GROUPS = 6
# How many results, and how many of the rest, are scored. A page shows twenty and ten.
# Of more strong ones than this the first by key are taken, so a better one can be missed.
MOST_RESULTS, MOST_PARTIAL = 3000, 500
# More than a passing mention: in the title, the summary or a keyword, or more than once.
STRONG = 350
# Words whose practices are kept in memory, for one version of the catalogue.
KEPT_TERMS = 2000

Levels = dict[int, BitMap]


class Worth(NamedTuple):
    """`rest` are results too, after those that are scored."""

    scored: FrozenBitMap
    rest: FrozenBitMap


class Term(NamedTuple):
    """The practices that have a term, and those that have it in more than passing."""

    all: FrozenBitMap
    strong: FrozenBitMap


class _Terms:
    """Term -> practices, for the latest version of the catalogue that was asked about."""

    def __init__(self) -> None:
        self._token = ""
        self._kept: OrderedDict[int, Term] = OrderedDict()

    def of(self, token: str, terms: set[int]) -> dict[int, Term]:
        """One query for all terms that are not kept."""
        kept = self._kept if token and token == self._token else OrderedDict()
        missing = terms - kept.keys()
        asked = {term: kept[term] for term in terms - missing} | _load(missing)
        # Replaced as a whole: another thread may be reading the old one.
        latest = OrderedDict([*kept.items(), *asked.items()])
        while len(latest) > KEPT_TERMS:
            latest.popitem(last=False)
        self._token, self._kept = token, latest
        return asked


def _load(terms: set[int]) -> dict[int, Term]:
    found = {term: Term(FrozenBitMap(), FrozenBitMap()) for term in terms}
    for term, everyone, strong in practices_by_term(terms, STRONG) if terms else ():
        found[term] = Term(FrozenBitMap(everyone), FrozenBitMap(strong))
    return found


_terms = _Terms()


def worth_scoring(weighed: Weighed, token: str, share: int) -> Worth | None:
    """None when everything is to be scored. `share`: per cent of the best to be a result."""
    if len(weighed.needs) > MAX_GROUPS:
        return None
    asked = {row.term for row in weighed.single} | {row.term for row in weighed.joint}
    terms = _terms.of(token, asked)
    practices = {key: term.all for key, term in terms.items()}
    levels: Levels = {}
    for group, need in weighed.needs:
        answered, touched = _reached(weighed, group, practices)
        levels = _with_group(levels, need, answered, touched)
    if sum(map(len, levels.values())) <= FEW:
        return None
    strong = BitMap.union(BitMap(), *(BitMap(term.strong) for term in terms.values()))
    return _best(levels, share, strong)


def _reached(
    weighed: Weighed, group: int, practices: dict[int, FrozenBitMap]
) -> tuple[BitMap, BitMap]:
    """The practices that answer a group, and those that only touch on it."""
    reached = {ANSWERED: BitMap(), TOUCHED: BitMap()}
    for row in weighed.single:
        if row.group == group:
            reached[row.cover] |= practices[row.term]
    together: dict[int, list[FrozenBitMap]] = defaultdict(list)
    covers: dict[int, int] = {}
    for joint in weighed.joint:
        if joint.group == group:
            together[joint.alternative].append(practices[joint.term])
            covers[joint.alternative] = joint.cover
    for alternative, sets in together.items():
        reached[covers[alternative]] |= FrozenBitMap.intersection(*sets)
    return reached[ANSWERED], reached[TOUCHED] - reached[ANSWERED]


def _with_group(levels: Levels, need: int, answered: BitMap, touched: BitMap) -> Levels:
    """How much of the question each practice answers, with one more group."""
    more: Levels = defaultdict(BitMap)
    left = {ANSWERED: BitMap(answered), TOUCHED: BitMap(touched)}
    for level, practices in levels.items():
        rest = practices
        for cover, reached in ((ANSWERED, answered), (TOUCHED, touched)):
            here = practices & reached
            more[level + need * cover] |= here
            rest = rest - here
            left[cover] -= here
        more[level] |= rest
    for cover, practices in left.items():
        more[need * cover] |= practices
    return {level: practices for level, practices in more.items() if practices}


def _best(levels: Levels, share: int, strong: BitMap) -> Worth:
    most = max(levels)
    results, partial = BitMap(), BitMap()
    for level, practices in sorted(levels.items(), reverse=True):
        if level * 100 >= share * most:
            results |= practices
        elif len(partial) < MOST_PARTIAL:
            partial |= _first(practices, strong, MOST_PARTIAL)
    scored = _first(results, strong, MOST_RESULTS)
    return Worth(FrozenBitMap(scored | partial), FrozenBitMap(results - scored))


def _first(practices: BitMap, strong: BitMap, limit: int) -> BitMap:
    """All of them when that is not too many; otherwise the strong ones first."""
    if len(practices) <= limit:
        return practices
    chosen = BitMap(islice(practices & strong, limit))
    return chosen | BitMap(islice(practices - chosen, limit - len(chosen)))
