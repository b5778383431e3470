"""What tells machines how to find their way: robots.txt and OpenSearch."""

from __future__ import annotations

from textwrap import shorten

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

# Nothing to find there. Pages with `noindex` are not among these: who may not read a page
# does not see that it asks to be left out.
CLOSED = ("admin:index", "account_login", "suggestions")
# As the standard limits them.
SHORT_NAME, LONG_NAME = 16, 48


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {reverse(name)}" for name in CLOSED),
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    text = "".join(f"{line}\n" for line in lines)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
def open_search(request: HttpRequest) -> HttpResponse:
    """The search box of a browser asks this site (OpenSearch 1.1)."""
    name = settings.SITE_NAME
    context = {
        "short_name": shorten(name, SHORT_NAME, placeholder="") or name[:SHORT_NAME],
        "long_name": name[:LONG_NAME],
        "list_url": request.build_absolute_uri(reverse("practice_list")),
        "feed_url": request.build_absolute_uri(reverse("practice_feed")),
        "self_url": request.build_absolute_uri(request.path),
    }
    kind = "application/opensearchdescription+xml"
    return render(request, "opensearch.xml", context, content_type=f"{kind}; charset=utf-8")
