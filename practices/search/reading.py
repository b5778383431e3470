"""Reads a question: which words count, which belong together, which are misspelled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from practices.models import WordForm
from practices.search.analysis import Token, analyse
from practices.search.filler import FILLER
from practices.search.language import STOP_WORDS
from practices.search.lexicon import LONGEST_PHRASE, Lexicon, is_passed_over, phrase_of
from practices.search.parse import Question
from practices.search.prefix import startswith
from practices.search.rarity import Rarity
from practices.search.spelling import speller

MIN_PREFIX = 3
MAX_PREFIX_FORMS = 40
SMALL_WORDS = STOP_WORDS | FILLER

Span = list[Token]


@dataclass(frozen=True)
class Correction:
    typed: str
    used: str


@dataclass
class Reading:
    """`unfinished`: the last word looks like the beginning of one."""

    tokens: list[Token]
    known: Lexicon
    rarity: Rarity
    corrections: list[Correction] = field(default_factory=list)
    unfinished: bool = False

    @property
    def last(self) -> Token | None:
        return self.tokens[-1] if self.tokens else None

    def is_corrected(self, span: Span) -> bool:
        used = {correction.used for correction in self.corrections}
        return any(token.word.folded in used for token in span)


def read(question: Question, known: Lexicon, rarity: Rarity, *, correct: bool) -> Reading:
    rarity.learn(term for token in question.tokens for term in token.word.terms)
    reading = Reading(list(question.tokens), known, rarity)
    reading.unfinished = _is_unfinished(reading)
    if correct:
        _correct(reading)
    return reading


def counts(token: Token) -> bool:
    return token.word.folded not in SMALL_WORDS


def forms_beginning_with(folded: str) -> list[tuple[str, str]]:
    """(form, term) of the words in the catalogue that begin like this, commonest first."""
    if len(folded) < MIN_PREFIX:
        return []
    forms = WordForm.objects.filter(startswith("form", folded), term__df__gt=0)
    ordered = forms.order_by("-term__df", "form")[:MAX_PREFIX_FORMS]
    return list(ordered.values_list("form", "term__text"))


def spans(reading: Reading) -> list[Span]:
    """The longest known phrases, and the words in between that count."""
    last = reading.last if reading.unfinished else None
    tokens = [token for token in reading.tokens if token is last or not is_passed_over(token)]
    found = list(_divide(reading.known, tokens))
    counting = [s for s in found if len(s) > 1 or s[0] is last or counts(s[0])]
    # Nothing but small words: then they are the question ("Gewoon Doen").
    return counting or [[token] for token in reading.tokens]


def _divide(known: Lexicon, tokens: list[Token]) -> Iterator[Span]:
    position = 0
    while position < len(tokens):
        length = _longest_phrase(known, tokens[position:])
        yield tokens[position : position + length]
        position += length


def _longest_phrase(known: Lexicon, tokens: list[Token]) -> int:
    for length in range(min(LONGEST_PHRASE, len(tokens)), 1, -1):
        if phrase_of(tokens[:length]) in known.expansions:
            return length
    return 1


def _is_unfinished(reading: Reading) -> bool:
    """ "buurtbeh" is no word; "sociale onder" does not end in a preposition."""
    last = reading.last
    if last is None or len(last.word.folded) < MIN_PREFIX:
        return False
    return not _is_known(reading, last) or (is_passed_over(last) and len(reading.tokens) > 1)


def _is_known(reading: Reading, token: Token) -> bool:
    word = token.word
    return (
        word.stem in reading.rarity
        or word.folded in SMALL_WORDS
        or word.stem in reading.known.stems
    )


def _is_compound_of_known(reading: Reading, token: Token) -> bool:
    parts = token.word.parts
    return bool(parts) and all(
        part in reading.rarity or part in reading.known.stems for part in parts
    )


def _correct(reading: Reading) -> None:
    """Replace words that nobody knows. Known words are never touched."""
    for position, token in enumerate(reading.tokens):
        if _is_known(reading, token) or _is_compound_of_known(reading, token):
            continue
        if token is reading.last and forms_beginning_with(token.word.folded):
            continue
        better = speller(reading.known).correct(token.word.folded)
        if better is not None:
            reading.corrections.append(Correction(token.word.folded, better))
            reading.tokens[position] = Token(analyse(better), token.start, token.end)
            reading.rarity.learn(reading.tokens[position].word.terms)
