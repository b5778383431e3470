"""What keeps the catalogue true: what is read, what was asked of owners, which links work."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from practices.enums import LinkState, ReminderAnswer
from practices.models.practice import Practice


class ViewCount(models.Model):
    """How often a page was read in a month; nothing is kept about who read it."""

    practice = models.ForeignKey(
        Practice, verbose_name="praktijk", on_delete=models.CASCADE, related_name="view_counts"
    )
    month = models.DateField("maand", help_text="De eerste dag van de maand.")
    count = models.PositiveIntegerField("keer gelezen", default=0)

    class Meta:
        verbose_name = "aantal lezers"
        verbose_name_plural = "aantallen lezers"
        ordering = ["-month", "pk"]
        constraints = [
            UniqueConstraint(fields=["practice", "month"], name="view_count_once_a_month")
        ]

    def __str__(self) -> str:
        return f"{self.practice}: {self.count}"


class Digest(models.Model):
    """One mail that asked somebody to look at entries again."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="ontvanger",
        null=True,
        on_delete=models.SET_NULL,
        related_name="digests",
    )
    sent_at = models.DateTimeField("verstuurd op")

    class Meta:
        verbose_name = "herinneringsmail"
        verbose_name_plural = "herinneringsmails"
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.sent_at:%d-%m-%Y}"


class Reminder(models.Model):
    """An entry in such a mail, and what came of it.

    `escalated`: the owner did not answer, so the eindredactie was asked.
    """

    digest = models.ForeignKey(
        Digest, verbose_name="mail", on_delete=models.CASCADE, related_name="reminders"
    )
    practice = models.ForeignKey(
        Practice, verbose_name="praktijk", on_delete=models.CASCADE, related_name="reminders"
    )
    escalated = models.BooleanField("aan de eindredactie", default=False)
    answer = models.CharField("antwoord", max_length=20, choices=ReminderAnswer, blank=True)
    answered_at = models.DateTimeField("beantwoord op", null=True, blank=True)

    class Meta:
        verbose_name = "herinnering"
        verbose_name_plural = "herinneringen"
        ordering = ["-pk"]
        constraints = [
            UniqueConstraint(fields=["digest", "practice"], name="reminder_once_a_mail"),
            CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="reminder_answer_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return str(self.practice)


class DigestPreference(models.Model):
    """Whether somebody wants the reminders; mail about the account itself always comes."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name="gebruiker",
        on_delete=models.CASCADE,
        related_name="digest_preference",
    )
    wants_digests = models.BooleanField("wil herinneringen", default=True)

    class Meta:
        verbose_name = "voorkeur voor herinneringen"
        verbose_name_plural = "voorkeuren voor herinneringen"

    def __str__(self) -> str:
        return str(self.user)


class LinkCheck(models.Model):
    """What came of the last visit to an address that the catalogue refers to.

    Tied to the address, not to who names it: several entries may share a source.
    """

    url = models.URLField("adres", max_length=500, unique=True)
    state = models.CharField(
        "stand", max_length=20, choices=LinkState, default=LinkState.NOT_CHECKED
    )
    reason = models.CharField("uitleg", max_length=250, blank=True)
    failures = models.PositiveSmallIntegerField("keer achter elkaar mislukt", default=0)
    first_failed_at = models.DateTimeField("voor het eerst mislukt op", null=True, blank=True)
    checked_at = models.DateTimeField("bekeken op", null=True, blank=True)

    class Meta:
        verbose_name = "controle van een link"
        verbose_name_plural = "controles van links"
        ordering = ["url"]
        indexes = [models.Index(fields=["state", "url"], name="link_check_state_url")]
        constraints = [
            CheckConstraint(condition=Q(state__in=LinkState.values), name="link_check_state_known")
        ]

    def __str__(self) -> str:
        return self.url
