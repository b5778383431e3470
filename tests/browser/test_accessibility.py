"""What axe says of every page, in light and in dark, in every state."""

import pytest

from tests import showcase
from tests.browser.judged import JUDGED

pytestmark = pytest.mark.browser

PAGES = (
    "/",
    "/praktijken/",
    "/praktijken/?q=werkgevers&thema=werkgevers&gemeente=beekdaelen",
    "/praktijken/?thema=werkgevers&soort=methode",
    "/praktijken/?pagina=2",
    "/praktijken/werkcooperatie-schinnen/",
    "/gemeenten/",
    "/gemeenten/beekdaelen/",
    "/gemeenten/schinnen/",
    "/knelpunten/",
    "/over/",
    "/privacy/",
    "/toegankelijkheid/",
    "/praktijk-voorstellen/",
    "/voorstel-verstuurd/",
)
# In the dark only the colours differ; on these every component occurs.
COLOURFUL = (
    "/",
    "/praktijken/?q=werkgevers&thema=werkgevers&gemeente=beekdaelen",
    "/praktijken/?thema=werkgevers&soort=methode",
    "/praktijken/?pagina=2",
    "/praktijken/werkcooperatie-schinnen/",
    "/gemeenten/schinnen/",
    "/over/",
    "/praktijk-voorstellen/",
)
MISSING = "/bestaat-niet/"


def unjudged(report):
    return [line for line in report.incomplete if line.split(":")[0] not in JUDGED]


@pytest.mark.parametrize(("scheme", "pages"), [("light", PAGES), ("dark", COLOURFUL)])
def test_axe_finds_nothing_on_any_page(open_page, axe, scheme, pages, transactional_db):
    showcase.build()
    page, _ = open_page(color_scheme=scheme)
    found = {}
    for url in pages:
        assert page.goto(url).status == 200
        report = axe(page)
        if report.violations or unjudged(report):
            found[url] = report.violations + unjudged(report)

    assert found == {}


def test_axe_finds_nothing_on_a_small_screen_with_everything_unfolded(
    open_page, axe, transactional_db
):
    showcase.build()
    page, _ = open_page(viewport={"width": 360, "height": 800})
    found = {}
    for url in ("/praktijken/?thema=werkgevers", "/praktijken/werkcooperatie-schinnen/"):
        assert page.goto(url).status == 200
        page.evaluate("document.querySelectorAll('details').forEach(el => { el.open = true; })")
        report = axe(page)
        if report.violations or unjudged(report):
            found[url] = report.violations + unjudged(report)

    assert found == {}


def test_axe_finds_nothing_on_the_page_that_is_not_there(opened, axe, settings, transactional_db):
    page, log = opened
    assert page.goto(MISSING).status == 404

    report = axe(page)
    # The browser tells of the status; that is what this page is for.
    log.complaints = [line for line in log.complaints if "status of 404" not in line]
    assert (report.violations, unjudged(report)) == ([], [])
