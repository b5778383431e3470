"""Chromium for the browser tests: where it is, how it starts, what a page did wrong."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, ConsoleMessage, Page, Route

NAMES = ("chromium", "chromium-browser", "google-chrome")
# Chromium's own sandbox cannot start as root. The others keep it from calling home, and
# from finding out slowly that it cannot.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ONE_PIXEL_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  window.reportViolation(`${event.violatedDirective} blocked ${event.blockedURI || "inline"}`));
"""


@cache
def executable() -> str | None:
    chosen = os.environ.get("CHROMIUM")
    if chosen:
        return shutil.which(chosen)
    return next(filter(None, map(shutil.which, NAMES)), None)


@cache
def version() -> str:
    """For the summary, for example "Chromium 156.0.8078.79"."""
    path = executable()
    if path is None:
        return ""
    told = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
    return " ".join(told.stdout.split()[:2])


@dataclass
class PageLog:
    """What happened behind a page: a test may look, and the fixture does at the end.

    `tiles` and `outside` are the addresses on other hosts that the page asked for. Nothing
    leaves the machine: tiles are answered with one pixel, everything else is refused.
    `complaints` must be empty when the test ends; a test that provokes one removes it.
    """

    tiles: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def read(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            where = message.location.get("url", "")
            self.complaints.append(f"console {message.type}: {message.text} ({where})")

    def answer(self, route: Route) -> None:
        """Of what is not on the site itself."""
        url = route.request.url
        if is_tile(url):
            self.tiles.append(url)
            route.fulfill(body=ONE_PIXEL_PNG, content_type="image/png")
        else:
            self.outside.append(url)
            self.complaints.append(f"asked another host: {url}")
            route.abort()


def is_tile(url: str) -> bool:
    base = settings.MAP_TILES_URL.split("{", maxsplit=1)[0]
    return bool(base) and url.startswith(base)


@contextmanager
def opened(browser: Browser, base_url: str, **options: Any) -> Iterator[tuple[Page, PageLog]]:
    """A page in a context of its own, with a log of what goes wrong on it."""
    log = PageLog()
    options = {"viewport": {"width": 1280, "height": 900}} | options
    context = browser.new_context(
        base_url=base_url,
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
        reduced_motion="reduce",
        service_workers="block",
        **options,
    )
    context.set_default_timeout(10_000)
    # By pattern: a function would be asked here about each file of the site itself.
    context.route(re.compile(rf"^(?!{re.escape(base_url)}/|data:|blob:)"), log.answer)
    context.expose_binding(
        "reportViolation", lambda _source, text: log.complaints.append(f"CSP: {text}")
    )
    context.add_init_script(REPORT_VIOLATIONS)
    page = context.new_page()
    page.on("console", log.read)
    page.on("pageerror", lambda error: log.complaints.append(f"script: {error}"))
    try:
        yield page, log
    finally:
        context.close()


@dataclass(frozen=True)
class AxeReport:
    """`rule: targets` for each; incomplete is what axe could not decide."""

    violations: list[str]
    incomplete: list[str]


def axe(page: Page, context: str | None = None) -> AxeReport:
    # Until the style sheet is there, every link is too small.
    page.wait_for_load_state("load")
    options = {
        "runOnly": {"type": "tag", "values": AXE_TAGS},
        "resultTypes": ["violations", "incomplete"],
        # It would copy imported style sheets into the page, which our policy refuses; only a
        # rule that is off by itself (css-orientation-lock) reads them.
        "preload": False,
    }
    response = Axe().run(page, context=context, options=options).response
    return AxeReport(_lines(response["violations"]), _lines(response["incomplete"]))


def _lines(results: list[dict[str, Any]]) -> list[str]:
    return sorted(
        f"{result['id']}: {' '.join(map(str, node['target']))}"
        for result in results
        for node in result["nodes"]
    )
