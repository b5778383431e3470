"""The rows of photos: what is uploaded, and the point that stays in sight when it is cut."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminFileWidget
from django.db.models import ImageField

from municipalities.versioned import VersionedForm
from practices.photos import MAX_BYTES, reencode

ACCEPTED = "image/jpeg,image/png,image/webp"
IMAGE_HELP = (
    f"JPEG, PNG of WebP, hoogstens {MAX_BYTES // 1024 // 1024} MB en 40 megapixel. Plaats, tijd en "
    "camera halen we uit het bestand. Staan er mensen op? Vraag dan eerst of het mag."
)
FOCUS_HELP = {
    "focus_x": "Van 0 (links) tot 100 (rechts).",
    "focus_y": "Van 0 (boven) tot 100 (onder). Op een kaartje valt een rand van de foto weg.",
}


LICENCE_HELP = "Wat mag een ander met de foto? Bijvoorbeeld: CC BY 4.0."


class PhotoField(forms.FileField):
    """Gives the picture written anew, or says in our words what is wrong with the file.

    Not Django's own ImageField: it decodes the file first, with limits and words of its own.
    """

    def to_python(self, data: Any) -> Any:
        uploaded = super().to_python(data)
        return reencode(uploaded) if uploaded else uploaded


class PhotoWidget(AdminFileWidget):
    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": ACCEPTED, **(attrs or {})})


PHOTO_FIELDS = {ImageField: {"form_class": PhotoField, "widget": PhotoWidget}}


class PhotoForm(VersionedForm):
    class Media:
        css = {"all": ["practices/focus_picker.css"]}
        js = ["practices/focus_picker.js"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if image := self.fields.get("image"):
            image.help_text = IMAGE_HELP
        if licence := self.fields.get("licence"):
            licence.help_text = LICENCE_HELP
        for name, help_text in FOCUS_HELP.items():
            if field := self.fields.get(name):
                field.help_text = help_text
                field.widget.attrs |= {"min": 0, "max": 100, "data-focus": name[-1]}
