"""The few fixtures that all tests share. Objects come from tests/factories.py."""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import chain, groupby
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests import environment

VAR_DIR = environment.prepare()

# After the environment: from here on Django knows its settings.
import django  # noqa: E402
import pytest  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402

django.setup()

from django.test.utils import override_settings  # noqa: E402

# Safe hashes are slow on purpose, and nearly every test of the admin makes somebody.
override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]).enable()

from tests import chromium  # noqa: E402
from tests.prepared import Prepared  # noqa: E402

# Those that every other fixture with a database is made of.
DATABASE_FIXTURES = {"db", "transactional_db"}
NO_CHROMIUM = "SKIPPED / OVERGESLAGEN: no Chromium here (see tests/chromium.py)"


# --- the run ------------------------------------------------------------------------


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    _put_shared_content_last(items)
    for item in items:
        if _has_database(item):
            item.add_marker(pytest.mark.database)
    if chromium.executable() is None:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))


def _put_shared_content_last(items: list[pytest.Item]) -> None:
    """In each file: the other tests expect a database without it."""
    files = groupby(items, key=lambda item: item.path)
    items[:] = chain.from_iterable(sorted(file, key=_shares_content) for _, file in files)


def _shares_content(item: pytest.Item) -> bool:
    return "module_db" in _fixtures(item)


def _has_database(item: pytest.Item) -> bool:
    """Whether pytest-django lets it near one: no other test can differ between databases."""
    return bool(_fixtures(item) & DATABASE_FIXTURES) or bool(item.get_closest_marker("django_db"))


def _fixtures(item: pytest.Item) -> set[str]:
    return set(getattr(item, "fixturenames", ()))


def pytest_collection_finish() -> None:
    """Looking for garbage among all that was imported takes some 8% of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def pytest_unconfigure() -> None:
    environment.discard(VAR_DIR)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    own = tmp_path_factory.getbasetemp()
    # The folder above that of a worker is the run's; above that of a single process are others.
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder = shared / "prepared"
    folder.mkdir(exist_ok=True)
    return Prepared(folder)


# --- content ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def module_db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """What a fixture of this scope writes is there until the end of the file.

    Each test undoes its own changes to it.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def mixed(module_db: None) -> None:
    """The catalogue of tests/practices/mixed_catalogue.py, for tests that hardly change it."""
    from tests.practices import mixed_catalogue

    mixed_catalogue.load()


# --- people -------------------------------------------------------------------------


@pytest.fixture
def superuser(db: None) -> Any:
    from tests.factories import UserFactory

    return UserFactory(superuser=True)


@pytest.fixture
def editor(db: None) -> Any:
    """Somebody on the staff of one municipality: `editor.memberships.get().municipality`."""
    from tests.factories import MembershipFactory

    return MembershipFactory().user


@pytest.fixture
def superuser_client(superuser: Any) -> Client:
    client = Client()
    client.force_login(superuser)
    return client


@pytest.fixture
def editor_client(editor: Any) -> Client:
    client = Client()
    client.force_login(editor)
    return client


@pytest.fixture(autouse=True)
def no_reads_waiting() -> Iterator[None]:
    """Reads of one test are not written in the middle of another, nor when all are done."""
    from practices.view_counts import waiting

    waiting.clear()
    yield
    waiting.clear()


# --- the log ------------------------------------------------------------------------


@pytest.fixture
def events(caplog: pytest.LogCaptureFixture) -> Callable[..., list[dict[str, Any]]]:
    """The lines in the log of security so far, as a program reads them."""
    from parelkaart.logs.formats import JsonFormatter

    caplog.set_level("INFO", logger="parelkaart.security")
    formatter = JsonFormatter()

    def read(*wanted: str) -> list[dict[str, Any]]:
        lines = [
            json.loads(formatter.format(record))
            for record in caplog.records
            if record.name == "parelkaart.security"
        ]
        return [line for line in lines if not wanted or line["event"] in wanted]

    return read


@pytest.fixture(autouse=True)
def no_database_given_up() -> Iterator[None]:
    """What one test found out about a database is not believed in the next."""
    from parelkaart.databases import watch

    yield
    watch.forget()


# --- files --------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def media(settings: Any) -> Path:
    """Uploads of one test never meet those of another. The folder comes with the first."""
    settings.MEDIA_ROOT = VAR_DIR / "media" / uuid4().hex
    return settings.MEDIA_ROOT


# --- the browser ----------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread, and Django would refuse its database
    # there; the tests themselves are not asynchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium.executable(), args=chromium.FLAGS
        )
        yield running
        running.close()


@pytest.fixture
def open_page(browser: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """Opens pages with options of their own: `open_page(java_script_enabled=False)`.

    Returns the page and its log. What any of them complains about fails the test.
    """
    logs = []
    with ExitStack() as stack:

        def open_one(**options: Any) -> tuple[Any, chromium.PageLog]:
            page, log = stack.enter_context(chromium.opened(browser, live_server.url, **options))
            logs.append(log)
            return page, log

        yield open_one
    assert [complaint for log in logs for complaint in log.complaints] == []


@pytest.fixture
def opened(open_page: Callable[..., Any]) -> tuple[Any, chromium.PageLog]:
    return open_page()


@pytest.fixture
def page(opened: tuple[Any, chromium.PageLog]) -> Any:
    """A page of 1280 by 900; addresses may be relative: `page.goto("/praktijken/")`."""
    return opened[0]


@pytest.fixture
def page_log(opened: tuple[Any, chromium.PageLog]) -> chromium.PageLog:
    return opened[1]


@pytest.fixture
def axe() -> Callable[..., chromium.AxeReport]:
    return chromium.axe
