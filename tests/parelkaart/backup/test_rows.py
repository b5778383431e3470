import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from django.db import connection

from municipalities.models import Municipality
from parelkaart.backup.rows import insert, last_key, lines, measured, moment, plain, raise_last_key
from parelkaart.backup.tables import fields
from practices.models import Practice, Theme
from tests.factories import MunicipalityFactory, PracticeFactory, ThemeFactory

pytestmark = pytest.mark.django_db

BOUNDARY = {"type": "Polygon", "coordinates": [[[5.98154, 50.0], [6.1, 51.25]]]}


def row_of(model):
    [line] = lines(connection, model)
    assert line.endswith(b"]\n")
    return dict(zip([field.attname for field in fields(model)], json.loads(line), strict=True))


def test_line_has_each_value_in_one_form():
    owner = MunicipalityFactory()
    when = datetime(2026, 3, 1, 1, 2, 3, 450, tzinfo=timezone(timedelta(hours=1)))
    practice = PracticeFactory(
        title="Taal “én” <werk>\n'☕'",
        lat=Decimal("50.9"),
        lon=Decimal(6),
        started_on=date(2019, 5, 1),
        owner=owner,
    )
    Practice.objects.filter(pk=practice.pk).update(modified=when)

    row = row_of(Practice)

    assert row["title"] == "Taal “én” <werk>\n'☕'"
    assert (row["lat"], row["lon"]) == ("50.90000", "6.00000")
    assert (row["started_on"], row["ended_on"]) == ("2019-05-01", None)
    assert row["modified"] == "2026-03-01T00:02:03.000450+00:00"
    assert (row["id"], row["owner_id"], row["background"]) == (practice.pk, owner.pk, "")


def test_keys_of_json_are_in_one_order():
    MunicipalityFactory(boundary=BOUNDARY)

    boundary = row_of(Municipality)["boundary"]

    assert boundary == BOUNDARY
    assert list(boundary) == ["coordinates", "type"]


def test_rows_that_went_out_come_in_as_they_were():
    MunicipalityFactory(boundary=BOUNDARY)
    PracticeFactory(lat=Decimal("50.88365"), lon=Decimal("5.98154"))
    Practice.objects.update(modified=datetime(2020, 1, 2, tzinfo=UTC))
    before = list(lines(connection, Practice))
    Practice.objects.all()._raw_delete(using="default")

    insert(connection, Practice, before)

    assert list(lines(connection, Practice)) == before
    assert Practice.objects.get().modified == datetime(2020, 1, 2, tzinfo=UTC)


def test_line_with_too_few_values_is_refused():
    with pytest.raises(ValueError, match="shorter"):
        insert(connection, Theme, [b'[1,"taal"]\n'])


def test_value_without_a_form_is_refused_rather_than_guessed():
    with pytest.raises(TypeError, match="timedelta has no form in a backup yet"):
        plain(timedelta(1))


def test_measure_is_of_the_rows_and_their_number():
    empty = measured(lines(connection, Theme))
    ThemeFactory()
    one = measured(lines(connection, Theme))

    assert (empty[0], one[0]) == (0, 1)
    assert empty[1] != one[1]


def test_key_of_a_deleted_row_is_remembered():
    ThemeFactory()
    gone = ThemeFactory()
    key = gone.pk
    gone.delete()

    assert last_key(connection, Theme) == key


def test_next_row_gets_a_key_above_the_last_one_and_it_never_goes_down():
    key = last_key(connection, Theme) + 1000

    raise_last_key(connection, Theme, key)
    raise_last_key(connection, Theme, 3)

    assert ThemeFactory().pk == key + 1


def test_moment_inside_a_transaction_leaves_it_as_it_is():
    ThemeFactory()

    with moment(connection):
        assert measured(lines(connection, Theme))[0] == 1
        ThemeFactory()

    assert Theme.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_moment_gives_the_database_back_as_it_was():
    usual = getattr(connection, "transaction_mode", None)

    with moment(connection):
        assert measured(lines(connection, Theme))[0] == 0

    assert getattr(connection, "transaction_mode", None) == usual
    ThemeFactory()
    assert not connection.in_atomic_block
