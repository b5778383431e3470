import pytest
from django.contrib.auth.models import Group
from django.db import connection

from parelkaart.logs.slow_queries import timed, watch

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("limit", "logged"), [(0, 1), (60_000, 0)])
def test_slow_query_is_logged_without_its_values(settings, caplog, limit, logged):
    settings.SLOW_QUERY_MS = limit
    with connection.execute_wrapper(timed):
        Group.objects.filter(name="geheim").exists()

    found = [record for record in caplog.records if record.msg == "slow_query"]
    assert len(found) == logged
    assert [record.database for record in found] == ["default"] * logged
    assert [record.sql for record in found if "auth_group" not in record.sql] == []
    assert [record.sql for record in found if "geheim" in record.sql] == []


def test_connection_that_is_made_again_is_watched_once():
    class Connection:
        execute_wrappers = []

    watch(Connection)
    watch(Connection)

    assert Connection.execute_wrappers == [timed]


def test_nothing_is_measured_when_it_is_off():
    """As in these tests (tests/environment.py)."""
    assert connection.execute_wrappers == []
