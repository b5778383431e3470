"""From what somebody typed to words, quoted phrases and exclusions. No Django.

Nothing is an error: a lone quote or minus is plain text.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from practices.search.analysis import Token, tokenise

MAX_WORDS = 24
_QUOTES = str.maketrans("“”„‟«»", '""""""')
# A minus excludes only after white space: Noord-Limburg is one word.
_PARTS = re.compile(r'(?P<minus>(?<!\S)-(?=[\w"]))?(?:"(?P<phrase>[^"]+)"|(?P<plain>[^\s"]+))')


class Question(NamedTuple):
    """`phrases` and `excluded` are stems in order; the words of a phrase are in `tokens` too.

    The offsets of the tokens are those in `text`, except for words of an exclusion, which
    are not in `tokens` at all.
    """

    text: str
    tokens: tuple[Token, ...]
    phrases: tuple[tuple[str, ...], ...]
    excluded: tuple[tuple[str, ...], ...]

    @property
    def is_empty(self) -> bool:
        return not (self.tokens or self.excluded)


def parse(text: str) -> Question:
    text = text.translate(_QUOTES)
    tokens: list[Token] = []
    phrases: list[tuple[str, ...]] = []
    excluded: list[tuple[str, ...]] = []
    for match in _PARTS.finditer(text):
        quoted = match["phrase"]
        found = tokenise(quoted or match["plain"])
        stems = tuple(token.word.stem for token in found)
        if not stems:
            continue
        if match["minus"]:
            excluded.append(stems)
            continue
        if quoted:
            phrases.append(stems)
        start = match.start("phrase" if quoted else "plain")
        tokens += [Token(t.word, t.start + start, t.end + start) for t in found]
    return Question(text, tuple(tokens[:MAX_WORDS]), tuple(phrases), tuple(excluded))
