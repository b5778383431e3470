"""The style sheets of the setting THEME_CSS: where they are and how a page links them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static

from parelkaart.theme.stylesheets import scheme_of

TOKENS = Path(__file__).resolve().parent.parent / "static" / "parelkaart" / "tokens.css"


@dataclass(frozen=True)
class ThemeLink:
    url: str
    media: str


def theme_links() -> list[ThemeLink]:
    return [ThemeLink(static(name), _media(name)) for name in settings.THEME_CSS]


def _media(name: str) -> str:
    scheme = scheme_of(name)
    return f"(prefers-color-scheme: {scheme})" if scheme else "all"


def found(name: str) -> Path | None:
    path = finders.find(name)
    return Path(path) if path else None


def stylesheets() -> list[Path]:
    """The theme and then the tokens, as a page loads them."""
    theme = [path for name in settings.THEME_CSS if (path := found(name))]
    return [*theme, TOKENS]
