"""Where to report a weakness, for machines (RFC 9116)."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

# Below a year, as the standard asks, and so short that a copy that was kept soon expires.
VALID = timedelta(days=180)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """404 without somebody to write to: a file without `Contact` is worse than none."""
    contact = _contact()
    if not contact:
        raise Http404
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    fields = {
        "Contact": contact,
        "Expires": (midnight + VALID).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "Preferred-Languages": "nl, en",
        "Canonical": request.build_absolute_uri(request.path),
        "Policy": settings.SECURITY_POLICY_URL,
    }
    lines = [f"{name}: {value}\n" for name, value in fields.items() if value]
    return HttpResponse("".join(lines), content_type="text/plain; charset=utf-8")


def _contact() -> str:
    if settings.SECURITY_CONTACT:
        return str(settings.SECURITY_CONTACT)
    email = settings.SITE_CONTACT_EMAIL
    return f"mailto:{email}" if email else ""
