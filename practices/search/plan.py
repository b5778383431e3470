"""From a question to groups of alternatives: what would count as an answer, and how much.

Every word, or known phrase, of the question becomes a group. A practice earns the best
alternative of each group.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from practices.models import SearchTerm, WordForm
from practices.search.analysis import MAX_TERM_LENGTH, Token, analyse, fold, stem
from practices.search.compounds import LINKS, split
from practices.search.language import FILLER, STOP_WORDS
from practices.search.lexicon import (
    LONGEST_PHRASE,
    Lexicon,
    Phrase,
    Place,
    is_passed_over,
    lexicon,
    phrase_of,
)
from practices.search.parse import Question, parse
from practices.search.prefix import startswith
from practices.search.spelling import speller

EXACT, PREFIX, SPLIT, WORD_OF_PHRASE, PART = 1000, 850, 600, 300, 250
TYPO = 800
# From this weight on an alternative answers its group; below it only touches on it.
ANSWERS = 550
MAX_PREFIX_FORMS = 40
MIN_PREFIX = 3
JOINED = 3


@dataclass(frozen=True)
class Alternative:
    """Terms that must occur together, how much that counts (per mille), and why it does."""

    terms: Phrase
    weight: int
    why: str


@dataclass
class Group:
    """`typed` is what the visitor sees of it."""

    typed: str
    stems: Phrase
    is_subject: bool = True
    alternatives: list[Alternative] = field(default_factory=list)

    def add(self, terms: Phrase, weight: int, why: str) -> None:
        self.alternatives.append(Alternative(terms, weight, why))


@dataclass(frozen=True)
class Correction:
    typed: str
    used: str


@dataclass
class Plan:
    question: Question
    groups: list[Group]
    corrections: list[Correction]
    places: list[tuple[Place, str]]  # with the question that remains without the place
    title: str  # folded, for titles that begin with it
    documents: int  # in the index


@dataclass
class _Reading:
    """The tokens of a question while it is being read."""

    tokens: list[Token]
    known: Lexicon
    frequency: dict[str, int]
    corrections: list[Correction] = field(default_factory=list)
    unfinished: bool = False  # the last word is the beginning of one


def make_plan(text: str, *, correct: bool = True, token: str | None = None) -> Plan:
    question = parse(text)
    reading = _Reading(list(question.tokens), lexicon(token), _frequencies(question.tokens))
    reading.unfinished = _is_unfinished(reading)
    if correct:
        _correct(reading)
    spans = list(_spans(reading))
    groups = [_group(reading, span) for span in spans]
    _join_neighbours(reading, spans, groups)
    _complete_phrase(reading, spans, groups)
    return Plan(
        question,
        groups,
        reading.corrections,
        _places(question, reading),
        fold(text).strip(),
        reading.known.documents,
    )


# --- reading the words -------------------------------------------------------------------


def _frequencies(tokens: Iterable[Token]) -> dict[str, int]:
    wanted = {term for token in tokens for term in token.word.terms}
    return dict(SearchTerm.objects.filter(text__in=wanted).values_list("text", "df"))


def _is_unfinished(reading: _Reading) -> bool:
    """Whether the last word looks like the beginning of one: "buurtbeh", "sociale onder"."""
    if not reading.tokens:
        return False
    last = reading.tokens[-1]
    return len(last.word.folded) >= MIN_PREFIX and (
        not _is_known(reading, last) or (is_passed_over(last) and len(reading.tokens) > 1)
    )


def _is_known(reading: _Reading, token: Token) -> bool:
    word = token.word
    return (
        bool(reading.frequency.get(word.stem))
        or word.folded in STOP_WORDS | FILLER
        or word.stem in reading.known.stems
    )


def _is_compound_of_known(reading: _Reading, token: Token) -> bool:
    parts = token.word.parts
    return bool(parts) and all(
        reading.frequency.get(part) or part in reading.known.stems for part in parts
    )


def _correct(reading: _Reading) -> None:
    """Replace words that nobody knows. Known words are never touched."""
    for position, token in enumerate(reading.tokens):
        if _is_known(reading, token) or _is_compound_of_known(reading, token):
            continue
        is_last = position == len(reading.tokens) - 1
        if is_last and _forms_beginning_with(token.word.folded):
            continue
        better = speller(reading.known).correct(token.word.folded)
        if better is None or better == token.word.folded:
            continue
        reading.corrections.append(Correction(token.word.folded, better))
        reading.tokens[position] = Token(analyse(better), token.start, token.end)
        reading.frequency |= _frequencies([reading.tokens[position]])


def _forms_beginning_with(folded: str) -> list[tuple[str, str]]:
    """(form, term) of the words in the catalogue that begin like this, commonest first."""
    if len(folded) < MIN_PREFIX:
        return []
    forms = WordForm.objects.filter(startswith("form", folded), term__df__gt=0)
    ordered = forms.order_by("-term__df", "form")[:MAX_PREFIX_FORMS]
    return list(ordered.values_list("form", "term__text"))


# --- dividing them into groups -----------------------------------------------------------


def _spans(reading: _Reading) -> Iterator[list[Token]]:
    """The longest known phrases, and the words in between that count."""
    last = reading.tokens[-1] if reading.unfinished else None
    tokens = [token for token in reading.tokens if token is last or not is_passed_over(token)]
    found: list[list[Token]] = []
    position = 0
    while position < len(tokens):
        length = _longest_phrase(reading.known, tokens[position:])
        found.append(tokens[position : position + length])
        position += length
    counting = [s for s in found if len(s) > 1 or s[0] is last or _counts(s[0])]
    if counting:
        yield from counting
    else:
        # Nothing but small words: then they are the question ("Gewoon Doen").
        yield from ([token] for token in reading.tokens)


def _longest_phrase(known: Lexicon, tokens: list[Token]) -> int:
    for length in range(min(LONGEST_PHRASE, len(tokens)), 1, -1):
        if phrase_of(tokens[:length]) in known.expansions:
            return length
    return 1


def _counts(token: Token) -> bool:
    return token.word.folded not in STOP_WORDS | FILLER


def _group(reading: _Reading, span: list[Token]) -> Group:
    phrase = phrase_of(span) or tuple(token.word.stem for token in span)
    typed = " ".join(token.word.folded for token in span)
    group = Group(typed, phrase, reading.known.is_subject(phrase))
    corrected = any(c.used == t.word.folded for c in reading.corrections for t in span)
    exact = TYPO if corrected else EXACT
    group.add(phrase, exact, "het woord zelf")
    for expansion in reading.known.expansions.get(phrase, ()):
        group.add(expansion.terms, expansion.weight * exact // EXACT, expansion.why)
    if len(span) == 1:
        _add_inside_of_word(reading, span[0], group)
    else:
        _add_words_of_phrase(reading, span, group)
    return group


def _add_words_of_phrase(reading: _Reading, span: list[Token], group: Group) -> None:
    for token in span:
        if _counts(token):
            word = token.word
            group.add((word.stem,), WORD_OF_PHRASE, f"het woord {word.folded}")
            for expansion in reading.known.expansions.get((word.stem,), ()):
                weight = expansion.weight * WORD_OF_PHRASE // EXACT
                group.add(expansion.terms, weight, expansion.why)


def _add_inside_of_word(reading: _Reading, token: Token, group: Group) -> None:
    word = token.word
    if word.parts:
        together = tuple(dict.fromkeys(stem(part) for part in split(word.folded)))
        group.add(together or word.parts, SPLIT, "de delen van het woord")
        for part in word.parts:
            if part not in {stem(small) for small in FILLER}:
                group.add((part,), PART, f"het deel {part}")
                for expansion in reading.known.expansions.get((part,), ()):
                    group.add(expansion.terms, expansion.weight * PART // EXACT, expansion.why)
    if reading.unfinished and token is reading.tokens[-1]:
        for form, term in _forms_beginning_with(word.folded):
            group.add((term,), PREFIX, f"begin van {form}")


def _join_neighbours(reading: _Reading, spans: list[list[Token]], groups: list[Group]) -> None:
    """ "werk coöperatie" may be written as one word in the catalogue."""
    order = [token for token in reading.tokens if _counts(token)]
    pairs = zip(spans, groups, strict=True)
    where = {token.start: group for span, group in pairs for token in span}
    for size in range(2, JOINED + 1):
        for start in range(len(order) - size + 1):
            neighbours = order[start : start + size]
            joined = _joined([token.word.folded for token in neighbours])
            for group in {id(g): g for t in neighbours if (g := where.get(t.start))}.values():
                for term in joined:
                    group.add((term,), EXACT, "aan elkaar geschreven")


def _complete_phrase(reading: _Reading, spans: list[list[Token]], groups: list[Group]) -> None:
    """ "sociale onder" may become a phrase that the lexicon knows, "sociale onderneming"."""
    if not reading.unfinished or len(groups) < 2:
        return
    before = phrase_of(spans[-2])
    for phrase in reading.known.complete(before, spans[-1][-1].word.folded):
        for expansion in reading.known.expansions[phrase]:
            for group in groups[-2:]:
                weight = expansion.weight * PREFIX // EXACT
                group.add(expansion.terms, weight, f"begin van {' '.join(phrase)}")


def _joined(words: list[str]) -> Iterator[str]:
    *heads, last = words
    for link in LINKS:
        yield stem(link.join(heads) + link + last)[:MAX_TERM_LENGTH]


def _places(question: Question, reading: _Reading) -> list[tuple[Place, str]]:
    """The places that a question names, to offer as a filter."""
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
