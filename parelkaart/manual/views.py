from __future__ import annotations

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from parelkaart.manual.text import PICTURES, manual


@require_safe
def manual_page(request: HttpRequest) -> HttpResponse:
    made = manual()
    context = {**admin.site.each_context(request), "title": made.title, "manual": made}
    return TemplateResponse(request, "admin/manual.html", context)


@require_safe
def manual_picture(request: HttpRequest, name: str) -> HttpResponse:
    """The route takes a slug, so a name has no way out of the folder."""
    path = PICTURES / f"{name}.png"
    if not path.is_file():
        raise Http404
    return HttpResponse(path.read_bytes(), content_type="image/png")
