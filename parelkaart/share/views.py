from __future__ import annotations

from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_safe

from parelkaart.share.pictures import Words, palette, picture
from practices.cards import place_label
from practices.models import Practice
from practices.old_addresses import by_old_slug

KEPT = 24 * 60 * 60  # seconds; a changed title may be that late in somebody's timeline


def _words(slug: str) -> Words:
    practices = Practice.objects.published().prefetch_related("municipalities", "regions")
    practice = practices.filter(slug=slug).first() or by_old_slug(slug)
    return Words(
        settings.SITE_NAME,
        practice.title,
        place_label(practice),
        f"Bewijs: {practice.evidence.label.lower()}",
    )


@require_safe
def practice_picture(request: HttpRequest, slug: str) -> HttpResponse:
    return _answer(request, _words(slug))


@require_safe
def site_picture(request: HttpRequest) -> HttpResponse:
    title = f"Wat werkt er in andere gemeenten in {settings.SITE_REGION}?"
    return _answer(request, Words(settings.SITE_NAME, title))


def _answer(request: HttpRequest, words: Words) -> HttpResponse:
    """Draws only when the visitor does not have these words already."""
    mark = sha256("\0".join((*words, *palette().values())).encode()).hexdigest()[:32]

    @condition(etag_func=lambda _request: f'"{mark}"')
    def drawn(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(picture(words), content_type="image/png")

    response = drawn(request)
    patch_cache_control(response, public=True, max_age=KEPT)
    return response


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """Name, icon and colours for who puts the site on the home screen of a phone."""
    colour = palette()
    body = {
        "name": settings.SITE_NAME,
        "short_name": settings.SITE_NAME.split()[0],
        "lang": "nl",
        "start_url": reverse("home"),
        "display": "browser",
        "background_color": colour["page"],
        "theme_color": colour["header"],
        "icons": [
            {
                "src": static(f"parelkaart/icon-{size}.png"),
                "sizes": f"{size}x{size}",
                "type": "image/png",
            }
            for size in (192, 512)
        ],
    }
    return JsonResponse(
        body,
        content_type="application/manifest+json",
        headers={"Cache-Control": f"public, max-age={KEPT}"},
    )
