"""What readers and editors get when a database server stops, on two real ones (docs/adr/0036)."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from threading import Thread
from typing import Any

import psycopg
import pytest
import requests

from tests import postgres
from tests.postgres import Server
from tests.prepared import Prepared
from tests.processes import Site, manage, serving
from tests.servers.catalogue import Catalogue, Editor, environment_of, fill

PAGES = ("/", "/praktijken/", "/praktijken/?q=titel", "/praktijken/proef/", "/kaart/")
HEALTH = ("/_healthz/", "/_healthz/livez/", "/_healthz/readyz/")
DATA = ("/praktijken.csv", "/api/v1/praktijken", "/praktijken.atom", "/suggesties/?q=tit")
SOON = 60  # seconds; a process asks a server that was down again after five


@dataclass
class Pair:
    """A primary and the replica that follows it; `environment` is that of a site on both."""

    primary: Server
    replica: Server
    environment: dict[str, str]
    catalogue: Catalogue


@pytest.fixture(scope="module")
def made(primary: Server, prepared: Prepared, tmp_path_factory: Any) -> Iterator[Pair]:
    settings = {"REQUIRE_SECOND_FACTOR": "0", "DB_POOL_TIMEOUT": "1"}
    var = tmp_path_factory.mktemp("faults")
    environment = environment_of(prepared, var, **primary.variables, **settings)
    catalogue = fill(environment)
    with postgres.replica(primary) as replica:
        environment["DATABASE_REPLICA_URL"] = replica.url
        yield Pair(primary, replica, environment, catalogue)


@pytest.fixture
def pair(made: Pair) -> Iterator[Pair]:
    """Both run again afterwards, and the entry has its first title."""
    yield made
    made.primary.start()
    made.replica.start()
    wait_until(lambda: title_in(made.replica) == title_in(made.primary))


@pytest.fixture
def site(pair: Pair) -> Iterator[Site]:
    with serving(pair.environment) as running:
        yield running


@pytest.fixture
def editor(site: Site, pair: Pair) -> Editor:
    return Editor(site, pair.catalogue)


def alone(pair: Pair) -> dict[str, str]:
    """The environment of a site that has no replica."""
    return {k: v for k, v in pair.environment.items() if k != "DATABASE_REPLICA_URL"}


def wait_until(done: Callable[[], bool]) -> None:
    give_up = time.monotonic() + SOON
    while not done():
        assert time.monotonic() < give_up, "It never came about."
        time.sleep(0.1)


def query(server: Server, sql: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(server.url, autocommit=True) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchall() if cursor.description else []


def title_in(server: Server) -> str:
    return str(query(server, "SELECT title FROM practices_practice WHERE slug = 'proef'")[0][0])


def heading(answer: requests.Response) -> str:
    answer.encoding = "utf-8"
    found = re.search(r"<h1[^>]*>\s*(.*?)\s*</h1>", answer.text, re.DOTALL)
    return found[1] if found else ""


def statuses(site: Site, paths: tuple[str, ...]) -> dict[str, int]:
    return {path: site.get(path).status_code for path in paths}


# --- both run -------------------------------------------------------------------------


def test_readers_get_the_replica_and_an_editor_what_was_just_saved(pair, site, editor):
    before = heading(site.get("/praktijken/proef/"))
    query(pair.replica, "SELECT pg_wal_replay_pause()")

    assert editor.rename("Net veranderd").status_code == 302

    assert heading(editor.get("/praktijken/proef/")) == "Net veranderd"
    assert heading(site.get("/praktijken/proef/")) == before
    query(pair.replica, "SELECT pg_wal_replay_resume()")
    wait_until(lambda: heading(site.get("/praktijken/proef/")) == "Net veranderd")


# --- the primary is down --------------------------------------------------------------


def test_readers_notice_nothing_when_the_primary_stops(pair, site):
    pair.primary.stop()

    assert statuses(site, PAGES + DATA) == dict.fromkeys(PAGES + DATA, 200)
    # A question without an answer would be counted.
    assert site.get("/praktijken/?q=xyzzyq").status_code == 200
    assert list(statuses(site, HEALTH).values()) == [503, 200, 200]


def test_editors_are_told_that_nothing_can_be_saved(pair, site, editor):
    form = editor.open()
    pair.primary.stop()

    opened = editor.get("/beheer/")
    sent = editor.send(form | {"title": ["Nooit opgeslagen"]})
    read = editor.get("/praktijken/proef/")

    assert [(answer.status_code, heading(answer)) for answer in (opened, sent)] == [
        (503, "Tijdelijk alleen lezen"),
        (503, "Tijdelijk alleen lezen"),
    ]
    assert "Wat u instuurde, is niet opgeslagen." not in opened.text
    assert "Wat u instuurde, is niet opgeslagen." in sent.text
    assert sent.headers["Retry-After"] == "30"
    assert read.status_code == 200


def test_editors_go_on_when_the_primary_is_back(pair, site, editor):
    pair.primary.stop()
    assert editor.get("/beheer/").status_code == 503
    pair.primary.start()

    wait_until(lambda: editor.get("/beheer/").status_code == 200)

    assert editor.rename("Weer verder").status_code == 302
    assert title_in(pair.primary) == "Weer verder"


def test_save_that_the_primary_did_not_survive_is_not_half_there(pair, site, editor):
    """It waits for a lock in the middle: the entry was written, its history was not."""
    before = everything(pair.primary)
    form = editor.open()
    answers: list[requests.Response] = []
    with closing(psycopg.connect(pair.primary.url)) as holding:
        holding.execute("LOCK TABLE practices_catalogueversion IN ACCESS EXCLUSIVE MODE")
        save = Thread(target=lambda: answers.append(editor.send(form | {"title": ["Half"]})))
        save.start()
        wait_until(lambda: "Half" in waiting_statements(pair.primary))
        pair.primary.stop()
    save.join()

    assert [(answer.status_code, heading(answer)) for answer in answers] == [
        (503, "Misschien niet opgeslagen")
    ]
    pair.primary.start()
    assert everything(pair.primary) == before


def waiting_statements(server: Server) -> str:
    """What was written by sessions that now wait: the transaction is open."""
    waiting = query(
        server,
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        " AND backend_xid IS NOT NULL",
    )
    return "Half" if waiting[0][0] else ""


def everything(server: Server) -> dict[str, Any]:
    tables = [
        row[0]
        for row in query(
            server,
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE 'practices%'"
            " ORDER BY relname",
        )
    ]
    assert "practices_version" in tables
    return {table: sorted(map(str, query(server, f"TABLE {table}"))) for table in tables}


# --- the replica is down, or both -------------------------------------------------------


def test_readers_get_the_primary_when_the_replica_stops(pair, site, editor):
    assert editor.rename("Van de hoofdserver").status_code == 302
    pair.replica.stop()

    assert statuses(site, PAGES + DATA) == dict.fromkeys(PAGES + DATA, 200)
    assert heading(site.get("/praktijken/proef/")) == "Van de hoofdserver"
    assert editor.get("/beheer/").status_code == 200


def test_published_pages_come_from_the_static_copy_when_both_are_gone(pair, tmp_path):
    copy = tmp_path / "copy"
    environment = pair.environment | {"MIRROR_DIR": str(copy), "SITE_URL": "http://localhost"}
    built = manage("build_mirror", environment=environment)
    assert built.returncode == 0, built.stderr
    title = title_in(pair.primary)
    with serving(environment) as site:
        pair.primary.stop()
        pair.replica.stop()

        kept = site.get("/praktijken/proef/")
        not_kept = site.get("/selectie/")
        data = site.get("/api/v1/praktijken")
        no_data = site.get("/api/v1/zoeksuggesties?q=taal")
        health = list(statuses(site, HEALTH).values())

    assert (kept.status_code, heading(kept)) == (200, title)
    assert "Dit is een kopie van" in kept.text
    assert (kept.headers["Cache-Control"], kept.headers.get("ETag")) == ("no-cache", None)
    assert "default-src" in kept.headers["Content-Security-Policy"]
    assert (not_kept.status_code, heading(not_kept)) == (503, "Even niet beschikbaar")
    assert (data.status_code, data.json()["praktijken"][0]["titel"]) == (200, heading(kept))
    assert (no_data.status_code, no_data.json()["status"]) == (503, 503)
    assert health == [503, 200, 200]


def test_server_that_was_started_again_costs_nobody_an_error(pair):
    with serving(alone(pair)) as site:
        assert site.get("/").status_code == 200
        pair.primary.stop("fast")
        pair.primary.start()

        assert [site.get(path).status_code for path in PAGES] == [200] * len(PAGES)


def test_health_of_a_site_whose_only_server_goes_and_comes_back(pair):
    with serving(alone(pair)) as site:
        before = statuses(site, HEALTH)
        pair.primary.stop()
        without = {path: site.get(path) for path in HEALTH}
        pair.primary.start()
        wait_until(lambda: site.get("/_healthz/readyz/").status_code == 200)
        after = statuses(site, HEALTH)
        log = site.log.read_text()

    assert before == after == dict.fromkeys(HEALTH, 200)
    assert [answer.status_code for answer in without.values()] == [503, 200, 503]
    assert without["/_healthz/"].json()["components"] == {
        "database default": "failed",
        "cache": "unknown",
        "migrations": "unknown",
        "media": "ok",
        "search": "unknown",
    }
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    (told,) = [line for line in lines if line["event"].startswith("Database default does not")]
    assert told["request_id"] == without["/_healthz/"].headers["X-Request-ID"]


# --- a busy database, and a site that only shows ----------------------------------------


def test_statement_that_takes_too_long_is_given_up(pair):
    patient = alone(pair) | {"DB_STATEMENT_TIMEOUT": "1"}
    with serving(patient) as site, closing(psycopg.connect(pair.primary.url)) as holding:
        holding.execute("LOCK TABLE practices_practice IN ACCESS EXCLUSIVE MODE")

        answer = site.get("/praktijken/proef/")

    assert (answer.status_code, heading(answer)) == (503, "Even niet beschikbaar")


def test_site_that_is_read_only_asks_no_right_to_write(pair):
    """Its role may SELECT and nothing else, so whatever it would write is an error."""
    for sql in (
        "CREATE ROLE lezer LOGIN",
        "GRANT SELECT ON ALL TABLES IN SCHEMA public TO lezer",
    ):
        query(pair.primary, sql)
    reader = alone(pair) | {"READ_ONLY": "1", "DB_USER": "lezer"}
    with serving(reader) as site:
        read = statuses(site, (*PAGES, *DATA, "/praktijken/?q=xyzzyq"))
        health = statuses(site, HEALTH)
        signing_in = site.get("/inloggen/")
        posted = requests.post(f"{site.url}/praktijk-voorstellen/", {"title": "x"}, timeout=30)
        log = site.log.read_text()

    assert read == dict.fromkeys((*PAGES, *DATA, "/praktijken/?q=xyzzyq"), 200)
    assert health == dict.fromkeys(HEALTH, 200)
    assert (signing_in.status_code, posted.status_code) == (503, 503)
    assert "permission denied" not in log
    assert "Traceback" not in log
