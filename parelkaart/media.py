"""Uploaded photos, for installations without a web server in front that serves them.

A reverse proxy may take MEDIA_URL over (docs/operations.md); then nothing comes here.
Every photo is a JPEG that this site wrote itself (practices/photos.py), and its name is
never used again, so a browser may keep it.
"""

from __future__ import annotations

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

KEPT = "public, max-age=31536000, immutable"


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Only files below MEDIA_ROOT, and only photos: nothing that a browser would run."""
    if not path.endswith(".jpg"):
        raise Http404
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    if isinstance(response, FileResponse):
        response["Content-Type"] = "image/jpeg"
        response["Cache-Control"] = KEPT
    return response
