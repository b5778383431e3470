from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from parelkaart.components import samples, tokens
from parelkaart.theme.files import TOKENS
from practices.enums import Evidence

_SYMBOL = re.compile(r'<symbol id="([\w-]+)"')


def icon_names() -> list[str]:
    return _SYMBOL.findall((TOKENS.parent / "icons.svg").read_text(encoding="utf-8"))


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Each component by its real template, so that it cannot differ from the site."""
    context = {
        "colours": tokens.colour_tokens(),
        "sizes": tokens.size_tokens(),
        "pairs": tokens.pair_lines(),
        "icons": icon_names(),
        "levels": list(Evidence),
        "cards": samples.cards(),
        "finder": samples.finder(),
        "form": samples.SampleForm({"name": ""}),
        "table": samples.white_spots(),
        "bars": samples.bars(),
        "barrier": {"name": "Schulden", "count": 5, "url": "#", "definition": samples.EXPLANATION},
        **samples.municipality(),
        **samples.entry(),
    }
    response = render(request, "components/components.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response
