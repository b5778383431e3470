"""What every page needs to know about the site itself."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, str]:
    return {
        "site_name": settings.SITE_NAME,
        "site_region": settings.SITE_REGION,
        "site_contact_email": settings.SITE_CONTACT_EMAIL,
    }
