import os
import sqlite3
from contextlib import closing, contextmanager
from threading import Thread

import pytest
from django.core.signals import request_finished
from django.db import connection, transaction
from django.utils import timezone

from practices import view_counts
from practices.models import ViewCount
from tests.factories import PracticeFactory
from tests.practices.editorial.people import eindredacteur, signed_in
from tests.processes import python

pytestmark = pytest.mark.django_db
READER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}


def read(client, practice, times=1, **headers):
    for _ in range(times):
        client.get(practice.get_absolute_url(), headers=READER | headers)


def counted():
    view_counts.flush()
    return dict(ViewCount.objects.values_list("practice__title", "count"))


def test_reads_are_added_up_in_the_month(client):
    often, once = PracticeFactory(title="Vaak"), PracticeFactory(title="Eens")
    read(client, often, 3)
    read(client, once)

    assert counted() == {"Vaak": 3, "Eens": 1}

    read(client, often)
    assert counted() == {"Vaak": 4, "Eens": 1}
    month = timezone.localdate().replace(day=1)
    assert set(ViewCount.objects.values_list("month", flat=True)) == {month}


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": ""},
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
    ],
)
def test_programs_and_what_is_fetched_in_advance_are_not_readers(client, headers):
    practice = PracticeFactory()
    read(client, practice, **headers)

    assert counted() == {}


def test_only_a_page_that_was_sent_counts(client):
    public, concept = PracticeFactory(title="Openbaar"), PracticeFactory(concept=True)
    client.head(public.get_absolute_url(), headers=READER)
    read(client, concept)
    read(signed_in(eindredacteur()), public)
    read(signed_in(eindredacteur()), concept)

    assert counted() == {}


def test_nothing_is_written_while_a_reader_waits(client, django_assert_num_queries):
    practice = PracticeFactory()
    read(client, practice)
    before = ViewCount.objects.count()

    assert (before, view_counts.waiting.reads.total()) == (0, 1)


def test_many_reads_are_written_after_an_answer(client):
    practice = PracticeFactory(title="Vaak")
    for _ in range(view_counts.MOST_WAITING - 1):
        view_counts.waiting.add(practice.pk)
    view_counts.flush_if_due()
    assert ViewCount.objects.count() == 0

    # Not by the signal itself: Django also closes connections that are too old with it.
    view_counts.waiting.add(practice.pk)
    view_counts.flush_if_due()

    assert dict(ViewCount.objects.values_list("practice__title", "count")) == {
        "Vaak": view_counts.MOST_WAITING
    }


def test_every_answer_asks_whether_it_is_time_to_write():
    receivers = [receiver() for _, receiver, *_ in request_finished.receivers]

    assert view_counts.flush_if_due in receivers


def test_an_old_read_is_written_after_an_answer():
    view_counts.waiting.add(PracticeFactory().pk)
    assert not view_counts.waiting.due()

    view_counts.waiting.since -= view_counts.LONGEST_WAIT

    assert view_counts.waiting.due()


def test_an_entry_that_is_gone_does_not_stop_the_others():
    gone, stays = PracticeFactory(), PracticeFactory(title="Blijft")
    for practice in (gone, stays):
        view_counts.waiting.add(practice.pk)
    gone.delete()

    assert counted() == {"Blijft": 1}


@contextmanager
def read_only():
    """As a database is that is being copied or moved."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = 1")
            yield
            cursor.execute("PRAGMA query_only = 0")
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
            yield
            transaction.set_rollback(True)


def test_database_that_cannot_write_breaks_nothing(client, caplog):
    practice = PracticeFactory(title="Vaak")
    view_counts.waiting.add(practice.pk)
    view_counts.waiting.since -= view_counts.LONGEST_WAIT

    with read_only():
        answer = client.get(practice.get_absolute_url(), headers=READER)

    assert (answer.status_code, "Vaak" in answer.content.decode()) == (200, True)
    assert "2 reads not counted: " in caplog.text
    read(client, practice)
    assert counted() == {"Vaak": 1}


def test_nothing_waiting_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        view_counts.flush()


def test_reads_of_all_threads_are_counted():
    practice = PracticeFactory(title="Vaak")

    def read_often():
        for _ in range(500):
            view_counts.waiting.add(practice.pk)

    threads = [Thread(target=read_often) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert counted() == {"Vaak": 4000}


def test_writing_takes_as_many_queries_for_many_entries(django_assert_num_queries):
    for practice in PracticeFactory.create_batch(3):
        view_counts.waiting.add(practice.pk)

    # The entries that still exist, a row for each, the count; a savepoint around it.
    with django_assert_num_queries(5):
        view_counts.flush()

    assert list(ViewCount.objects.values_list("count", flat=True)) == [1, 1, 1]


# A server does its work in processes that it starts; they end in another way than its own.
LAST_READ = """
from multiprocessing import get_context
import django

def serve():
    django.setup()
    from practices import view_counts
    from practices.models import Practice
    view_counts.waiting.add(Practice.objects.get().pk)

def prepare():
    django.setup()
    from practices.models import Practice
    Practice.objects.create(title="Laatste", slug="laatste", kind="pilot", summary="Tekst.")

for work in (prepare, serve, serve):
    process = get_context("fork").Process(target=work)
    process.start()
    process.join()
    assert process.exitcode == 0
serve()
"""


@pytest.mark.servers
def test_what_waits_is_written_when_a_process_ends(prepared, tmp_path):
    prepared.put_tables(tmp_path)
    database = tmp_path / "parelkaart.sqlite3"
    environment = os.environ | {"DB_ENGINE": "sqlite", "DB_NAME": str(database)}

    done = python("-c", LAST_READ, environment=environment)

    assert done.returncode == 0, done.stderr
    with closing(sqlite3.connect(database)) as found:
        assert found.execute("SELECT count FROM practices_viewcount").fetchall() == [(3,)]
