"""A list of practices that is only a list of keys until somebody looks at a part of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, overload

from practices.models import Practice

CHUNK = 500


class PracticeList(Sequence[Any]):
    """In the order of the keys; loads a slice at a time, with what a card shows.

    Iterating loads CHUNK practices at a time, so a long export needs little memory. A
    practice that was withdrawn in the meantime is left out.
    """

    def __init__(self, pks: Sequence[int], prefetch: tuple[str, ...] = ()) -> None:
        self.pks = pks
        self._prefetch = prefetch

    def with_details(self, *prefetch: str) -> PracticeList:
        """The same list with more relations loaded along."""
        return PracticeList(self.pks, prefetch)

    def __len__(self) -> int:
        return len(self.pks)

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> list[Any]: ...
    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return self._load(self.pks[index])
        return self._load([self.pks[index]])[0]

    def __iter__(self) -> Iterator[Any]:
        for start in range(0, len(self.pks), CHUNK):
            yield from self._load(self.pks[start : start + CHUNK])

    def _load(self, pks: Sequence[int]) -> list[Any]:
        practices = Practice.objects.published().for_listing().prefetch_related(*self._prefetch)
        found = practices.in_bulk(list(pks))
        return [found[pk] for pk in pks if pk in found]
