"""Headers of every answer, also where other middleware gives it or refuses the request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

# The site asks for one of these, "In mijn buurt" on the map, so no script can use the others.
PERMISSIONS_POLICY = "camera=(), geolocation=(self), microphone=(), payment=(), usb=()"
# As Django sets them too, except on what it refuses before it gets that far (an unknown host).
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}

View = Callable[[HttpRequest], HttpResponseBase]


def protective_headers(get_response: View) -> View:
    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response["Permissions-Policy"] = PERMISSIONS_POLICY
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        return response

    return middleware
