"""Questions about practices. Every outlet starts from `published()`."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from practices.enums import State
from practices.lifecycle import freshness_expression, known_true_on, phase_expression


class PracticeQuerySet(QuerySet):
    def published(self) -> PracticeQuerySet:
        """The only definition of what the public may see."""
        return self.filter(state=State.PUBLISHED)

    def with_lifecycle(self, today: date | None = None) -> PracticeQuerySet:
        """Adds `known_on`, `phase` and `freshness`, derived from the dates."""
        today = today or timezone.localdate()
        return self.annotate(known_on=known_true_on()).annotate(
            phase=phase_expression(today), freshness=freshness_expression(today)
        )

    def for_listing(self) -> PracticeQuerySet:
        """With what a card shows; a fixed number of queries for any number of cards."""
        return self.with_lifecycle().prefetch_related(
            "municipalities", "regions", "themes", "target_groups"
        )

    def matching(self, text: str) -> PracticeQuerySet:
        """Narrowed to what the search finds for a text; no order, no annotation."""
        from practices.search import matching  # noqa: PLC0415 - thin method over the seam

        return matching(self, text)

    def by_relevance(self, text: str) -> PracticeQuerySet:
        """What the search finds for a text, best first, with an annotation `score`."""
        from practices.search import by_relevance  # noqa: PLC0415 - thin method over the seam

        return by_relevance(self, text)
