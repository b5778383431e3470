"""Marks in the original text the words that answer a question."""

from __future__ import annotations

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from practices.search.analysis import tokenise
from practices.search.query import word_groups


def highlight(text: str, question: str) -> SafeString:
    """The text as HTML: everything escaped first, then the found words in <mark>."""
    wanted = {term for group in word_groups(question) for term in group}
    parts: list[str] = []
    position = 0
    for token in tokenise(text) if wanted else []:
        if wanted.isdisjoint(token.terms):
            continue
        parts.append(escape(text[position : token.start]))
        parts.append(f"<mark>{escape(text[token.start : token.end])}</mark>")
        position = token.end
    parts.append(escape(text[position:]))
    return mark_safe("".join(parts))  # noqa: S308 - every part was escaped above
