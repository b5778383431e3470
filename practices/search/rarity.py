"""How rare a term is: inverse document frequency, asked once for a whole question."""

from __future__ import annotations

from collections.abc import Iterable
from math import log

from practices.models import SearchTerm

# Even a word of every practice says something of the question.
FLOOR = 1.0


class Rarity:
    """Knows the terms that it was told to learn and that some practice has."""

    def __init__(self, documents: int) -> None:
        self.documents = max(1, documents)
        self._rows: dict[str, tuple[int, int]] = {}

    def learn(self, terms: Iterable[str]) -> None:
        """One query for any number of terms; none for terms that are known."""
        new = set(terms) - self._rows.keys()
        if new:
            rows = SearchTerm.objects.filter(text__in=new, df__gt=0)
            self._rows |= {text: (pk, df) for text, pk, df in rows.values_list("text", "pk", "df")}

    def __contains__(self, term: str) -> bool:
        return term in self._rows

    def key(self, term: str) -> int:
        return self._rows[term][0]

    def of(self, term: str) -> float:
        df = self._rows[term][1]
        return FLOOR + log(1 + max(0.0, self.documents - df + 0.5) / (df + 0.5))
