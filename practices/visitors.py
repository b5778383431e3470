"""Where a request comes from, for what is counted; nothing keeps the address itself."""

from __future__ import annotations

import ipaddress

from allauth.account.adapter import get_adapter
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest

IPV6_PREFIX = 64  # one subscriber
UNKNOWN = "unknown"


def address(request: HttpRequest) -> str:
    """As signing in derives it (NUM_PROXIES); who hides it shares one count."""
    try:
        found = get_adapter().get_client_ip(request)
    except (ImproperlyConfigured, PermissionDenied):
        return UNKNOWN
    parsed = ipaddress.ip_address(found)
    if parsed.version == 6:
        return str(ipaddress.ip_network((parsed, IPV6_PREFIX), strict=False))
    return str(parsed)
