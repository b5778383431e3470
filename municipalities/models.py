"""Who and where: regions, municipalities, their figures and their editors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.urls import reverse

from municipalities.coordinates import (
    latitude_field,
    longitude_field,
    point_constraint,
    require_both,
)
from municipalities.enums import MembershipRole, RegionKind
from municipalities.querysets import MunicipalityQuerySet


def line(start: Any, link: str) -> Iterator[Any]:
    """What the object points to, what that points to, and so on.

    Two editors at the same time can make a circle; it is walked only once.
    """
    seen: set[int] = set()
    following = getattr(start, link)
    while following is not None and following.pk not in seen:
        seen.add(following.pk)
        yield following
        following = getattr(following, link)


class Region(models.Model):
    """A province, a labour market region or a part of one. A tree by `parent`."""

    name = models.CharField("naam", max_length=80, unique=True)
    slug = models.SlugField("naam in het adres", max_length=80, unique=True)
    kind = models.CharField("soort", max_length=20, choices=RegionKind)
    parent = models.ForeignKey(
        "self",
        verbose_name="onderdeel van",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    definition = models.TextField("uitleg", blank=True)
    synonyms = models.TextField("andere namen", blank=True, help_text="Eén naam per regel.")
    position = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "regio"
        verbose_name_plural = "regio's"
        ordering = ["position", "name"]
        constraints = [
            CheckConstraint(
                condition=Q(kind__in=RegionKind.values),
                name="region_kind_known",
                violation_error_message="Kies een bestaande soort regio.",
            ),
            CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="region_not_its_own_parent",
                violation_error_message="Een regio kan geen onderdeel van zichzelf zijn.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if any(ancestor.pk == self.pk for ancestor in line(self, "parent")):
            raise ValidationError({"parent": "Zo zou een regio onderdeel van zichzelf zijn."})


class Municipality(models.Model):
    """A municipality of today or of the past.

    One that was merged away keeps its own record: `valid_to` is the first day on which
    it no longer existed, `successor` the municipality it went into.
    """

    name = models.CharField("naam", max_length=80, unique=True)
    slug = models.SlugField("naam in het adres", max_length=80, unique=True)
    code = models.CharField(
        "CBS-code",
        max_length=6,
        unique=True,
        validators=[RegexValidator(r"^GM\d{4}$", "Een CBS-code is GM met vier cijfers.")],
        help_text="Bijvoorbeeld GM0983.",
    )
    region = models.ForeignKey(
        Region,
        verbose_name="regio",
        on_delete=models.PROTECT,
        related_name="municipalities",
        help_text="De kleinste regio waar de gemeente bij hoort.",
    )
    province = models.ForeignKey(
        Region,
        verbose_name="provincie",
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": RegionKind.PROVINCE},
        help_text="Een arbeidsmarktregio kan in een andere provincie liggen dan de gemeente.",
    )
    seat = models.CharField("plaats van het gemeentehuis", max_length=80, blank=True)
    lat = latitude_field()
    lon = longitude_field()
    valid_from = models.DateField("bestaat sinds", null=True, blank=True)
    valid_to = models.DateField("opgegaan op", null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        verbose_name="opgegaan in",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
    )
    interviewed_2018 = models.BooleanField("geïnterviewd in 2018", default=False)
    boundary = models.JSONField("grens", null=True, blank=True, editable=False)
    website = models.URLField("website", blank=True)
    localities = models.TextField(
        "dorpen, kernen en wijken",
        blank=True,
        help_text="Eén per regel. Wie op zo'n naam zoekt, vindt deze gemeente.",
    )
    note = models.TextField("toelichting", blank=True)

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = "gemeente"
        verbose_name_plural = "gemeenten"
        ordering = ["name"]
        constraints = [
            CheckConstraint(
                # No regular expression: SQLite knows REGEXP only through Django.
                condition=Q(code__startswith="GM") & Q(Exact(Length("code"), 6)),
                name="municipality_code_form",
                violation_error_message="Een CBS-code is GM met vier cijfers.",
            ),
            point_constraint("municipality_seat_in_range"),
            CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gt=F("valid_from")),
                name="municipality_valid_to_after_valid_from",
                violation_error_message="'Opgegaan op' moet na 'bestaat sinds' liggen.",
            ),
            CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("id")),
                name="municipality_not_its_own_successor",
                violation_error_message="Een gemeente kan niet in zichzelf opgaan.",
            ),
            CheckConstraint(
                condition=Q(successor__isnull=True) | Q(valid_to__isnull=False),
                name="municipality_successor_needs_valid_to",
                violation_error_message="Vul ook in wanneer de gemeente is opgegaan.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("municipality_detail", args=[self.slug])

    def clean(self) -> None:
        require_both(self.lat, self.lon)
        if any(later.pk == self.pk for later in line(self, "successor")):
            raise ValidationError({"successor": "Zo zou de gemeente in zichzelf opgaan."})

    def current(self) -> Municipality:
        """The municipality of today: itself, or the last in its line of successors.

        Costs a query per step that was not selected with the object.
        """
        return [self, *line(self, "successor")][-1]


class OldMunicipalitySlug(models.Model):
    """An address that a municipality had before it was renamed; it redirects for ever."""

    slug = models.SlugField("oude naam in het adres", max_length=80, unique=True)
    municipality = models.ForeignKey(
        Municipality, verbose_name="gemeente", on_delete=models.CASCADE, related_name="old_slugs"
    )

    class Meta:
        verbose_name = "oud adres van een gemeente"
        verbose_name_plural = "oude adressen van gemeenten"
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug


class WelfareFigure(models.Model):
    """Number of people on bijstand, exactly as printed in its source."""

    municipality = models.ForeignKey(
        Municipality, verbose_name="gemeente", on_delete=models.CASCADE, related_name="figures"
    )
    year = models.PositiveSmallIntegerField("jaar")
    reference_date = models.DateField(
        "peildatum", null=True, blank=True, help_text="Leeg als de bron alleen een jaar noemt."
    )
    recipients = models.PositiveIntegerField("mensen met bijstand")
    source = models.CharField("bron", max_length=200)

    class Meta:
        verbose_name = "bijstandscijfer"
        verbose_name_plural = "bijstandscijfers"
        ordering = ["municipality", "year"]
        constraints = [
            UniqueConstraint(
                fields=["municipality", "year", "source"],
                name="figure_once_per_year_and_source",
                violation_error_message="Dit jaar staat er al bij deze gemeente.",
            ),
            CheckConstraint(
                condition=Q(year__range=(1990, 2100)),
                name="figure_year_in_range",
                violation_error_message="Vul een jaar in tussen 1990 en 2100.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.year}: {self.recipients}"

    def clean(self) -> None:
        if self.reference_date and self.reference_date.year != self.year:
            raise ValidationError({"reference_date": "De peildatum moet in het jaar liggen."})


class Membership(models.Model):
    """What a person may edit follows from the municipalities he or she belongs to."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="gebruiker",
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    municipality = models.ForeignKey(
        Municipality, verbose_name="gemeente", on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(
        "rol", max_length=20, choices=MembershipRole, default=MembershipRole.EDITOR
    )

    class Meta:
        verbose_name = "lidmaatschap"
        verbose_name_plural = "lidmaatschappen"
        ordering = ["municipality", "user"]
        constraints = [
            UniqueConstraint(
                fields=["user", "municipality", "role"],
                name="membership_once",
                violation_error_message="Deze gebruiker heeft deze rol al bij deze gemeente.",
            ),
            CheckConstraint(
                condition=Q(role__in=MembershipRole.values), name="membership_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()} van {self.municipality}"
