"""Questions about municipalities and regions, answered in a fixed number of queries."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone


class MunicipalityQuerySet(QuerySet):
    def existing(self, on: date | None = None) -> MunicipalityQuerySet:
        """Municipalities that exist on a day (default: today); merged ones are left out."""
        on = on or timezone.localdate()
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=on),
            Q(valid_to__isnull=True) | Q(valid_to__gt=on),
        )

    def with_region(self) -> MunicipalityQuerySet:
        return self.select_related("region", "province", "successor")
