"""A map under the two coordinates of an admin form.

The two text fields are the form; the map only fills them in. So everything works
without a mouse, without a script and without map tiles.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Field
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

STEP = Decimal("0.00001")
FURTHEST_DEGREE = 180


class DegreesInput(forms.TextInput):
    """Shows a decimal comma, as the help text does, whatever the browser's language is.

    A number field would silently drop the comma in a browser that is not set to Dutch.
    """

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return None if value in (None, "") else str(value).replace(".", ",")


class PointPickerInput(DegreesInput):
    """The longitude, with the map for both coordinates below it."""

    class Media:
        css = {"all": ["leaflet/leaflet.css", "municipalities/point_picker.css"]}
        js = ["leaflet/leaflet.js", "municipalities/point_picker.js"]

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        return format_html(
            '{}<div class="point-picker" data-point-picker="{}"></div>',
            super().render(name, value, attrs, renderer),
            json.dumps(picker_config(name)),
        )


class DegreesField(forms.DecimalField):
    """Takes a comma or a point, and rounds what was copied from another map."""

    def to_python(self, value: Any) -> Decimal | None:
        if isinstance(value, str):
            value = value.strip().replace(",", ".")
        degrees = super().to_python(value)
        if degrees is None or not degrees.is_finite() or abs(degrees) > FURTHEST_DEGREE:
            return degrees
        return degrees.quantize(STEP)


class PointPickerMixin:
    """For a ModelAdmin whose model has `lat` and `lon`; show them in this order."""

    def formfield_for_dbfield(
        self, db_field: Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if db_field.name == "lat":
            return db_field.formfield(form_class=DegreesField, widget=DegreesInput)
        if db_field.name == "lon":
            return db_field.formfield(form_class=DegreesField, widget=PointPickerInput)
        return super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]


def picker_config(lon_name: str) -> dict[str, Any]:
    tiles = {"url": settings.MAP_TILES_URL, "attribution": settings.MAP_TILES_ATTRIBUTION}
    return {
        "lat": f"{lon_name.removesuffix('lon')}lat",
        "lon": lon_name,
        "extent": list(settings.MAP_EXTENT),
        "tiles": tiles if settings.MAP_TILES_URL else None,
    }
