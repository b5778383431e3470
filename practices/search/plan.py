"""From a question to groups of alternatives: what would count as an answer, and how much.

Every word, or known phrase, of the question becomes a group. A practice earns the best
alternative of each group.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from practices.search.analysis import MAX_TERM_LENGTH, Token, fold, stem
from practices.search.compounds import LINKS, ending, split
from practices.search.filler import FILLER
from practices.search.lexicon import (
    LONGEST_PHRASE,
    Phrase,
    Place,
    is_passed_over,
    lexicon,
    phrase_of,
)
from practices.search.parse import Question, parse
from practices.search.rarity import Rarity
from practices.search.reading import (
    Correction,
    Reading,
    Span,
    counts,
    forms_beginning_with,
    read,
    spans,
)

# What an alternative counts next to the word as typed, per mille.
EXACT, PREFIX, TYPO, SPLIT, WORD_OF_PHRASE, PART = 1000, 850, 800, 600, 300, 250
LOOSE = 700
# From this weight on an alternative answers its group; below it only touches on it.
ANSWERS = 550
JOINED = 3
_GENERAL_STEMS = frozenset(stem(word) for word in FILLER)


@dataclass(frozen=True)
class Alternative:
    """Terms that must occur together, how much that counts (per mille), and why it does."""

    terms: Phrase
    weight: int
    why: str


@dataclass
class Group:
    """`typed` is what the visitor sees of it; `stems` is what an exact hit has."""

    typed: str
    stems: Phrase
    is_subject: bool = True
    alternatives: list[Alternative] = field(default_factory=list)

    def add(self, terms: Phrase, weight: int, why: str) -> None:
        self.alternatives.append(Alternative(terms, weight, why))

    def usable(self, rarity: Rarity) -> list[Alternative]:
        """The alternatives that the catalogue has."""
        return [a for a in self.alternatives if all(term in rarity for term in a.terms)]


@dataclass(frozen=True)
class Plan:
    """`places`: those that the question names, each with the question without it."""

    question: Question
    groups: list[Group]
    corrections: list[Correction]
    places: list[tuple[Place, str]]
    title: str  # folded, for titles that begin with it
    rarity: Rarity


def make_plan(text: str, *, correct: bool = True, token: str | None = None) -> Plan:
    question = parse(text)
    known = lexicon(token)
    rarity = Rarity(known.documents)
    reading = read(question, known, rarity, correct=correct)
    divided = spans(reading)
    groups = [_group(reading, span) for span in divided]
    _join_neighbours(reading, divided, groups)
    _complete_phrase(reading, divided, groups)
    rarity.learn(_terms(groups))
    _rescue(rarity, divided, groups)
    title = fold(text).strip()
    return Plan(question, groups, reading.corrections, _places(question, reading), title, rarity)


def _terms(groups: Iterable[Group]) -> set[str]:
    return {term for g in groups for a in g.alternatives for term in a.terms}


# --- one group ----------------------------------------------------------------------------


def _group(reading: Reading, span: Span) -> Group:
    phrase = phrase_of(span) or tuple(token.word.stem for token in span)
    counting = tuple(token.word.stem for token in span if counts(token)) or phrase
    typed = " ".join(token.word.folded for token in span)
    group = Group(typed, counting, reading.known.is_subject(phrase))
    exact = TYPO if reading.is_corrected(span) else EXACT
    # Its words anywhere in a text are not yet the expression that was typed.
    group.add(counting, exact if len(counting) == 1 else exact * LOOSE // EXACT, "het woord zelf")
    for expansion in reading.known.expansions.get(phrase, ()):
        group.add(expansion.terms, expansion.weight * exact // EXACT, expansion.why)
    if len(span) == 1:
        _add_inside_of_word(reading, span[0], group)
    else:
        _add_words_of_phrase(reading, span, group)
    return group


def _add_words_of_phrase(reading: Reading, span: Span, group: Group) -> None:
    for token in span:
        if counts(token):
            stem_ = token.word.stem
            _add_with_expansions(reading, group, stem_, WORD_OF_PHRASE, token.word.folded)


def _add_inside_of_word(reading: Reading, token: Token, group: Group) -> None:
    word = token.word
    if word.parts:
        together = tuple(dict.fromkeys(stem(part) for part in split(word.folded)))
        group.add(together or word.parts, SPLIT, "de delen van het woord")
        for part in word.parts:
            if part not in _GENERAL_STEMS:
                _add_with_expansions(reading, group, part, PART, part)
    if reading.unfinished and token is reading.last:
        _add_beginnings(group, word.folded, PREFIX)


def _add_with_expansions(reading: Reading, group: Group, term: str, weight: int, word: str) -> None:
    group.add((term,), weight, f"het woord {word}")
    for expansion in reading.known.expansions.get((term,), ()):
        group.add(expansion.terms, expansion.weight * weight // EXACT, expansion.why)


def _add_beginnings(group: Group, folded: str, weight: int) -> None:
    for form, term in forms_beginning_with(folded):
        group.add((term,), weight, f"begin van {form}")


# --- groups together ------------------------------------------------------------------------


def _join_neighbours(reading: Reading, divided: list[Span], groups: list[Group]) -> None:
    """ "werk coöperatie" may be written as one word in the catalogue."""
    order = [token for token in reading.tokens if counts(token)] or reading.tokens
    pairs = zip(divided, groups, strict=True)
    where = {token.start: group for span, group in pairs for token in span}
    for size in range(2, JOINED + 1):
        for start in range(len(order) - size + 1):
            neighbours = order[start : start + size]
            joined = _joined([token.word.folded for token in neighbours])
            for group in {id(g): g for t in neighbours if (g := where.get(t.start))}.values():
                for term in joined:
                    group.add((term,), EXACT, "aan elkaar geschreven")


def _joined(words: list[str]) -> list[str]:
    *heads, last = words
    return [stem(link.join(heads) + link + last)[:MAX_TERM_LENGTH] for link in LINKS]


def _complete_phrase(reading: Reading, divided: list[Span], groups: list[Group]) -> None:
    """ "sociale onder" may become a phrase that the lexicon knows, "sociale onderneming"."""
    if not reading.unfinished or len(groups) < 2:
        return
    before = phrase_of(divided[-2])
    for phrase in reading.known.complete(before, divided[-1][-1].word.folded):
        for expansion in reading.known.expansions[phrase]:
            for group in groups[-2:]:
                weight = expansion.weight * PREFIX // EXACT
                group.add(expansion.terms, weight, f"begin van {' '.join(phrase)}")


def _rescue(rarity: Rarity, divided: list[Span], groups: list[Group]) -> None:
    """For a word of which the catalogue has nothing at all: its beginning, or its end.

    The last part of a Dutch compound says what kind of thing it is.
    """
    lost = [
        (span[0].word.folded, group)
        for span, group in zip(divided, groups, strict=True)
        if len(span) == 1 and not group.usable(rarity)
    ]
    for folded, group in lost:
        _add_beginnings(group, folded, PREFIX)
        if last := ending(folded):
            group.add((stem(last),), PART, f"het woord {last}")
    if lost:
        rarity.learn(_terms(group for _, group in lost))


def _places(question: Question, reading: Reading) -> list[tuple[Place, str]]:
    tokens = [token for token in reading.tokens if not is_passed_over(token)]
    found = []
    for start in range(len(tokens)):
        for length in range(min(LONGEST_PHRASE, len(tokens) - start), 0, -1):
            span = tokens[start : start + length]
            place = reading.known.places.get(phrase_of(span))
            if place is not None:
                rest = question.text[: span[0].start] + question.text[span[-1].end :]
                found.append((place, " ".join(rest.split())))
                break
    return found
