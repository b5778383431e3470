"""Marks in the original text the words that answer a question."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from practices.search.analysis import Token, tokenise

# What answers, each as the terms that only count together: "komen" alone is not "hogerop komen".
Terms = frozenset[tuple[str, ...]]

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
LONGEST_PASSAGE = 280


def highlight(text: str, terms: Terms) -> SafeString:
    """The text as HTML: everything escaped first, then the words of these terms in <mark>."""
    parts: list[str] = []
    position = 0
    for token in _answering(text, terms):
        parts.append(escape(text[position : token.start]))
        parts.append(f"<mark>{escape(text[token.start : token.end])}</mark>")
        position = token.end
    parts.append(escape(text[position:]))
    return mark_safe("".join(parts))  # noqa: S308 - every part was escaped above  # nosec B308 B703


def passage(texts: Iterable[str], terms: Terms) -> SafeString:
    """The sentence that answers most, marked; empty when none has a word of the terms."""
    best, most = "", 0
    for text in texts:
        for sentence in _SENTENCE_END.split(text):
            words = {token.word.stem for token in _answering(sentence, terms)}
            if len(words) > most:
                best, most = sentence, len(words)
    return highlight(_shortened(best, terms), terms) if most else SafeString("")


def _answering(text: str, terms: Terms) -> list[Token]:
    if not terms:
        return []
    tokens = tokenise(text)
    held = {term for token in tokens for term in token.word.terms}
    found = {term for together in terms if held.issuperset(together) for term in together}
    return [token for token in tokens if not found.isdisjoint(token.word.terms)]


def _shortened(sentence: str, terms: Terms) -> str:
    """A long sentence from a little before its first marked word."""
    if len(sentence) <= LONGEST_PASSAGE:
        return sentence
    first = _answering(sentence, terms)[0].start
    start = max(0, first - LONGEST_PASSAGE // 4)
    start = sentence.find(" ", start) + 1 if start else 0
    cut = sentence[start : start + LONGEST_PASSAGE].rsplit(" ", 1)[0]
    return f"{'… ' if start else ''}{cut} …"
