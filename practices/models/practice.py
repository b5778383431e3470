"""The entry of the catalogue."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse
from django.utils import timezone

from municipalities.coordinates import (
    latitude_field,
    longitude_field,
    point_constraint,
    require_both,
)
from municipalities.models import Municipality, Region
from practices.enums import (
    LOWEST_ASSESSED_LEVEL,
    CostClass,
    Evidence,
    Kind,
    MunicipalityRole,
    Phase,
    ReviewTerm,
    Scope,
    State,
)
from practices.lifecycle import known_true_on
from practices.models.addresses import OldSlug, RemembersSlug, WithdrawnSlug
from practices.models.vocabulary import (
    Barrier,
    Instrument,
    ParticipationStep,
    Recommendation,
    TargetGroup,
    Theme,
    lines,
)
from practices.querysets import PracticeQuerySet

SUMMARY_LENGTH = 280


def known(field: str, choices: Any) -> CheckConstraint:
    return CheckConstraint(
        condition=Q(**{f"{field}__in": choices.values}), name=f"practice_{field}_known"
    )


class Practice(RemembersSlug):
    """Something a municipality or region does that others could reuse.

    Three dates never mix: `modified` (any change), `confirmed_on` (an editor said that
    the content is still true) and `assessed_on` (the evidence was judged).
    `described_on` is the day the description stands for, until somebody confirms it.
    """

    title = models.CharField("titel", max_length=120)
    slug = models.SlugField("naam in het adres", max_length=120, unique=True)
    kind = models.CharField("soort", max_length=20, choices=Kind)
    summary = models.CharField(
        "samenvatting",
        max_length=SUMMARY_LENGTH,
        help_text=f"In gewone taal, hoogstens {SUMMARY_LENGTH} tekens.",
    )

    background = models.TextField("aanleiding", blank=True)
    goal = models.TextField("doel", blank=True)
    approach = models.TextField("aanpak", blank=True)
    results = models.TextField("resultaten in woorden", blank=True)
    did_not_work = models.TextField("wat niet werkte", blank=True)
    conditions = models.TextField("wat heb je ervoor nodig", blank=True)
    adaptable_parts = models.TextField("wat je kunt aanpassen", blank=True)
    cost_class = models.CharField(
        "kosten", max_length=20, choices=CostClass, default=CostClass.UNKNOWN
    )
    cost_note = models.TextField("toelichting kosten", blank=True)
    lead_time = models.CharField("tijd tot de start", max_length=120, blank=True)
    partners = models.TextField("partners", blank=True, help_text="Eén per regel.")
    legal_basis = models.TextField("wettelijk kader", blank=True)
    legal_caveat = models.TextField(
        "juridische kanttekening", blank=True, help_text="Staat als waarschuwing op de pagina."
    )
    open_questions = models.TextField(
        "wat we nog niet weten", blank=True, help_text="Nodigt lezers uit om aan te vullen."
    )
    editorial_note = models.TextField(
        "toelichting van de redactie",
        blank=True,
        help_text="Bijvoorbeeld hoe deze beschrijving tot stand kwam.",
    )

    scope = models.CharField("bereik", max_length=20, choices=Scope, default=Scope.MUNICIPALITY)
    municipalities = models.ManyToManyField(
        Municipality,
        verbose_name="gemeenten",
        through="PracticeMunicipality",
        related_name="practices",
        blank=True,
    )
    regions = models.ManyToManyField(
        Region, verbose_name="regio's", related_name="practices", blank=True
    )
    neighbourhood = models.CharField("wijk of buurt", max_length=120, blank=True)
    location_name = models.CharField("naam van de plek", max_length=200, blank=True)
    lat = latitude_field()
    lon = longitude_field()

    themes = models.ManyToManyField(
        Theme, verbose_name="thema's", related_name="practices", blank=True
    )
    target_groups = models.ManyToManyField(
        TargetGroup, verbose_name="doelgroepen", related_name="practices", blank=True
    )
    barriers = models.ManyToManyField(
        Barrier, verbose_name="knelpunten", related_name="practices", blank=True
    )
    instruments = models.ManyToManyField(
        Instrument, verbose_name="instrumenten", related_name="practices", blank=True
    )
    recommendations = models.ManyToManyField(
        Recommendation, verbose_name="aanbevelingen", related_name="practices", blank=True
    )
    steps = models.ManyToManyField(
        ParticipationStep, verbose_name="treden", related_name="practices", blank=True
    )
    step_from = models.ForeignKey(
        ParticipationStep,
        verbose_name="van trede",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    step_to = models.ForeignKey(
        ParticipationStep,
        verbose_name="naar trede",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    reported_phase = models.CharField(
        "fase",
        max_length=20,
        choices=Phase,
        default=Phase.UNKNOWN,
        help_text="Zoals het laatst gemeld is. Een begin- of einddatum gaat voor.",
    )
    phase_note = models.TextField("toelichting fase", blank=True)
    started_on = models.DateField("begonnen op", null=True, blank=True)
    ended_on = models.DateField("gestopt op", null=True, blank=True)

    evidence_level = models.PositiveSmallIntegerField(
        "bewijsniveau", choices=Evidence, default=Evidence.MENTIONED
    )
    evidence_note = models.TextField("toelichting bewijs", blank=True)
    assessed_by = models.CharField("bewijs beoordeeld door", max_length=200, blank=True)
    assessed_on = models.DateField("bewijs beoordeeld op", null=True, blank=True)

    state = models.CharField("stand", max_length=20, choices=State, default=State.CONCEPT)
    owner = models.ForeignKey(
        Municipality,
        verbose_name="eigenaar",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="owned_practices",
        help_text="De gemeente die deze beschrijving bijhoudt.",
    )
    review_months = models.PositiveSmallIntegerField(
        "controleren", choices=ReviewTerm, default=ReviewTerm.YEAR
    )
    described_on = models.DateField(
        "peildatum van de beschrijving",
        null=True,
        blank=True,
        help_text="De dag waarvoor de tekst geldt, bijvoorbeeld de datum van de bron.",
    )
    confirmed_on = models.DateField("inhoud bevestigd op", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="bevestigd door",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    published_on = models.DateField("gepubliceerd op", null=True, blank=True, editable=False)
    successor = models.ForeignKey(
        "self",
        verbose_name="opgegaan in",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="predecessors",
        help_text=(
            "Alleen als je deze praktijk archiveert of verwijdert omdat een andere haar vervangt. "
            "Wie het adres van deze praktijk heeft, komt dan bij die andere."
        ),
    )
    created = models.DateTimeField("gemaakt", auto_now_add=True)
    modified = models.DateTimeField("gewijzigd", auto_now=True)

    objects = PracticeQuerySet.as_manager()

    class Meta:
        verbose_name = "praktijk"
        verbose_name_plural = "praktijken"
        ordering = ["title", "pk"]
        permissions = [("publish_practice", "publiceren en bewijs beoordelen")]
        # For the list of editors, each filter and order of it (benchmarks/indexes). Visitors are
        # served from memory (practices/snapshot.py) and ask for entries by their key.
        indexes = [
            models.Index(fields=["title", "id"], name="practice_title"),
            models.Index(fields=["state", "title"], name="practice_state_title"),
            models.Index(fields=["kind", "title"], name="practice_kind_title"),
            models.Index(fields=["evidence_level", "title"], name="practice_evidence_title"),
            models.Index(fields=["modified"], name="practice_modified"),
            # The feed, when the catalogue last changed, and what waits for an editor.
            models.Index(fields=["state", "modified"], name="practice_state_modified"),
            models.Index(known_true_on(), name="practice_known_on"),
            # The pins in a piece of the map.
            models.Index(fields=["lat", "lon"], name="practice_location"),
        ]
        constraints = [
            CheckConstraint(
                condition=LessThanOrEqual(Length("summary"), SUMMARY_LENGTH) & ~Q(summary=""),
                name="practice_summary_length",
                violation_error_message=(
                    f"Geef een samenvatting van hoogstens {SUMMARY_LENGTH} tekens."
                ),
            ),
            point_constraint("practice_location_in_range"),
            CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(started_on__isnull=True)
                | Q(ended_on__gte=F("started_on")),
                name="practice_ended_after_started",
                violation_error_message="'Gestopt op' ligt voor 'begonnen op'.",
            ),
            CheckConstraint(
                condition=Q(evidence_level__lt=LOWEST_ASSESSED_LEVEL)
                | (Q(assessed_on__isnull=False) & ~Q(assessed_by="")),
                name="practice_assessment_for_high_evidence",
                violation_error_message=(
                    "Dit bewijsniveau vraagt om een beoordeling van buiten: "
                    "vul in door wie en wanneer."
                ),
            ),
            CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("pk")),
                name="practice_successor_is_another",
                violation_error_message="Een praktijk kan niet in zichzelf opgaan.",
            ),
            CheckConstraint(
                condition=~Q(state=State.PUBLISHED) | Q(published_on__isnull=False),
                name="practice_published_has_date",
            ),
            known("kind", Kind),
            known("scope", Scope),
            known("cost_class", CostClass),
            known("reported_phase", Phase),
            known("evidence_level", Evidence),
            known("state", State),
            known("review_months", ReviewTerm),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        fields = kwargs.get("update_fields")
        if self.state == State.PUBLISHED and self.published_on is None:
            self.published_on = timezone.localdate()
            if fields is not None:
                kwargs["update_fields"] = {*fields, "published_on"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("practice_detail", args=[self.slug])

    def clean(self) -> None:
        require_both(self.lat, self.lon)

    def keep_old_slug(self, old: str | None) -> None:
        """A slug never dies: the old one leads to the new one, unless somebody took it."""
        if old:
            OldSlug.objects.update_or_create(slug=old, defaults={"practice": self})
        OldSlug.objects.filter(slug=self.slug).delete()
        WithdrawnSlug.objects.filter(slug=self.slug).delete()

    @property
    def is_public(self) -> bool:
        return self.state == State.PUBLISHED

    @property
    def evidence(self) -> Evidence:
        return Evidence(self.evidence_level)

    @property
    def partner_list(self) -> list[str]:
        return lines(self.partners)

    @property
    def known_since(self) -> Any:
        """The last day on which somebody vouched for the content, or None."""
        return self.confirmed_on or self.described_on


class PracticeMunicipality(models.Model):
    """A municipality that does the practice, and its part in it."""

    practice = models.ForeignKey(
        Practice,
        verbose_name="praktijk",
        on_delete=models.CASCADE,
        related_name="municipality_links",
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name="gemeente",
        on_delete=models.PROTECT,
        related_name="practice_links",
    )
    role = models.CharField(
        "rol", max_length=20, choices=MunicipalityRole, default=MunicipalityRole.CARRIES_OUT
    )

    class Meta:
        verbose_name = "uitvoerende gemeente"
        verbose_name_plural = "uitvoerende gemeenten"
        ordering = ["municipality__name"]
        constraints = [
            UniqueConstraint(
                fields=["practice", "municipality"],
                name="practice_municipality_once",
                violation_error_message="Deze gemeente staat er al bij.",
            ),
            CheckConstraint(
                condition=Q(role__in=MunicipalityRole.values),
                name="practice_municipality_role_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.get_role_display()}"
