"""The tables of the search index; practices/search/index.py is the only one that writes.

Everything here can be made anew from the published practices.
"""

from __future__ import annotations

from django.db import models

from practices.models.practice import Practice

TERM_LENGTH = 64


class SearchTerm(models.Model):
    """A stem, or a key such as `theme:12`, with the number of practices that have it."""

    text = models.CharField(max_length=TERM_LENGTH, unique=True)
    df = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.text


class Posting(models.Model):
    """One term of one practice, with how much the practice is about it (1 to 1000).

    The impact is part of the primary key so that the search statement never leaves that
    index. There are about 150 of these for each practice.
    """

    pk = models.CompositePrimaryKey("term", "practice", "impact")
    term = models.ForeignKey(SearchTerm, on_delete=models.CASCADE, related_name="+", db_index=False)
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="postings")
    impact = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"{self.term_id} {self.practice_id} {self.impact}"


class WordForm(models.Model):
    """A word as it is written in the catalogue: what spelling is corrected to.

    It stays when its last practice goes; what counts is the frequency of its term.
    """

    form = models.CharField(max_length=TERM_LENGTH, primary_key=True)
    term = models.ForeignKey(SearchTerm, on_delete=models.CASCADE, related_name="forms")

    def __str__(self) -> str:
        return self.form


class TitlePart(models.Model):
    """A title from one of its words on, folded: what a suggestion while typing looks up.

    `is_whole`: from its first word on.
    """

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="title_parts")
    text = models.CharField(max_length=TERM_LENGTH, db_index=True)
    is_whole = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.text


class IndexedPractice(models.Model):
    """That a practice is in the index, and as which version of what.

    `stream` holds its stems in order, a bar between the passages: phrases are looked up
    in it.
    """

    practice = models.OneToOneField(
        Practice, primary_key=True, on_delete=models.CASCADE, related_name="indexed"
    )
    analyser_version = models.PositiveSmallIntegerField()
    practice_modified = models.DateTimeField()
    stream = models.TextField()

    def __str__(self) -> str:
        return f"{self.practice_id} v{self.analyser_version}"


class CatalogueVersion(models.Model):
    """A single row with a token that is new after every public change.

    What a process keeps in memory, and what a browser keeps, is good for one token. It is
    random rather than a number, so that a state that was rolled back or restored from a
    backup is never taken for another one.
    """

    SINGLETON = 1

    token = models.CharField(max_length=16)

    def __str__(self) -> str:
        return self.token
