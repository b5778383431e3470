"""What the search knows about words, kept by editors, and what it learned from visitors."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, Q

from practices.models.practice import Practice
from practices.models.vocabulary import lines

QUERY_LENGTH = 200


class SynonymGroup(models.Model):
    """Words that mean the same, and what else somebody who types them is looking for.

    `words` find each other; `finds` and `related` are found by them, but not the other way
    round, and `related` counts for less.
    """

    words = models.TextField(
        "woorden", help_text="Woorden die hetzelfde betekenen, één per regel. Ze vinden elkaar."
    )
    finds = models.TextField(
        "vindt ook",
        blank=True,
        help_text="Wie zo'n woord intikt, vindt ook deze. Niet andersom. Eén per regel.",
    )
    related = models.TextField(
        "verwant",
        blank=True,
        help_text="Heeft ermee te maken; komt lager in de resultaten. Eén per regel.",
    )
    topic = models.CharField("onderwerp", max_length=60, blank=True)
    note = models.CharField("toelichting", max_length=300, blank=True)

    class Meta:
        verbose_name = "zoekwoordengroep"
        verbose_name_plural = "zoekwoordengroepen (synoniemen)"
        ordering = ["topic", "words"]
        constraints = [CheckConstraint(condition=~Q(words=""), name="synonym_group_has_words")]

    def __str__(self) -> str:
        return ", ".join(lines(self.words))

    def clean(self) -> None:
        if len(lines(self.words)) < 2 and not self.finds and not self.related:
            raise ValidationError(
                {"words": "Geef nog een woord, of vul in wat dit woord ook moet vinden."}
            )


class MissedQuery(models.Model):
    """Words that somebody looked for in vain. No person, no address, no time of day."""

    text = models.CharField("gezocht", max_length=QUERY_LENGTH, unique=True)
    count = models.PositiveIntegerField("keer", default=1)
    last_seen = models.DateField("laatst")

    class Meta:
        verbose_name = "gezocht, niet gevonden"
        verbose_name_plural = "gezocht, niet gevonden"
        ordering = ["-count", "text"]

    def __str__(self) -> str:
        return self.text


class WantedQuestion(models.Model):
    """A public question for which the catalogue has no practice yet."""

    question = models.CharField("vraag", max_length=250)
    explanation = models.TextField("toelichting", blank=True)
    query = models.CharField("zoekwoorden", max_length=QUERY_LENGTH, blank=True)
    asked_on = models.DateField("gevraagd op", auto_now_add=True)
    answered_by = models.ForeignKey(
        Practice,
        verbose_name="beantwoord door",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="answers",
    )
    is_public = models.BooleanField("zichtbaar op de site", default=True)

    class Meta:
        verbose_name = "gezochte praktijk"
        verbose_name_plural = "gezochte praktijken"
        ordering = ["-asked_on", "-pk"]

    def __str__(self) -> str:
        return self.question
