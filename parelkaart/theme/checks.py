"""System checks of the theme: a file that is not there, and colours that cannot be read."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as CheckWarning

from parelkaart.theme.files import found, stylesheets
from parelkaart.theme.pairs import pairs
from parelkaart.theme.stylesheets import SCHEMES

_NAME = re.compile(r"[\w-]+(/[\w.-]+)*\.css")


@register(Tags.files)
def check_theme_files(**kwargs: Any) -> list[CheckMessage]:
    return [
        Error(
            f"THEME_CSS names a style sheet that is not there: {name!r}.",
            hint="Put the file in VAR_DIR/theme/ and name it as theme/FILE.css.",
            id="parelkaart.E016",
        )
        for name in settings.THEME_CSS
        if not _NAME.fullmatch(name) or ".." in name or found(name) is None
    ]


@register()
def check_theme_contrast(**kwargs: Any) -> list[CheckMessage]:
    if not settings.THEME_CSS or check_theme_files():
        return []
    weak = [pair for scheme in SCHEMES for pair in pairs(stylesheets(), scheme)]
    return [
        CheckWarning(
            f"THEME_CSS has colours that are hard to tell apart: {pair}.",
            hint="Change the theme; /componenten/ shows which tokens are meant.",
            id="parelkaart.W016",
        )
        for pair in weak
        if not pair.is_enough
    ]
