"""Closed lists that describe a practice, kept by editors in the admin."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, Q

from municipalities.models import line
from practices.enums import BarrierLevel
from practices.models.addresses import RemembersSlug


def lines(text: str) -> list[str]:
    """The filled lines of a field that holds one item per line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class Term(RemembersSlug):
    """A word of a closed list, with what it means and what else people call it."""

    name = models.CharField("naam", max_length=120, unique=True)
    slug = models.SlugField("naam in het adres", max_length=120, unique=True)
    definition = models.TextField("uitleg", blank=True)
    synonyms = models.TextField("andere woorden", blank=True, help_text="Eén per regel.")
    position = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        abstract = True
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def keep_old_slug(self, old: str | None) -> None:
        """Links to a filter live on under the old name, unless another term has it now."""
        kind = self._meta.label_lower
        OldTermSlug.objects.filter(kind=kind, slug=self.slug).delete()
        if old:
            OldTermSlug.objects.update_or_create(kind=kind, slug=old, defaults={"key": self.pk})

    @property
    def synonym_list(self) -> list[str]:
        return lines(self.synonyms)


class Theme(Term):
    class Meta(Term.Meta):
        verbose_name = "thema"
        verbose_name_plural = "thema's"


class TargetGroup(Term):
    class Meta(Term.Meta):
        verbose_name = "doelgroep"
        verbose_name_plural = "doelgroepen"


class Barrier(Term):
    """Why it is hard: the way in for somebody with a problem."""

    level = models.CharField("waar het zit", max_length=20, choices=BarrierLevel)
    parent = models.ForeignKey(
        "self",
        verbose_name="onderdeel van",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="children",
    )

    class Meta(Term.Meta):
        verbose_name = "knelpunt"
        verbose_name_plural = "knelpunten"
        constraints = [
            CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("id")),
                name="barrier_not_its_own_parent",
                violation_error_message="Een knelpunt kan geen onderdeel van zichzelf zijn.",
            ),
            CheckConstraint(condition=Q(level__in=BarrierLevel.values), name="barrier_level_known"),
        ]

    def clean(self) -> None:
        # Django leaves a constraint on the primary key to the database, also in forms.
        if self.pk and any(ancestor.pk == self.pk for ancestor in line(self, "parent")):
            raise ValidationError({"parent": "Zo zou een knelpunt onderdeel van zichzelf zijn."})


class Instrument(Term):
    category = models.CharField("groep", max_length=60, blank=True)

    class Meta(Term.Meta):
        verbose_name = "instrument"
        verbose_name_plural = "instrumenten"


class Recommendation(Term):
    """A recommendation of the 2018 study that a practice puts into effect."""

    group = models.CharField("groep", max_length=120, blank=True)

    class Meta(Term.Meta):
        verbose_name = "aanbeveling"
        verbose_name_plural = "aanbevelingen"


class ParticipationStep(Term):
    """A step on the way to paid work; `position` is its place on the ladder."""

    class Meta(Term.Meta):
        verbose_name = "trede"
        verbose_name_plural = "treden"


class OldTermSlug(models.Model):
    """A name in addresses that a term had before, or that of one merged into it.

    `kind` is the model of the term (`practices.theme`) and `key` its primary key: one table
    for all vocabularies.
    """

    kind = models.CharField("lijst", max_length=60)
    slug = models.SlugField("oude naam in het adres", max_length=120)
    key = models.BigIntegerField("sleutel")

    class Meta:
        verbose_name = "oude naam van een trefwoord"
        verbose_name_plural = "oude namen van trefwoorden"
        ordering = ["kind", "slug"]
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="old_term_slug_once")]

    def __str__(self) -> str:
        return self.slug
