"""What the loader of the shipped catalogue remembers."""

from __future__ import annotations

from django.db import models
from django.db.models import UniqueConstraint


class LoadedItem(models.Model):
    """That an item of the shipped catalogue was loaded once.

    From then on it belongs to the editors: whatever they change, rename or delete, the
    loader will not touch it again.
    """

    section = models.CharField(max_length=40)
    key = models.CharField(max_length=250)
    loaded = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [UniqueConstraint(fields=["section", "key"], name="loaded_item_once")]

    def __str__(self) -> str:
        return f"{self.section} {self.key}"
