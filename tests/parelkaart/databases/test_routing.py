import pytest
from django.contrib.auth.models import User
from django.core.cache import caches
from django.db import router

from parelkaart.databases import routing, watch
from parelkaart.databases.routing import PRIMARY, REPLICA, ReadOnlyError, reading, reading_within
from practices import missed
from practices.models import MissedQuery, Practice


@pytest.fixture
def answering(monkeypatch):
    """Whether the primary answers, as far as this process knows."""

    def set_to(answer):
        monkeypatch.setattr(watch, "answers", lambda _: answer)

    return set_to


def test_reads_go_where_the_request_reads_and_back_afterwards():
    with reading(REPLICA):
        inside = router.db_for_read(Practice)

    assert (inside, router.db_for_read(Practice)) == (REPLICA, PRIMARY)


def test_counts_of_attempts_are_always_read_where_they_are_written():
    cache = caches["default"]

    with reading(REPLICA):
        assert router.db_for_read(cache.cache_model_class) == PRIMARY


def test_writes_go_to_the_primary(answering):
    answering(True)

    with reading(REPLICA):
        assert router.db_for_write(Practice) == PRIMARY


def test_what_a_reader_would_write_is_refused_when_the_primary_does_not_answer(answering):
    answering(False)

    with reading(REPLICA), pytest.raises(ReadOnlyError):
        router.db_for_write(Practice)
    assert router.db_for_write(Practice) == PRIMARY  # An editor gets the error itself.


def test_nothing_is_written_by_a_site_that_is_read_only(settings):
    settings.READ_ONLY = True

    with pytest.raises(ReadOnlyError):
        router.db_for_write(User)


def test_nothing_is_written_to_a_primary_that_is_down(monkeypatch):
    monkeypatch.setattr(watch, "is_down", lambda alias: alias == PRIMARY)

    assert routing.is_read_only()
    with pytest.raises(ReadOnlyError):
        router.db_for_write(User)


def test_only_the_primary_is_migrated():
    assert router.allow_migrate(PRIMARY, "practices")
    assert not router.allow_migrate(REPLICA, "practices")


def test_answer_that_is_made_while_it_is_sent_keeps_reading_there():
    seen = []

    def chunks():
        for _ in range(2):
            seen.append(router.db_for_read(Practice))
            yield b"x"

    sent = b"".join(reading_within(REPLICA, chunks()))

    assert (sent, seen) == (b"xx", [REPLICA, REPLICA])
    assert router.db_for_read(Practice) == PRIMARY


@pytest.mark.django_db
def test_question_without_an_answer_is_not_an_error_for_who_asked(settings, caplog):
    missed.record("eerst")
    settings.READ_ONLY = True

    missed.record("daarna")

    assert list(MissedQuery.objects.values_list("text", flat=True)) == ["eerst"]
    assert len(caplog.records) == 1
