"""How practices hang together and who took them over."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.db.models.functions import Greatest, Least

from municipalities.models import Municipality
from practices.enums import AdoptionState, RelationKind
from practices.models.practice import Practice

CIRCLE = "Zo zou er een kring ontstaan: de praktijken wijzen dan naar elkaar."


class Relation(models.Model):
    """A typed link between two practices, stored once and read from both sides."""

    from_practice = models.ForeignKey(
        Practice, verbose_name="praktijk", on_delete=models.CASCADE, related_name="relations_out"
    )
    kind = models.CharField("verband", max_length=20, choices=RelationKind)
    to_practice = models.ForeignKey(
        Practice,
        verbose_name="andere praktijk",
        on_delete=models.CASCADE,
        related_name="relations_in",
    )
    note = models.CharField("toelichting", max_length=300, blank=True)

    class Meta:
        verbose_name = "verband"
        verbose_name_plural = "verbanden"
        ordering = ["kind", "pk"]
        constraints = [
            UniqueConstraint(
                Least("from_practice", "to_practice"),
                Greatest("from_practice", "to_practice"),
                "kind",
                name="relation_once_whichever_way",
                violation_error_message="Dit verband bestaat al (misschien andersom).",
            ),
            CheckConstraint(
                condition=~Q(from_practice=F("to_practice")),
                name="relation_not_to_itself",
                violation_error_message="Een praktijk kan geen verband met zichzelf hebben.",
            ),
            CheckConstraint(condition=Q(kind__in=RelationKind.values), name="relation_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.from_practice} {self.get_kind_display()} {self.to_practice}"

    def clean(self) -> None:
        # Of an incomplete relation the form already tells what is missing; one with itself
        # is for the constraint.
        ends = {self.from_practice_id, self.to_practice_id} - {None}
        if len(ends) == 2 and self.kind != RelationKind.RELATED and self._closes_a_circle():
            raise ValidationError({"to_practice": CIRCLE})

    def _closes_a_circle(self) -> bool:
        """Walks the existing relations of this kind; one query for each step away."""
        others = Relation.objects.filter(kind=self.kind).exclude(pk=self.pk)
        frontier, seen = {self.to_practice_id}, set[int]()
        while frontier and self.from_practice_id not in frontier:
            seen |= frontier
            further = others.filter(from_practice__in=frontier)
            frontier = set(further.values_list("to_practice", flat=True)) - seen
        return bool(frontier)


class Adoption(models.Model):
    """A municipality that took over somebody else's practice, and how that went."""

    practice = models.ForeignKey(
        Practice, verbose_name="praktijk", on_delete=models.CASCADE, related_name="adoptions"
    )
    municipality = models.ForeignKey(
        Municipality, verbose_name="gemeente", on_delete=models.PROTECT, related_name="adoptions"
    )
    state = models.CharField("stand", max_length=20, choices=AdoptionState)
    since = models.DateField("sinds", null=True, blank=True)
    changes = models.TextField("wat is er aangepast", blank=True)
    reason_stopped = models.TextField("waarom gestopt", blank=True)

    class Meta:
        verbose_name = "overname"
        verbose_name_plural = "overnames"
        ordering = ["municipality__name", "pk"]
        constraints = [
            UniqueConstraint(
                fields=["practice", "municipality"],
                name="adoption_once",
                violation_error_message="Deze gemeente staat er al bij.",
            ),
            CheckConstraint(
                condition=~Q(state=AdoptionState.STOPPED) | ~Q(reason_stopped=""),
                name="adoption_stopped_needs_reason",
                violation_error_message="Vul in waarom de gemeente is gestopt.",
            ),
            CheckConstraint(
                condition=Q(state__in=AdoptionState.values), name="adoption_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.get_state_display()}"
