"""Pages of people who are signed in: without the form, which has tests of its own."""

import pytest
from django.test import Client


@pytest.fixture
def sign_in_as(live_server, settings):
    def sign_in(page, user):
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": live_server.url}]
        )

    return sign_in


@pytest.fixture
def open_as(open_page, sign_in_as):
    """`open_as(user, viewport=…)`: a page in a browser of its own."""

    def open_it(user, **options):
        page, _ = open_page(**options)
        sign_in_as(page, user)
        return page

    return open_it
