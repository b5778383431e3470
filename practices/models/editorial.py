"""What the editors decided about an entry, and why."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from practices.enums import AdoptionState, State, VersionAction
from practices.models.network import Adoption
from practices.models.practice import Practice


class Decision(models.Model):
    """`by_name` stays when the account goes: it is part of what happened."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="door",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    by_name = models.CharField("naam", max_length=310, blank=True)
    reason = models.TextField("reden", blank=True)
    at = models.DateTimeField("op", auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ["-at", "-pk"]


class StateChange(Decision):
    practice = models.ForeignKey(
        Practice, verbose_name="praktijk", on_delete=models.CASCADE, related_name="state_changes"
    )
    from_state = models.CharField("van", max_length=20, choices=State)
    to_state = models.CharField("naar", max_length=20, choices=State)

    class Meta(Decision.Meta):
        verbose_name = "verandering van stand"
        verbose_name_plural = "veranderingen van stand"

    def __str__(self) -> str:
        return f"{self.get_from_state_display()} → {self.get_to_state_display()}"


class AdoptionStep(Decision):
    """A line of the log of an adoption: how it stood, what was changed, and why (`reason`)."""

    adoption = models.ForeignKey(
        Adoption, verbose_name="overname", on_delete=models.CASCADE, related_name="steps"
    )
    state = models.CharField("stand", max_length=20, choices=AdoptionState)
    since = models.DateField("sinds", null=True, blank=True)
    changes = models.TextField("wat is er aangepast", blank=True)

    class Meta(Decision.Meta):
        verbose_name = "stap in een overname"
        verbose_name_plural = "stappen in overnames"

    def __str__(self) -> str:
        return f"{self.adoption.municipality}: {self.get_state_display()}"


class PrivacyOverride(Decision):
    """Somebody let stand what looks like data about a person.

    `marks` recognise what was accepted, without repeating it (editorial/privacy.py).
    """

    practice = models.ForeignKey(
        Practice,
        verbose_name="praktijk",
        on_delete=models.CASCADE,
        related_name="privacy_overrides",
    )
    kinds = models.CharField("wat", max_length=300)
    marks = models.JSONField("kenmerken", default=list)

    class Meta(Decision.Meta):
        verbose_name = "uitzondering op de privacycontrole"
        verbose_name_plural = "uitzonderingen op de privacycontrole"

    def __str__(self) -> str:
        return self.kinds


class Version(Decision):
    """An object as it was after a change, with all that belongs to it (docs/adr/0014).

    Not tied to the object by a foreign key: the history outlives what it is about.
    """

    kind = models.CharField("wat", max_length=60)
    key = models.BigIntegerField("sleutel")
    title = models.CharField("naam", max_length=250)
    action = models.CharField("handeling", max_length=20, choices=VersionAction)
    content = models.JSONField("inhoud")

    class Meta(Decision.Meta):
        verbose_name = "versie"
        verbose_name_plural = "versies"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["kind", "key", "-id"], name="version_of_object"),
            models.Index(
                fields=["kind", "-id"],
                condition=models.Q(action=VersionAction.DELETED),
                name="version_deleted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.get_action_display()}"
