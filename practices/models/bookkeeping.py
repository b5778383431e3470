"""Tables that the software keeps for itself."""

from __future__ import annotations

from django.db import models
from django.db.models import UniqueConstraint

from practices.models.practice import Practice


class Posting(models.Model):
    """One word of one practice in the search index, with how much it says about it."""

    term = models.CharField(max_length=64)
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="postings")
    impact = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [UniqueConstraint(fields=["term", "practice"], name="posting_once")]

    def __str__(self) -> str:
        return f"{self.term} {self.practice_id} {self.impact}"


class IndexedPractice(models.Model):
    """That a practice is in the search index, and as which version of what."""

    practice = models.OneToOneField(
        Practice, primary_key=True, on_delete=models.CASCADE, related_name="indexed"
    )
    analyser_version = models.PositiveSmallIntegerField()
    practice_modified = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.practice_id} v{self.analyser_version}"


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
