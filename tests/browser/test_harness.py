"""The browser fixtures notice what they promise to notice."""

import pytest

pytestmark = pytest.mark.browser

HEALTH = "/_healthz/livez/"


def test_page_is_served_by_this_site(page):
    response = page.goto(HEALTH)

    assert (response.status, response.json()) == (200, {"status": "ok"})


def test_request_to_another_host_is_refused_and_noted(page, page_log):
    page.goto(HEALTH)

    page.evaluate("fetch('https://example.org/pixel', {mode: 'no-cors'}).catch(() => null)")
    page.wait_for_timeout(200)

    told = " ".join(page_log.complaints)
    page_log.complaints.clear()
    assert "connect-src" in told or "https://example.org/pixel" in told


def test_map_tile_is_answered_without_leaving_the_machine(page, page_log, settings):
    page.goto(HEALTH)
    tile = settings.MAP_TILES_URL.format(z=9, x=262, y=171)

    size = page.evaluate(
        """url => new Promise((resolve) => {
            const image = new Image();
            image.onload = () => resolve(image.naturalWidth);
            image.onerror = () => resolve(0);
            image.src = url;
        })""",
        tile,
    )

    assert (size, page_log.tiles) == (1, [tile])


def test_violation_of_the_content_security_policy_is_noted(page, page_log):
    page.goto(HEALTH)

    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.wait_for_timeout(200)

    told = [complaint for complaint in page_log.complaints if complaint.startswith("CSP:")]
    page_log.complaints.clear()
    assert told == ["CSP: style-src-attr blocked inline"]


def test_axe_sees_a_picture_without_a_text(page, axe):
    page.goto(HEALTH)
    page.evaluate("document.body.append(document.createElement('img'))")

    assert "image-alt: img" in axe(page).violations
