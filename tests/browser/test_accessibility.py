"""Every type of public page in every state: axe, narrow screens, big letters, stillness.

Twice is enough: the light colours on a desk, and the dark ones on the narrowest screen.
"""

import pytest

from tests import page_types
from tests.browser.judged import JUDGED, wrong

pytestmark = pytest.mark.browser

DESK = {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}}
# 1280 pixels at 400 %, which WCAG asks for.
NARROW = {"color_scheme": "dark", "viewport": {"width": 320, "height": 640}}
# A toggletip lies over what stands below it, of which axe then cannot tell the contrast.
UNFOLD = "document.querySelectorAll('main details:not(.tip)').forEach(el => { el.open = true; })"
TOO_WIDE = "document.documentElement.scrollWidth > window.innerWidth"
MOVING = """() => [...document.querySelectorAll("*")].filter((element) => {
    const style = getComputedStyle(element);
    return style.animationName !== "none" || style.scrollBehavior !== "auto"
      || style.transitionDuration.split(", ").some((time) => time !== "0s");
  }).map((element) => `${element.tagName}.${element.className}`)"""


class Tour:
    """Goes by the pages and remembers what was wrong with each."""

    def __init__(self, page, axe, log):
        self.page, self.axe, self.log = page, axe, log
        self.wrong, self.incomplete = {}, set()
        self.session = page.context.new_cdp_session(page)

    def visit(self, url, status=200):
        answer = self.page.goto(url)
        self.look(url, [] if answer.status == status else [f"status {answer.status}"])

    def send_empty(self, url):
        self.page.goto(url)
        self.page.locator("main form [type=submit]").first.click()
        self.page.locator("[role=alert]:focus").wait_for()
        self.look(f"{url} (sent empty)")

    def look(self, name, found=()):
        if self.page.locator("#map").count():
            self.page.locator("#map[data-ready]").wait_for()
        self.page.evaluate(UNFOLD)
        report = self.axe(self.page)
        self.incomplete |= set(report.incomplete)
        moving = [f"moves: {element}" for element in self.page.evaluate(MOVING)]
        found = [*found, *wrong(report), *moving, *self.too_wide()]
        if found:
            self.wrong[name] = found

    def too_wide(self):
        """On the narrow screen with letters of twice the size as well."""
        found = ["wide"] if self.page.evaluate(TOO_WIDE) else []
        if self.page.viewport_size["width"] == 320:
            self.letters(32)
            found += ["wide with big letters"] if self.page.evaluate(TOO_WIDE) else []
            self.letters(16)
        return found

    def letters(self, size):
        sizes = {"fontSizes": {"standard": size, "fixed": size}}
        self.session.send("Page.setFontSizes", sizes)
        told = self.page.evaluate("getComputedStyle(document.documentElement).fontSize")
        assert told == f"{size}px"


@pytest.fixture
def tour(open_page, axe, settings, transactional_db):
    """`tour(**options)`: tours, of which nothing may be wrong in the end."""
    settings.MAP_TILES_URL = ""

    def begin(**options):
        page, log = open_page(**options)
        return Tour(page, axe, log)

    return begin


def test_nothing_is_wrong_with_any_page_in_any_state(tour):
    desk = tour(**DESK)
    for url in page_types.WITHOUT_CONTENT:
        desk.visit(url)
    site = page_types.build()
    for url in [*site.pages, *page_types.NOTHING, *page_types.WRONG]:
        desk.visit(url)
    for url in page_types.FORMS:
        desk.send_empty(url)
    for url in page_types.NOT_THERE:
        desk.visit(url, status=404)
    errors = page_types.error_pages()
    desk.page.route(
        "**/fout/*", lambda route: route.fulfill(body=errors[route.request.url.rsplit("/")[-1]])
    )
    for name in errors:
        desk.visit(f"/fout/{name}")

    # The browser tells of the status; that is what those pages are for.
    desk.log.complaints = [line for line in desk.log.complaints if "status of 404" not in line]
    assert desk.wrong == {}
    # What does not occur any more need not be judged.
    assert desk.incomplete == set(JUDGED)


def test_nothing_is_wrong_in_the_dark_on_a_narrow_screen_with_big_letters(tour):
    narrow = tour(**NARROW)
    for url in page_types.build().pages:
        narrow.visit(url)
    for url in page_types.FORMS:
        narrow.send_empty(url)

    assert narrow.wrong == {}
