"""What hangs on an entry: photos, contacts and what readers send in."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import CheckConstraint, Q
from django.db.models.signals import post_delete
from django.dispatch import receiver

from municipalities.models import Municipality
from practices import photo_sizes
from practices.enums import SuggestionKind, SuggestionState
from practices.models.practice import SUMMARY_LENGTH, Practice
from practices.photo_sizes import Focus, Size


class Photo(models.Model):
    """Uploaded files are re-encoded before they are stored (practices/photos.py).

    Saving also stores the narrower sizes and the cut for a card (practices/photo_sizes.py);
    what a photo leaves behind goes when the transaction is over. Without `width` the sizes
    were never made (`manage.py make_photo_sizes`).
    """

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
    # In percent of the width and the height: what stays in sight when a picture is cut.
    focus_x = models.PositiveSmallIntegerField("midden, van links", default=50)
    focus_y = models.PositiveSmallIntegerField("midden, van boven", default=50)
    # Known without opening the file, so that a page keeps room for the picture.
    width = models.PositiveIntegerField("breedte", null=True, editable=False)
    height = models.PositiveIntegerField("hoogte", null=True, editable=False)

    class Meta:
        verbose_name = "foto"
        verbose_name_plural = "foto's"
        ordering = ["position", "pk"]
        constraints = [
            CheckConstraint(
                condition=~Q(alt=""),
                name="photo_has_alt",
                violation_error_message="Beschrijf wat er op de foto te zien is.",
            ),
            CheckConstraint(
                condition=Q(focus_x__lte=100) & Q(focus_y__lte=100),
                name="photo_focus_in_percent",
                violation_error_message="Kies een punt binnen de foto: 0 tot en met 100.",
            ),
        ]

    def __str__(self) -> str:
        return self.alt

    _stored: frozenset[str] = frozenset()

    def save(self, *args: Any, **kwargs: Any) -> None:
        is_new = not self.image._committed  # type: ignore[attr-defined]
        if is_new:
            self.width, self.height = self.image.width, self.image.height
            if (fields := kwargs.get("update_fields")) is not None:
                kwargs["update_fields"] = {*fields, "width", "height"}
        super().save(*args, **kwargs)
        files = frozenset(self.files())
        if is_new or (self.width and files != self._stored):
            photo_sizes.store(self.image.storage, str(self.image.name), self.focus)
        self._remove_later(self._stored - files)
        self._stored = files

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Photo:
        photo = super().from_db(*args, **kwargs)
        if not photo.get_deferred_fields():
            photo._stored = frozenset(photo.files())
        return photo

    def _remove_later(self, names: Iterable[str]) -> None:
        """After the transaction: one that is undone still needs them."""
        if names := frozenset(names):
            remove = partial(photo_sizes.remove, self.image.storage, names)
            transaction.on_commit(remove, robust=True)

    @property
    def focus(self) -> Focus:
        return Focus(self.focus_x, self.focus_y)

    @property
    def sizes(self) -> list[Size]:
        """The whole photo, narrow to wide."""
        if not self.width or not self.height:
            return []
        return photo_sizes.whole_sizes(str(self.image.name), self.width, self.height)

    @property
    def card_sizes(self) -> list[Size]:
        if not self.width or not self.height:
            return []
        name = str(self.image.name)
        return photo_sizes.card_sizes(name, self.width, self.height, self.focus)

    def files(self) -> list[str]:
        """The photo itself first."""
        names = [self.image.name, *(size.name for size in (*self.sizes, *self.card_sizes))]
        return list(dict.fromkeys(name for name in names if name))

    @property
    def srcset(self) -> str:
        return self._srcset(self.sizes)

    @property
    def card_srcset(self) -> str:
        return self._srcset(self.card_sizes)

    def _srcset(self, sizes: list[Size]) -> str:
        url = self.image.storage.url
        return ", ".join(f"{url(size.name)} {size.width}w" for size in sizes)

    @property
    def card_url(self) -> str:
        """The widest cut, for a browser that knows no srcset."""
        return self.image.storage.url(self.card_sizes[-1].name)


@receiver(post_delete, sender=Photo, dispatch_uid="photo.files")
def _remove_files(instance: Photo, **kwargs: Any) -> None:
    """By a signal: a photo that goes with its entry is deleted without its own `delete()`."""
    instance._remove_later(instance.files())


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
        indexes = [models.Index(fields=["organisation", "id"], name="contact_organisation")]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.role})" if self.role else self.organisation


class Suggestion(models.Model):
    """A correction or a new practice proposed by a reader; an editor decides.

    Editors see it once the sender confirmed the address. A new practice comes in the fields
    of an entry, so that whoever accepts it retypes nothing; `accepted_as` is what it became.
    """

    kind = models.CharField("soort", max_length=20, choices=SuggestionKind)
    practice = models.ForeignKey(
        Practice,
        verbose_name="praktijk",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="suggestions",
    )
    text = models.TextField("voorstel", blank=True)
    title = models.CharField("titel", max_length=120, blank=True)
    municipality = models.ForeignKey(
        Municipality,
        verbose_name="gemeente",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    summary = models.CharField("samenvatting", max_length=SUMMARY_LENGTH, blank=True)
    approach = models.TextField("aanpak", blank=True)
    results = models.TextField("resultaten", blank=True)
    source_url = models.URLField("waar staat er meer", max_length=500, blank=True)
    sender_name = models.CharField("naam", max_length=120, blank=True)
    sender_email = models.EmailField("e-mailadres", blank=True)
    state = models.CharField(
        "stand", max_length=20, choices=SuggestionState, default=SuggestionState.NEW
    )
    answer = models.TextField("antwoord van de redactie", blank=True)
    created = models.DateTimeField("ontvangen", auto_now_add=True)
    confirmed_at = models.DateTimeField("bevestigd door de afzender op", null=True, blank=True)
    handled_at = models.DateTimeField("afgehandeld op", null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="afgehandeld door",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    accepted_as = models.ForeignKey(
        Practice,
        verbose_name="overgenomen als",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = "voorstel"
        verbose_name_plural = "voorstellen"
        ordering = ["-created", "-pk"]
        indexes = [
            # What waits first: PostgreSQL puts those without a moment before the latest.
            models.Index(fields=["-handled_at", "-created"], name="suggestion_waiting"),
            models.Index(fields=["state", "-created"], name="suggestion_state"),
        ]
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
            CheckConstraint(
                condition=~Q(text="") | ~Q(summary=""),
                name="suggestion_says_something",
                violation_error_message="Schrijf op wat je voorstelt.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {(self.title or self.text)[:60]}"
