"""After an upgrade that changed the sizes, or when files were restored from a backup."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from practices import photo_sizes
from practices.models import Photo
from practices.version import bump


class Command(BaseCommand):
    help = "Maakt van elke foto de formaten die er nog niet zijn."

    def handle(self, *args: Any, **options: Any) -> None:
        made, unreadable = 0, []
        for photo in Photo.objects.order_by("pk").iterator():
            try:
                made += _complete(photo)
            except (OSError, ValueError) as error:
                unreadable.append(f"{photo.image.name} ({type(error).__name__})")
        if made:
            bump()
        self.stdout.write(f"Bestanden gemaakt: {made}.")
        if unreadable:
            raise CommandError(f"Niet te lezen: {', '.join(unreadable)}.")


def _complete(photo: Photo) -> int:
    """One by one: a photo that an editor deletes meanwhile only gives an unreadable file."""
    made = photo_sizes.store(photo.image.storage, str(photo.image.name), photo.focus)
    if photo.width is None:
        with photo.image.open() as stored:
            width, height = photo_sizes.measured(stored)
        Photo.objects.filter(pk=photo.pk, image=photo.image.name).update(width=width, height=height)
    return made
