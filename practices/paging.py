"""The links under a list that is longer than a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page


@dataclass(frozen=True)
class PageLink:
    number: int | None  # None: pages left out here
    url: str
    current: bool


def page_links(page: Page[Any], url_of: Callable[[int], str]) -> dict[str, Any]:
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return {
        "previous_url": url_of(page.number - 1) if page.has_previous() else None,
        "next_url": url_of(page.number + 1) if page.has_next() else None,
        "numbers": [
            PageLink(number, url_of(number), number == page.number)
            if isinstance(number, int)
            else PageLink(None, "", current=False)
            for number in numbers
        ],
    }
