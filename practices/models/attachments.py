"""What hangs on an entry: photos, contacts and what readers send in."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, Q

from practices.enums import SuggestionKind, SuggestionState
from practices.models.practice import Practice


class Photo(models.Model):
    """Uploaded files are re-encoded before they are stored (practices/photos.py)."""

    practice = models.ForeignKey(
        Practice, verbose_name="praktijk", on_delete=models.CASCADE, related_name="photos"
    )
    image = models.ImageField("foto", upload_to="praktijken/")
    alt = models.CharField(
        "beschrijving", max_length=250, help_text="Wat is er te zien? Voor wie de foto niet ziet."
    )
    maker = models.CharField("maker", max_length=120)
    licence = models.CharField("licentie", max_length=120)
    position = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "foto"
        verbose_name_plural = "foto's"
        ordering = ["position", "pk"]
        constraints = [
            CheckConstraint(
                condition=~Q(alt=""),
                name="photo_has_alt",
                violation_error_message="Beschrijf wat er op de foto te zien is.",
            )
        ]

    def __str__(self) -> str:
        return self.alt


class Contact(models.Model):
    """Whom to ask: a role and a functional mailbox. Shown on the page, never exported."""

    practice = models.ForeignKey(
        Practice, verbose_name="praktijk", on_delete=models.CASCADE, related_name="contacts"
    )
    organisation = models.CharField("organisatie", max_length=120)
    role = models.CharField("functie", max_length=120, blank=True)
    mailbox = models.EmailField(
        "algemeen e-mailadres", help_text="Een adres van een team, niet van een persoon."
    )

    class Meta:
        verbose_name = "contact"
        verbose_name_plural = "contacten"
        ordering = ["organisation", "pk"]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.role})" if self.role else self.organisation


class Suggestion(models.Model):
    """A correction or a new practice proposed by a reader; an editor decides."""

    kind = models.CharField("soort", max_length=20, choices=SuggestionKind)
    practice = models.ForeignKey(
        Practice,
        verbose_name="praktijk",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="suggestions",
    )
    text = models.TextField("voorstel")
    sender_name = models.CharField("naam", max_length=120, blank=True)
    sender_email = models.EmailField("e-mailadres", blank=True)
    state = models.CharField(
        "stand", max_length=20, choices=SuggestionState, default=SuggestionState.NEW
    )
    answer = models.TextField("antwoord van de redactie", blank=True)
    created = models.DateTimeField("ontvangen", auto_now_add=True)

    class Meta:
        verbose_name = "voorstel"
        verbose_name_plural = "voorstellen"
        ordering = ["-created", "-pk"]
        constraints = [
            CheckConstraint(
                condition=~Q(kind=SuggestionKind.CORRECTION) | Q(practice__isnull=False),
                name="suggestion_correction_names_practice",
                violation_error_message="Kies de praktijk waar de verbetering over gaat.",
            ),
            CheckConstraint(
                condition=Q(kind__in=SuggestionKind.values) & Q(state__in=SuggestionState.values),
                name="suggestion_kind_and_state_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:60]}"
