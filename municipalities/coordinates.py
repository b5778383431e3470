"""Points on the map: WGS84 degrees, latitude and longitude in two columns (docs/adr/0003)."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import CheckConstraint, Q

# Wide enough for every Dutch municipality, narrow enough that swapped coordinates
# and RD metres fall outside.
LATITUDE_RANGE = (50.5, 53.8)
LONGITUDE_RANGE = (3.0, 7.5)
OUTSIDE = "Dit punt ligt niet in Nederland. Breedte is 50 tot 54, lengte 3 tot 8 graden."


def _degrees(label: str, bounds: tuple[float, float], help_text: str) -> models.DecimalField:
    return models.DecimalField(
        label,
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        help_text=help_text,
        validators=[MinValueValidator(bounds[0], OUTSIDE), MaxValueValidator(bounds[1], OUTSIDE)],
    )


def latitude_field() -> models.DecimalField:
    return _degrees("breedtegraad", LATITUDE_RANGE, "Bijvoorbeeld 50,88365.")


def longitude_field() -> models.DecimalField:
    return _degrees("lengtegraad", LONGITUDE_RANGE, "Bijvoorbeeld 5,98154.")


def point_constraint(name: str) -> CheckConstraint:
    """Both coordinates in range, or neither given."""
    inside = Q(lat__range=LATITUDE_RANGE) & Q(lon__range=LONGITUDE_RANGE)
    return CheckConstraint(
        condition=Q(lat__isnull=True, lon__isnull=True)
        | (Q(lat__isnull=False, lon__isnull=False) & inside),
        name=name,
        violation_error_message=OUTSIDE,
    )


def require_both(lat: object, lon: object) -> None:
    """Raise a readable error when only one of the two coordinates is filled in."""
    if (lat is None) != (lon is None):
        raise ValidationError(
            {"lat" if lat is None else "lon": "Vul breedte én lengte in, of laat beide leeg."}
        )
