"""Addresses that go on working when a thing gets another name in them."""

from __future__ import annotations

from typing import Any, Self

from django.db import models


class RemembersSlug(models.Model):
    """Calls `keep_old_slug` with the slug of before when another one was saved.

    Not after `update()` or `bulk_create()`: these pass over `save()`.
    """

    class Meta:
        abstract = True

    _loaded_slug: str | None = None

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        fields = kwargs.get("update_fields")
        slug = self.__dict__.get("slug")
        if (fields is None or "slug" in fields) and self._loaded_slug != slug:
            self.keep_old_slug(self._loaded_slug)
            self._loaded_slug = slug

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        instance = super().from_db(*args, **kwargs)
        # Deferred fields must stay deferred: reading one here would cost a query a row.
        instance._loaded_slug = instance.__dict__.get("slug")
        return instance

    def keep_old_slug(self, old: str | None) -> None:
        """`old` is None for what is new. Nobody else's old slug may be the present one."""
        raise NotImplementedError


class OldSlug(models.Model):
    """An address that a practice had before; it redirects for ever."""

    slug = models.SlugField("oude naam in het adres", max_length=120, unique=True)
    practice = models.ForeignKey(
        "practices.Practice",
        verbose_name="praktijk",
        on_delete=models.CASCADE,
        related_name="old_slugs",
    )

    class Meta:
        verbose_name = "oud adres"
        verbose_name_plural = "oude adressen"
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug


class WithdrawnSlug(models.Model):
    """An address of a practice that was public and is deleted: it is gone, not unknown."""

    slug = models.SlugField("naam in het adres", max_length=120, unique=True)
    at = models.DateTimeField("verwijderd op", auto_now_add=True)

    class Meta:
        verbose_name = "vervallen adres"
        verbose_name_plural = "vervallen adressen"
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug
