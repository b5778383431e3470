"""Where it is written and what came of it."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from practices.enums import ClaimKind, Proof
from practices.models.practice import Practice


class Source(models.Model):
    title = models.CharField("titel", max_length=250)
    slug = models.SlugField("korte naam", max_length=80, unique=True)
    publisher = models.CharField("uitgever", max_length=200, blank=True)
    published_on = models.DateField("datum", null=True, blank=True)
    url = models.URLField("adres", blank=True, max_length=500)
    licence = models.CharField("licentie", max_length=120, blank=True)

    class Meta:
        verbose_name = "bron"
        verbose_name_plural = "bronnen"
        ordering = ["title"]
        indexes = [
            models.Index(fields=["title"], name="source_title"),
            # Which entries name a link that works no more.
            models.Index(fields=["url"], name="source_url"),
        ]

    def __str__(self) -> str:
        return self.title


class Reference(models.Model):
    """A source of the description as a whole, with the place in it."""

    practice = models.ForeignKey(
        Practice, verbose_name="praktijk", on_delete=models.CASCADE, related_name="references"
    )
    source = models.ForeignKey(
        Source, verbose_name="bron", on_delete=models.PROTECT, related_name="references"
    )
    place = models.CharField("vindplaats", max_length=250, blank=True)

    class Meta:
        verbose_name = "bronvermelding"
        verbose_name_plural = "bronvermeldingen"
        ordering = ["pk"]
        constraints = [
            UniqueConstraint(
                fields=["practice", "source"],
                name="reference_once",
                violation_error_message="Deze bron staat er al bij.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.source}, {self.place}" if self.place else str(self.source)


class Claim(models.Model):
    """One result, checkable: what, how much, of how many, when, and where it is written."""

    practice = models.ForeignKey(
        Practice, verbose_name="praktijk", on_delete=models.CASCADE, related_name="claims"
    )
    kind = models.CharField("soort", max_length=20, choices=ClaimKind, default=ClaimKind.OUTCOME)
    statement = models.CharField("bewering", max_length=400)
    value = models.DecimalField("getal", max_digits=12, decimal_places=2, null=True, blank=True)
    qualifier = models.CharField(
        "hoe precies", max_length=60, blank=True, help_text="Bijvoorbeeld: meer dan."
    )
    unit = models.CharField("eenheid", max_length=60, blank=True)
    denominator = models.PositiveIntegerField("op een totaal van", null=True, blank=True)
    period = models.CharField("periode", max_length=80, blank=True)
    proof = models.PositiveSmallIntegerField("soort bewijs", choices=Proof, default=Proof.STATEMENT)
    source = models.ForeignKey(
        Source, verbose_name="bron", on_delete=models.PROTECT, related_name="claims"
    )
    place = models.CharField("vindplaats", max_length=250, blank=True)

    class Meta:
        verbose_name = "resultaat"
        verbose_name_plural = "resultaten"
        ordering = ["pk"]
        constraints = [
            CheckConstraint(condition=~Q(statement=""), name="claim_has_statement"),
            CheckConstraint(condition=Q(kind__in=ClaimKind.values), name="claim_kind_known"),
            CheckConstraint(condition=Q(proof__in=Proof.values), name="claim_proof_known"),
            CheckConstraint(
                condition=Q(denominator__isnull=True) | Q(denominator__gt=0),
                name="claim_denominator_positive",
                violation_error_message="Het totaal moet meer dan nul zijn.",
            ),
        ]

    def __str__(self) -> str:
        return self.statement
